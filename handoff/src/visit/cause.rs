//! Why the visitor wants a person, told from the end of the record.

use super::{Item, Said, Vote};
use crate::{
    Cause,
    transcript::{Decision, Reason},
};

/// The cause that the latest question tells: whether it could be looked up, what was said of its answers, and what the
/// engine decided.
pub(super) fn cause(items: &[Item]) -> Cause {
    // Reading an article says nothing of why somebody wants a person.
    let said = items.iter().map(|item| (item.id, &item.said)).filter(|(_, said)| !matches!(said, Said::Read { .. }));
    let Some(last) = said.clone().next_back() else {
        return Cause::VisitorChose;
    };
    if matches!(last.1, Said::Unavailable { .. }) {
        return Cause::SearchUnavailable;
    }
    let latest = question(last, items);
    let about: Vec<&Said> = said.filter(|entry| question(*entry, items) == latest).map(|(_, said)| said).collect();
    match about.iter().rev().find_map(|said| vote(said)) {
        Some(Vote::NotHelped) => return Cause::NotHelped,
        Some(Vote::Helped) => return Cause::VisitorChose,
        None => {}
    }
    about.iter().rev().find_map(|said| decided(said)).unwrap_or(Cause::VisitorChose)
}

/// The question that an entry is about.
fn question((id, said): (u32, &Said), items: &[Item]) -> u32 {
    match said {
        Said::Question(_) | Said::Read { .. } => id,
        Said::Reply { question, .. } | Said::Unavailable { question } => *question,
        Said::Picked { reply, .. } => {
            let of = items.iter().find_map(|item| match &item.said {
                Said::Reply { question, .. } if item.id == *reply => Some(*question),
                _ => None,
            });
            of.unwrap_or(id)
        }
    }
}

fn vote(said: &Said) -> Option<Vote> {
    match said {
        Said::Reply { vote, .. } | Said::Picked { vote, .. } => *vote,
        _ => None,
    }
}

/// The cause that a reply gives by itself.
fn decided(said: &Said) -> Option<Cause> {
    let Said::Reply { reply, .. } = said else {
        return None;
    };
    match (reply.decision, reply.reason) {
        (Decision::HandOff, Reason::AskedForPerson) => Some(Cause::AskedForPerson),
        (Decision::HandOff, Reason::Urgent) => Some(Cause::Urgent),
        (Decision::HandOff, Reason::LowConfidence) => Some(Cause::LowConfidence),
        (Decision::HandOff, Reason::NoMatch) => Some(Cause::NoMatch),
        _ => Some(Cause::VisitorChose),
    }
}
