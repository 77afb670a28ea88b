//! The `ask` subcommand.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    time::Instant,
};

use answer_engine::{
    Examination,
    scoring::{Features, Signals},
};
use answer_messages::{Decision, Question, Reply};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    cli,
    commands::Outcome,
    knowledge_base::{KnowledgeBase, normalized},
};

/// A line of a batch.
#[derive(Deserialize)]
struct BatchLine {
    #[serde(default)]
    id: Value,
    question: String,
    #[serde(default)]
    lang: Option<String>,
}

/// A line of answers.
#[derive(Serialize)]
struct AnswerLine<'a> {
    #[serde(skip_serializing_if = "Value::is_null")]
    id: Value,
    #[serde(flatten)]
    reply: &'a Reply,
    /// Language in which alone these articles are there, where the question is in another.
    #[serde(skip_serializing_if = "Option::is_none")]
    only_in: Option<&'a str>,
    engine_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Value>,
}

/// Runs the subcommand.
///
/// # Errors
/// Where the bundle or the batch cannot be read.
pub fn run(arguments: &cli::Ask) -> anyhow::Result<Outcome> {
    let kb = KnowledgeBase::open(&arguments.kb)?;
    let kb = if arguments.without_words { kb.without_words() } else { kb };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match &arguments.batch {
        Some(path) => {
            let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            for (number, line) in BufReader::new(file).lines().enumerate() {
                let place = || format!("{}:{}", path.display(), number + 1);
                let line = line.with_context(place)?;
                if line.trim().is_empty() {
                    continue;
                }
                let line: BatchLine = serde_json::from_str(&line)
                    .with_context(|| format!("{}: not {{\"id\",\"question\",\"lang\"?}}", place()))?;
                let lang = line.lang.or_else(|| arguments.lang.clone());
                let question = Question { text: line.question, lang, limit: arguments.limit };
                answer(&kb, &question, line.id, arguments, &mut out)?;
            }
        }
        None => {
            let text = arguments.question.clone().unwrap_or_default();
            let question = Question { text, lang: arguments.lang.clone(), limit: arguments.limit };
            answer(&kb, &question, Value::Null, arguments, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

fn answer(
    kb: &KnowledgeBase,
    question: &Question,
    id: Value,
    arguments: &cli::Ask,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let start = Instant::now();
    let reply = kb.ask(question)?;
    let engine_ms = start.elapsed().as_secs_f64() * 1000.0;
    let only_in = kb.is_only_elsewhere(question, &reply)?.then_some(reply.lang.as_str());
    if arguments.json {
        let explanation = if arguments.explain { Some(explanation(kb, question, &reply.lang)?) } else { None };
        serde_json::to_writer(&mut *out, &AnswerLine { id, reply: &reply, only_in, engine_ms, explanation })?;
        writeln!(out)?;
        return Ok(());
    }
    let decision = match reply.decision {
        Decision::Answer => "answer",
        Decision::Choose => "choose",
        Decision::HandOff => "hand off",
    };
    writeln!(
        out,
        "{decision} ({:?}), confidence {:.2}, {}, {engine_ms:.1} ms",
        reply.reason, reply.confidence, reply.lang
    )?;
    if let Some(tag) = only_in {
        writeln!(out, "This is only available in `{tag}`.")?;
    }
    for (number, hit) in reply.hits.iter().enumerate() {
        writeln!(out, "\n{}. {} ({:.2})\n   {}#{}", number + 1, hit.title, hit.confidence, hit.url, hit.section)?;
        for line in hit.snippet.text.lines().take(4) {
            writeln!(out, "   {line}")?;
        }
    }
    if arguments.explain {
        writeln!(out, "\n{}", serde_json::to_string_pretty(&explanation(kb, question, &reply.lang)?)?)?;
    }
    Ok(())
}

/// What the confidence is made of, in the language that was searched.
fn explanation(kb: &KnowledgeBase, question: &Question, lang: &str) -> anyhow::Result<Value> {
    let question = normalized(question);
    Ok(kb.with_language(lang, |engine| {
        let Examination { terms, ranking, confidences } = engine.examine(&question.text);
        let candidates: Vec<Value> = ranking
            .candidates
            .iter()
            .zip(&confidences)
            .take(question.limit as usize)
            .map(|(candidate, confidence)| {
                let signals: serde_json::Map<_, _> = Signals::NAMES
                    .into_iter()
                    .zip(candidate.signals.0)
                    .map(|(name, value)| (name.to_owned(), json!(value)))
                    .collect();
                json!({
                    "article": engine.slug(candidate), "confidence": confidence, "score": candidate.score,
                    "signals": signals,
                })
            })
            .collect();
        let words: Vec<Value> = terms
            .words
            .iter()
            .map(|word| json!({"term": word.term, "known": word.known, "idf": word.idf, "repaired_from": word.repaired_from}))
            .collect();
        let features: serde_json::Map<_, _> = Features::NAMES
            .into_iter()
            .zip(ranking.features.0)
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        json!({"words": words, "features": features, "candidates": candidates})
    })?)
}
