//! What may be done to a transcript before it is sent: entries struck out, texts brought into the form that is stored.

use super::{Entry, Page, Said, Shown, Transcript};
use crate::redaction::cleaned;

impl Transcript {
    /// Without the entries at these places (counted from 0), which are counted as struck. Places that there are not, and
    /// repetitions, change nothing.
    #[must_use]
    pub fn without(&self, places: &[usize]) -> Self {
        let entries: Vec<Entry> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(at, _)| !places.contains(at))
            .map(|(_, entry)| entry.clone())
            .collect();
        let gone = u32::try_from(self.entries.len() - entries.len()).unwrap_or(u32::MAX);
        let (lang, page) = (self.lang.clone(), self.page.clone());
        Self { version: self.version, lang, page, cause: self.cause, entries, struck: self.struck.saturating_add(gone) }
    }

    /// As it is stored: every text storable and redacted ([`cleaned`]), confidences to four decimals. It is the same when
    /// done again: what the visitor sees before he sends is what the desk stores.
    #[must_use]
    pub fn cleaned(&self) -> Self {
        Self {
            version: self.version,
            lang: cleaned(&self.lang),
            page: Page { url: cleaned(&self.page.url), title: cleaned(&self.page.title) },
            cause: self.cause,
            entries: self.entries.iter().map(entry).collect(),
            struck: self.struck,
        }
    }
}

fn entry(entry: &Entry) -> Entry {
    let said = match &entry.said {
        Said::Question { text } => Said::Question { text: cleaned(text) },
        Said::Reply { decision, reason, confidence, shown: seen, vote } => Said::Reply {
            decision: *decision,
            reason: *reason,
            confidence: rounded(*confidence),
            shown: seen.iter().map(shown).collect(),
            vote: *vote,
        },
        Said::Chosen { shown: seen, vote } => Said::Chosen { shown: shown(seen), vote: *vote },
        Said::Read { article, section } => Said::Read { article: cleaned(article), section: cleaned(section) },
        Said::Unavailable {} => Said::Unavailable {},
    };
    Entry { at_ms: entry.at_ms, said }
}

fn shown(shown: &Shown) -> Shown {
    Shown {
        article: cleaned(&shown.article),
        section: cleaned(&shown.section),
        title: cleaned(&shown.title),
        url: cleaned(&shown.url),
        version: cleaned(&shown.version),
        confidence: rounded(shown.confidence),
        passage: cleaned(&shown.passage),
    }
}

/// To four decimals: such a number comes back from JSON as it went, whoever reads it.
pub(crate) fn rounded(confidence: f64) -> f64 {
    (confidence * 10_000.0).round() / 10_000.0
}
