//! What is handed off: everything that was asked and shown, as the visitor approved it.

mod change;
mod check;

use serde::{Deserialize, Serialize};

pub(crate) use change::rounded;
pub use check::Invalid;

use crate::Cause;

/// Version of the form that this crate writes.
pub const VERSION: u16 = 1;

/// Everything that was asked and shown before the hand-off, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// Version of the form: [`VERSION`].
    pub version: u16,
    /// BCP 47 tag of the language that the bubble spoke.
    pub lang: String,
    /// The page on which the visitor asked for a person.
    pub page: Page,
    /// Why the hand-off came about.
    pub cause: Cause,
    /// What was asked and shown.
    pub entries: Vec<Entry>,
    /// How many entries the visitor struck out before sending.
    pub struck: u32,
}

/// A page of the host site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HostPage))]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its address; without fragment.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
}

/// One thing that was asked, shown or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When, by the visitor's clock, in milliseconds since 1970.
    pub at_ms: u64,
    /// What.
    pub said: Said,
}

/// What was asked, shown or done. In JSON an object with one key: `{"question":{"text":"…"}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Said {
    /// The visitor asked.
    Question {
        /// In his own words.
        text: String,
    },
    /// The engine replied, and this is what was shown of it.
    Reply {
        /// What the engine decided.
        decision: Decision,
        /// Why.
        reason: Reason,
        /// Calibrated probability, 0 to 1, that the first hit answers the question.
        confidence: f64,
        /// The articles that were shown, in the engine's order. For an answer its article comes first, then those that
        /// were listed because it did not help; for a choice or a low confidence those that were listed; none where
        /// nothing was found. A choice or a hand-off that is `confident` stands in the place of an answer that stood above
        /// already: its article comes first, named without a passage.
        shown: Vec<Shown>,
        /// What the visitor said of the answer.
        vote: Option<Vote>,
    },
    /// The visitor picked one of several articles, and its passage was shown.
    Chosen {
        /// The article.
        shown: Shown,
        /// What the visitor said of it.
        vote: Option<Vote>,
    },
    /// The visitor opened an article.
    Read {
        /// Its slug.
        article: String,
        /// Anchor of the section; empty for the top.
        section: String,
    },
    /// The search could not run.
    Unavailable {},
}

/// An article as it was shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Its slug.
    pub article: String,
    /// Anchor of the section; empty for the top.
    pub section: String,
    /// Its title.
    pub title: String,
    /// Address relative to the help centre.
    pub url: String,
    /// Version of the article: the first hexadecimal digits of its content's hash; empty where unknown.
    pub version: String,
    /// Calibrated probability, 0 to 1.
    pub confidence: f64,
    /// The passage in the article's own words; of an article that was only listed, the line under its title.
    pub passage: String,
}

/// What the engine decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// One answer.
    Answer,
    /// A choice between close candidates.
    Choose,
    /// Nothing sure: a person was offered.
    HandOff,
}

/// Why the engine decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The first hit was sure enough.
    Confident,
    /// Several hits were close to each other.
    Tie,
    /// Something was found, but nothing sure.
    LowConfidence,
    /// Nothing was found.
    NoMatch,
    /// The question asked for a person.
    AskedForPerson,
    /// The question was urgent.
    Urgent,
}

/// What a visitor says of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// It helped.
    Helped,
    /// It did not help.
    NotHelped,
}

#[cfg(test)]
mod tests;
