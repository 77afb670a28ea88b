//! What the page and the search worker say to each other: one [`Request`], one [`Response`] with the same `id`.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Article, Library, Question, Reply};

/// A numbered request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Chosen by the asker; comes back in the response.
    pub id: u32,
    /// What is asked for.
    pub call: Call,
}

/// What can be asked of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Call {
    /// Opens the bundle at this absolute address (ends with `/`), in the wished language if the bundle has it.
    Open {
        /// Absolute address of the bundle.
        kb: String,
        /// BCP 47 tag of the page.
        lang: Option<String>,
    },
    /// Answers a question. The bundle must have been opened.
    Ask(Question),
    /// Fetches an article by its slug.
    Article(String),
}

/// A numbered response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The request's `id`.
    pub id: u32,
    /// What came of it.
    pub outcome: Result<Return, Failure>,
}

/// What the worker gives back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Return {
    /// To [`Call::Open`].
    Opened(Library),
    /// To [`Call::Ask`], with the milliseconds the engine took.
    Answered(Reply, f64),
    /// To [`Call::Article`].
    Article(Article),
}

/// Why a call failed, in kinds that a visitor's interface can act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// For logs: what happened and where. Never holds the question.
    pub detail: String,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// A file could not be fetched: offline, blocked or missing.
    Unreachable,
    /// A file is not what the manifest says, or not understood.
    Damaged,
    /// There is no such article.
    NotFound,
    /// The call came out of order or could not be read.
    Misused,
}

/// A message could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Malformed;

impl core::fmt::Display for Malformed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("message is not of this version's form: reload the page so that both sides are of one version")
    }
}

impl core::error::Error for Malformed {}

/// Encodes a message.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // postcard fails only for lengths unknown beforehand, which none of these types has.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Decodes a message.
///
/// # Errors
/// [`Malformed`] where the bytes are no message of this version.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    postcard::from_bytes(bytes).map_err(|_| Malformed)
}
