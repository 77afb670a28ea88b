//! Questions whose article is known: one JSON object a line, as `eval` and `golden.jsonl` have them.

use answer_messages::{Decision, Question, Reply};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    knowledge_base::{BundleError, KnowledgeBase},
    measures::Asked,
};

/// What a line looks like.
pub const FORM: &str = "{\"id\",\"question\",\"lang\"?,\"article\": slug | [slugs] | null}";

/// A line of a question set.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Line {
    /// Names the question; may be absent.
    #[serde(default)]
    pub id: Value,
    /// What a visitor would ask.
    pub question: String,
    /// Language of the page that it is asked on.
    #[serde(default)]
    pub lang: Option<String>,
    /// Which articles answer it.
    #[serde(default)]
    pub article: Expected,
}

impl Line {
    /// By what the same question is found in another run.
    pub fn key(&self) -> String {
        key(&self.id, &self.question)
    }
}

/// By what a question is found again: its id, or its words where it has none.
pub fn key(id: &Value, question: &str) -> String {
    match id {
        Value::Null => question.to_owned(),
        Value::String(id) => id.clone(),
        id => id.to_string(),
    }
}

/// Which articles are right.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum Expected {
    /// This one.
    One(String),
    /// Any of these.
    Any(Vec<String>),
    /// No article answers the question.
    #[default]
    None,
}

impl Expected {
    /// The slugs.
    pub fn slugs(&self) -> &[String] {
        match self {
            Self::One(slug) => std::slice::from_ref(slug),
            Self::Any(slugs) => slugs,
            Self::None => &[],
        }
    }
}

/// Reads a question set; each line that is not blank with its number, counted from 1.
pub fn parse(text: &str) -> impl Iterator<Item = (usize, Result<Line, serde_json::Error>)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| (number + 1, serde_json::from_str(line)))
}

/// Asks the question of a line; gives what is measured of the reply, and the reply.
///
/// # Errors
/// [`BundleError`] where the language's files cannot be used.
pub fn ask(kb: &KnowledgeBase, line: &Line) -> Result<(Asked, Reply), BundleError> {
    let reply = kb.ask(&Question { text: line.question.clone(), lang: line.lang.clone(), limit: 10 })?;
    let right = line.article.slugs();
    let asked = Asked {
        answerable: !right.is_empty(),
        rank: reply.hits.iter().position(|hit| right.contains(&hit.article)),
        confidence: reply.confidence,
        answered: reply.decision == Decision::Answer,
        handed_off: reply.decision == Decision::HandOff,
    };
    Ok((asked, reply))
}
