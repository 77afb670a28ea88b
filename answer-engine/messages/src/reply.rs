use serde::{Deserialize, Serialize};

/// What the engine says to a question: a decision, how sure it is, and the hits whatever the decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The question as it was asked.
    pub question: String,
    /// Language of the index that was searched.
    pub lang: String,
    /// What to do.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
    /// Calibrated probability (0 to 1) that the first hit answers the question; 0 without hits.
    pub confidence: f64,
    /// At most one per article, by falling confidence, ties by slug.
    pub hits: Vec<Hit>,
}

/// What to do with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Show the first hit as the answer.
    Answer,
    /// Show the close candidates; the visitor picks.
    Choose,
    /// Say that nothing sure was found and offer a person.
    HandOff,
}

/// Why the engine decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The first hit is sure enough.
    Confident,
    /// Several hits are close to each other.
    Tie,
    /// Something was found, but nothing sure.
    LowConfidence,
    /// No word of the question is in any article.
    NoMatch,
    /// The visitor asks for a person.
    AskedForPerson,
    /// The matter cannot wait.
    Urgent,
}

/// One article that may answer, by its best section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Slug of the article.
    pub article: String,
    /// Anchor of the section; empty for what stands before the first heading.
    pub section: String,
    /// Title of the article.
    pub title: String,
    /// Address of the article relative to `site_url`.
    pub url: String,
    /// Version of the article: the first eight hexadecimal digits of the SHA-256 of its content.
    pub version: String,
    /// Calibrated probability (0 to 1) that this hit answers the question.
    pub confidence: f64,
    /// The passage that answers, in the article's own words.
    pub snippet: Snippet,
}

/// A passage with the places where it shares words with the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The passage; paragraphs are separated by a line feed.
    pub text: String,
    /// Half-open ranges `[start, end)` into `text`, counted in Unicode scalar values, rising, not overlapping.
    pub ranges: Vec<[u32; 2]>,
}
