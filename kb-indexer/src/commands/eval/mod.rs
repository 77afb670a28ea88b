//! The `eval` subcommand.

mod comparison;
mod per_article;

use std::{collections::BTreeMap, fs, ops::Range};

use answer_messages::Decision;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use self::comparison::{Baseline, Comparison};
use crate::{
    cli,
    commands::{Outcome, print},
    knowledge_base::KnowledgeBase,
    measures::{Asked, Measures},
    question_set::{self, FORM, Line},
};

/// What came of a question, as `--details` writes it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Told {
    /// As the question set names it.
    #[serde(default)]
    id: Value,
    question: String,
    /// Place of the first right hit, from 1; `None` where there is none.
    rank: Option<usize>,
    decision: Decision,
    confidence: f64,
    /// Slug of the first hit.
    first: Option<String>,
}

/// A question and what came of it.
struct Question {
    line: Line,
    told: Told,
}

/// Runs the subcommand.
///
/// # Errors
/// Where the bundle, the questions or the baseline cannot be read.
pub fn run(arguments: &cli::Eval) -> anyhow::Result<Outcome> {
    let baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    let kb = KnowledgeBase::open(&arguments.kb)?;
    let kb = if arguments.without_words { kb.without_words() } else { kb };
    let path = &arguments.questions;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut asked = Vec::new();
    let mut by_language: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    let mut questions = Vec::new();
    for (number, line) in question_set::parse(&text) {
        let line = line.with_context(|| format!("{}:{number}: not {FORM}", path.display()))?;
        let (one, reply) = question_set::ask(&kb, &line)?;
        asked.push(one);
        by_language.entry(reply.lang).or_default().push(one);
        let told = Told {
            id: line.id.clone(),
            question: line.question.clone(),
            rank: one.rank.map(|rank| rank + 1),
            decision: reply.decision,
            confidence: reply.confidence,
            first: reply.hits.into_iter().next().map(|hit| hit.article),
        };
        questions.push(Question { line, told });
    }
    let mut all = figures(&Measures::of(&asked));
    let comparison = baseline.map(|baseline| Comparison::new(&baseline, &all, &questions));
    let rows = arguments.articles.then(|| per_article::rows(&questions));
    let languages = by_language.iter().map(|(tag, asked)| (tag.clone(), Value::Object(figures(&Measures::of(asked)))));
    all.insert("languages".into(), Value::Object(languages.collect()));
    if arguments.json {
        if let Some(rows) = &rows {
            all.insert("articles".into(), json!(rows));
        }
        if let Some(comparison) = &comparison {
            all.insert("comparison".into(), json!(comparison));
        }
        if arguments.details {
            let questions: Vec<&Told> = questions.iter().map(|question| &question.told).collect();
            all.insert("questions".into(), json!(questions));
        }
        print(&format!("{}\n", Value::Object(all)))?;
    } else {
        let mut out = serde_json::to_string_pretty(&all)? + "\n";
        if let Some(rows) = &rows {
            out.push_str(&per_article::to_text(rows));
        }
        if let Some(comparison) = &comparison {
            out.push_str(&comparison.to_text());
        }
        print(&out)?;
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

/// Rows as lines whose columns stand below each other; those of numbers are flush right.
fn table(rows: &[Vec<String>], numbers: Range<usize>) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(at, (cell, width))| {
                    if numbers.contains(&at) { format!("{cell:>width$}") } else { format!("{cell:width$}") }
                },
            )
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}
