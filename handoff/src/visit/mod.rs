//! The bubble's own record of a visit, as it keeps it in local storage and hands it to the chat frame: postcard, one
//! version after another. The bubble does not link this crate (it would cost every visitor bytes); its own types have the
//! same layout, and a test of the bubble holds the two together. The record is the *raw* material: what of it goes into a
//! transcript is decided here.

mod cause;
mod shown;

use serde::{Deserialize, Serialize};

use crate::transcript::{Decision, Reason};

/// Version of the record that this crate reads.
pub const VERSION: u32 = 2;

/// The record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// [`VERSION`].
    pub version: u32,
    /// The conversation, oldest first.
    pub items: Vec<Item>,
    /// What lies over the conversation.
    pub trail: Vec<View>,
    /// The language that was chosen, behind the language of the page.
    pub spoken: Option<(String, String)>,
}

/// An entry of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Unique in the record.
    pub id: u32,
    /// Milliseconds since 1970.
    pub at: f64,
    /// What.
    pub said: Said,
}

/// What was asked, shown or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Said {
    /// A question of the visitor's.
    Question(String),
    /// The engine's reply.
    Reply {
        /// Item of the question.
        question: u32,
        /// The reply as the engine gave it; more hits than were shown.
        reply: Reply,
        /// The visitor's vote.
        vote: Option<Vote>,
    },
    /// The visitor picked one of a reply's hits.
    Picked {
        /// Item of the reply.
        reply: u32,
        /// The hit.
        hit: Hit,
        /// The visitor's vote.
        vote: Option<Vote>,
    },
    /// The search could not run.
    Unavailable {
        /// Item of the question.
        question: u32,
    },
    /// The visitor opened an article.
    Read {
        /// Where.
        place: Place,
    },
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vote {
    /// It helped.
    Helped,
    /// It did not help.
    NotHelped,
}

/// What lay over the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The list of articles.
    Browse,
    /// An article.
    Article(Place),
}

/// A place in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Slug.
    pub article: String,
    /// Anchor; empty for the top.
    pub section: String,
}

/// The engine's reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The question as it was asked.
    pub question: String,
    /// Language of the index.
    pub lang: String,
    /// What the engine decided.
    pub decision: DecisionCode,
    /// Why.
    pub reason: ReasonCode,
    /// Calibrated probability.
    pub confidence: f64,
    /// At most one per article.
    pub hits: Vec<Hit>,
}

/// [`Decision`] in the record; postcard counts variants, so the order is the format.
pub type DecisionCode = Decision;
/// [`Reason`] in the record.
pub type ReasonCode = Reason;

/// One article that may answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Slug.
    pub article: String,
    /// Anchor.
    pub section: String,
    /// Title.
    pub title: String,
    /// Address relative to the help centre.
    pub url: String,
    /// Version: the first eight hexadecimal digits of the article's SHA-256.
    pub version: String,
    /// Calibrated probability.
    pub confidence: f64,
    /// The passage.
    pub snippet: Snippet,
}

/// A passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// Its text.
    pub text: String,
    /// Places that share words with the question.
    pub ranges: Vec<[u32; 2]>,
}

/// The record could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable;

impl core::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the record of the visit is of another version: the conversation starts without it")
    }
}

impl core::error::Error for Unreadable {}

impl Visit {
    /// Reads a record.
    ///
    /// # Errors
    /// [`Unreadable`] where the bytes are no record of a known version.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let visit: Self = postcard::from_bytes(bytes).map_err(|_| Unreadable)?;
        if visit.version == VERSION { Ok(visit) } else { Err(Unreadable) }
    }

    /// Writes a record.
    pub fn encode(&self) -> Vec<u8> {
        // postcard fails only for lengths unknown beforehand, which none of these types has.
        postcard::to_allocvec(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
