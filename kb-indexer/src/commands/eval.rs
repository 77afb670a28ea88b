//! The `eval` subcommand.

use std::{collections::BTreeMap, fs};

use answer_messages::{Decision, Question};
use anyhow::Context;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    cli,
    commands::Outcome,
    knowledge_base::KnowledgeBase,
    measures::{Asked, Measures},
};

/// A line of a question set.
#[derive(Deserialize)]
struct SetLine {
    question: String,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    article: Expected,
}

/// Which articles are right.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Expected {
    One(String),
    Any(Vec<String>),
    #[default]
    None,
}

impl Expected {
    fn slugs(&self) -> &[String] {
        match self {
            Self::One(slug) => std::slice::from_ref(slug),
            Self::Any(slugs) => slugs,
            Self::None => &[],
        }
    }
}

/// Runs the subcommand.
///
/// # Errors
/// Where the bundle or the questions cannot be read.
#[allow(clippy::print_stdout, reason = "the figures are the command's output")]
pub fn run(arguments: &cli::Eval) -> anyhow::Result<Outcome> {
    let kb = KnowledgeBase::open(&arguments.kb)?;
    let path = &arguments.questions;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut asked = Vec::new();
    let mut by_language: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: SetLine = serde_json::from_str(line).with_context(|| {
            format!("{}:{}: not {{\"id\",\"question\",\"lang\"?,\"article\"}}", path.display(), number + 1)
        })?;
        let reply = kb.ask(&Question { text: line.question, lang: line.lang, limit: 10 })?;
        let right = line.article.slugs();
        let one = Asked {
            answerable: !right.is_empty(),
            rank: reply.hits.iter().position(|hit| right.contains(&hit.article)),
            confidence: reply.confidence,
            answered: reply.decision == Decision::Answer,
            handed_off: reply.decision == Decision::HandOff,
        };
        asked.push(one);
        by_language.entry(reply.lang).or_default().push(one);
    }
    let mut all = figures(&Measures::of(&asked));
    let languages = by_language.iter().map(|(tag, asked)| (tag.clone(), Value::Object(figures(&Measures::of(asked)))));
    all.insert("languages".into(), Value::Object(languages.collect()));
    if arguments.json {
        println!("{}", Value::Object(all));
    } else {
        println!("{}", serde_json::to_string_pretty(&all)?);
    }
    Ok(Outcome::Fine)
}

fn figures(measures: &Measures) -> Map<String, Value> {
    let pairs = [
        ("n", json!(measures.n)),
        ("answerable", json!(measures.answerable)),
        ("recall_at_1", json!(measures.recall_at_1)),
        ("recall_at_3", json!(measures.recall_at_3)),
        ("mrr_at_10", json!(measures.mrr_at_10)),
        ("auroc_answerable", json!(measures.auroc_answerable)),
        ("auroc_correct", json!(measures.auroc_correct)),
        ("fpr_at_95_tpr", json!(measures.fpr_at_95_tpr)),
        ("ece", json!(measures.ece)),
        ("answered", json!(measures.answered)),
        ("wrong_answers", json!(measures.wrong_answers)),
        ("handed_off", json!(measures.handed_off)),
        ("unanswerable_handed_off", json!(measures.unanswerable_handed_off)),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
