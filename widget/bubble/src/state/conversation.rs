use answer_messages::{Decision, Hit, Reason, Reply};
use search_client::{choice, names, record};

use super::Place;

/// One entry of the conversation.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(crate) struct Item {
    /// Unique in the conversation, rising.
    pub(crate) id: u32,
    /// When it was said, in milliseconds since 1970.
    pub(crate) at: f64,
    /// What was said.
    pub(crate) said: Said,
}

/// What can be said.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(crate) enum Said {
    /// The visitor asked.
    Question(String),
    /// The engine answered the question with this id.
    Reply {
        /// The question's id.
        question: u32,
        /// What the engine said.
        reply: Reply,
        /// What the visitor said of it.
        vote: Option<Vote>,
    },
    /// The visitor picked one of a reply's hits.
    Picked {
        /// Id of the reply.
        reply: u32,
        /// The hit.
        hit: Hit,
        /// What the visitor said of it.
        vote: Option<Vote>,
    },
    /// The question with this id could not be looked up.
    Unavailable {
        /// The question's id.
        question: u32,
    },
    /// The visitor opened an article.
    Read {
        /// Where.
        place: Place,
    },
}

/// What a visitor says of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vote {
    /// It helped.
    Helped,
    /// It did not help.
    NotHelped,
}

// What is kept over pages, and what the desk's chat reads.
record!(Item { id, at, said });
choice!(Said {
    0 Question { 0: question },
    1 Reply { question: question, reply: reply, vote: vote },
    2 Picked { reply: reply, hit: hit, vote: vote },
    3 Unavailable { question: question },
    4 Read { place: place },
    else Self::Question(String::new())
});
names!(Vote { Helped, NotHelped });

impl Said {
    /// The hit that this entry shows as an answer, or names as shown above.
    pub(crate) fn shown(&self) -> Option<&Hit> {
        match self {
            Self::Reply { reply, .. } if reply.reason == Reason::Confident => reply.hits.first(),
            Self::Picked { hit, .. } => Some(hit),
            _ => None,
        }
    }

    /// The question that this entry settles.
    pub(crate) fn settles(&self) -> Option<u32> {
        match self {
            Self::Reply { question, .. } | Self::Unavailable { question } => Some(*question),
            _ => None,
        }
    }

    /// The vote of an entry that shows an answer.
    pub(crate) fn vote_mut(&mut self) -> Option<&mut Option<Vote>> {
        match self {
            Self::Reply { vote, .. } | Self::Picked { vote, .. } => Some(vote),
            _ => None,
        }
    }
}

/// How many hits are suggested at once.
const SUGGESTED: usize = 3;
/// How many other hits are suggested after an answer that did not help.
const OTHERS: usize = 2;

/// The hits that a reply offers for picking, in the engine's order: candidates of a choice, the closest of a low
/// confidence, or after a "did not help" what has not been shown yet, which is offered at once where the answer would
/// have been shown a second time.
pub(crate) fn suggested<'r>(reply: &'r Reply, shown: &[&str]) -> Vec<&'r Hit> {
    match (reply.decision, reply.reason) {
        (_, Reason::Confident) => others(reply, shown),
        (Decision::Choose, _) | (Decision::HandOff, Reason::LowConfidence) => {
            reply.hits.iter().take(SUGGESTED).collect()
        }
        _ => Vec::new(),
    }
}

/// The next best hits that have not been shown.
pub(crate) fn others<'r>(reply: &'r Reply, shown: &[&str]) -> Vec<&'r Hit> {
    reply.hits.iter().filter(|hit| !shown.contains(&hit.article.as_str())).take(OTHERS).collect()
}
