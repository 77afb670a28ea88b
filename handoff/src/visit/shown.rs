//! From the raw record to what the visitor really saw: the bubble's rules of what it shows, told once more.

use super::{Hit, Item, Reply, Said, Visit, Vote, cause::cause};
use crate::{
    Transcript,
    limits::{ENTRIES, LATEST_MS, SHOWN, is_language},
    transcript::{self, Decision, Entry, Page, Reason, Shown, VERSION},
};

/// Articles that a choice or a low confidence lists.
const LISTED: usize = 3;
/// Further articles that are listed at once after an answer that did not help.
const FURTHER: usize = 2;
/// Characters of the line under a listed title.
const LINE: usize = 110;

/// Bytes that a text and a field keep. Redaction makes a text at most three times as long, so a transcript that was made
/// here is within [`crate::limits`] before and after.
const TEXT_KEPT: usize = 16 * 1024;
const FIELD_KEPT: usize = 2 * 1024;

impl Visit {
    /// What of the record was said and shown, in order, with the cause that the last entries tell. `lang` is the language
    /// that the bubble speaks, `page` the page that it stands on; the fragment of its address is left out.
    ///
    /// Whatever the record says, the transcript passes [`Transcript::validate`]: of absurdly many entries the latest are
    /// kept, absurdly long texts are cut, numbers are brought into their bounds.
    pub fn transcript(&self, lang: &str, page: Page) -> Transcript {
        let items = self.items.get(self.items.len().saturating_sub(ENTRIES)..).unwrap_or_default();
        Transcript {
            version: VERSION,
            // The tag of RFC 5646 for a language that is not known.
            lang: if is_language(lang) { lang } else { "und" }.to_owned(),
            page: Page {
                url: cut(page.url.split('#').next().unwrap_or_default(), FIELD_KEPT),
                title: cut(&page.title, FIELD_KEPT),
            },
            cause: cause(items),
            entries: items.iter().filter_map(|item| entry(item, items)).collect(),
            struck: 0,
        }
    }
}

/// An entry; none for what has no name to be told by.
fn entry(item: &Item, items: &[Item]) -> Option<Entry> {
    let said = match &item.said {
        Said::Question(text) => transcript::Said::Question { text: cut(text, TEXT_KEPT) },
        Said::Reply { reply, vote, .. } => transcript::Said::Reply {
            decision: reply.decision,
            reason: reply.reason,
            confidence: probability(reply.confidence),
            shown: visible(item.id, reply, *vote, items),
            vote: vote.map(Into::into),
        },
        Said::Picked { hit, .. } if hit.article.is_empty() => return None,
        Said::Picked { hit, vote, .. } => {
            transcript::Said::Chosen { shown: shown(hit, &hit.snippet.text), vote: vote.map(Into::into) }
        }
        Said::Unavailable { .. } => transcript::Said::Unavailable {},
        Said::Read { place } if place.article.is_empty() => return None,
        Said::Read { place } => transcript::Said::Read { article: name(&place.article), section: name(&place.section) },
    };
    Some(Entry { at_ms: milliseconds(item.at), said })
}

/// The hits of a reply that the visitor has seen, in the engine's order.
fn visible(id: u32, reply: &Reply, vote: Option<Vote>, items: &[Item]) -> Vec<Shown> {
    let picks: Vec<(&str, Option<Vote>)> = items
        .iter()
        .filter_map(|item| match &item.said {
            Said::Picked { reply: of, hit, vote } if *of == id => Some((hit.article.as_str(), *vote)),
            _ => None,
        })
        .collect();
    let picked = |hit: &Hit| picks.iter().any(|(article, _)| *article == hit.article);
    let answer = if reply.decision == Decision::Answer { reply.hits.first() } else { None };
    // An answer that stood above already was only named, and others were listed at once.
    let again = answer.is_none() && reply.reason == Reason::Confident;
    let listed = match (reply.decision, reply.reason) {
        (_, Reason::Confident) => 0,
        (Decision::Choose, _) | (Decision::HandOff, Reason::LowConfidence) => LISTED,
        _ => 0,
    };
    // Under every answer that did not help, automatic or picked, the next best that were not shown are listed.
    let rejected = |vote: Option<Vote>| vote == Some(Vote::NotHelped);
    let further = again || (answer.is_some() && rejected(vote)) || picks.iter().any(|(_, vote)| rejected(*vote));
    let mut further = if further { FURTHER } else { 0 };
    let mut seen = Vec::new();
    for (at, hit) in reply.hits.iter().enumerate() {
        if at == 0 && answer.is_some() {
            seen.push(shown(hit, &hit.snippet.text));
            continue;
        }
        if at == 0 && again {
            seen.push(shown(hit, ""));
            continue;
        }
        // What was picked had been listed before.
        let mut visible = at < listed || picked(hit);
        if further > 0 && !picked(hit) {
            further -= 1;
            visible = true;
        }
        if visible {
            seen.push(shown(hit, &line(&hit.snippet.text)));
        }
    }
    seen.retain(|shown| !shown.article.is_empty());
    seen.truncate(SHOWN);
    seen
}

fn shown(hit: &Hit, passage: &str) -> Shown {
    Shown {
        article: name(&hit.article),
        section: name(&hit.section),
        title: cut(&hit.title, FIELD_KEPT),
        url: name(&hit.url),
        version: name(&hit.version),
        confidence: probability(hit.confidence),
        passage: cut(passage, TEXT_KEPT),
    }
}

/// The line under a listed title: the first paragraph, cut at a word.
fn line(passage: &str) -> String {
    let text = passage.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let Some((end, _)) = text.char_indices().nth(LINE) else {
        return text.to_owned();
    };
    let head = text.get(..end).unwrap_or_default();
    let head = head.rfind(char::is_whitespace).and_then(|at| head.get(..at)).unwrap_or(head);
    [head.trim_end(), "…"].concat()
}

/// A probability, whatever the record says; to four decimals, as transcripts have it.
fn probability(confidence: f64) -> f64 {
    let confidence = if confidence.is_nan() { 0.0 } else { confidence.clamp(0.0, 1.0) };
    // The sum turns -0 into 0.
    transcript::rounded(confidence) + 0.0
}

/// Whole milliseconds: the conversion makes NaN and what is negative 0.
fn milliseconds(at: f64) -> u64 {
    (at as u64).min(LATEST_MS)
}

/// A slug, an anchor, an address or a version: short and without control characters.
fn name(text: &str) -> String {
    let text: String =
        text.chars().map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    cut(&text, FIELD_KEPT)
}

/// The beginning of a text that has at most so many bytes.
fn cut(text: &str, most: usize) -> String {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default().to_owned()
}

impl From<Vote> for transcript::Vote {
    fn from(vote: Vote) -> Self {
        match vote {
            Vote::Helped => Self::Helped,
            Vote::NotHelped => Self::NotHelped,
        }
    }
}
