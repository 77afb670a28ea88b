//! `cargo xtask bench latency`: how long an answer of the largest development set takes, natively and in Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::output;
use crate::Outcome;
use crate::failure::Failure;
use crate::programs::PACKAGES;
use crate::workspace::Workspace;
use crate::{cargo, question_sets, tools, web};

/// The set whose articles are asked.
const ARTICLES: &str = "office-support";
/// Whose questions are asked: its own, and those of others, many of whose words no article has.
const QUESTIONS: [&str; 7] = [
    "office-support/questions-links.jsonl",
    "clinc150-10/questions.jsonl",
    "banking77-10/questions.jsonl",
    "stackfaq-3/questions.jsonl",
    "xquad-en/questions.jsonl",
    "anki-manual/questions-links.jsonl",
    "cpp-docs/questions-links-en.jsonl",
];
/// The same questions again: of each the shortest time counts, for other programs of the machine are not measured.
const ROUNDS: usize = 3;
/// In Chromium every so many-th question is asked.
const STEP: usize = 8;
/// Milliseconds in which ninety-nine of a hundred questions are to be answered: natively, and in Chromium.
const BARS: [f64; 2] = [5.0, 15.0];

/// Runs the benchmark.
pub(super) fn run(workspace: &Workspace) -> Outcome {
    let data = question_sets::folder(workspace)?;
    let articles = data.join(ARTICLES).join("articles");
    ensure_some(&articles)?;
    let dist = web::dist(workspace);
    if !dist.join("web.json").is_file() {
        return Err(Failure::missing("the widget's files are not built", "cargo xtask web"));
    }
    let browser = tools::browser()?;
    cargo::run(&mut cargo::cargo(workspace, &["build", "--release", "--package", "kb-indexer", "--bins"]))?;
    cargo::run(&mut cargo::cargo(workspace, &[&["build"][..], &PACKAGES, &["--bins"]].concat()))?;
    let indexer = workspace.target.join("release").join(format!("kb-indexer{}", std::env::consts::EXE_SUFFIX));
    let folder = workspace.target.join("bench").join("latency");
    std::fs::create_dir_all(&folder)?;
    let questions = questions(&data)?;

    let native = natively(&indexer, &articles, &folder, &questions)?;
    tell("natively, the engine", &native, Some(BARS[0]));

    let (asked, times) = (folder.join("questions.txt"), folder.join("times.txt"));
    let some: Vec<&str> = questions.iter().step_by(STEP).map(String::as_str).collect();
    std::fs::write(&asked, some.join("\n"))?;
    let mut test = cargo::cargo(workspace, &[&["test"][..], &PACKAGES, &["--test", "latency"]].concat());
    test.args(["--", "--ignored"])
        .env("PORCHLIGHT_ROOT", &workspace.root)
        .env("PORCHLIGHT_DIST", dist)
        .env("PORCHLIGHT_SITE_BIN", workspace.program("site"))
        .env("PORCHLIGHT_INDEXER_BIN", &indexer)
        .env("PORCHLIGHT_ARTICLES", &articles)
        .env("PORCHLIGHT_QUESTIONS", &asked)
        .env("PORCHLIGHT_TIMES", &times)
        .env("CHROMIUM", browser.chromium)
        .env("CHROMEDRIVER", browser.chromedriver);
    cargo::run(&mut test)?;
    let [whole, engine] = in_browser(&std::fs::read_to_string(&times)?)?;
    tell("in Chromium, the engine", &engine, None);
    tell("in Chromium, from the page's asking to its hearing", &whole, Some(BARS[1]));
    let missed = percentile(&native, 0.99) > BARS[0] || percentile(&whole, 0.99) > BARS[1];
    if missed {
        return Err(anyhow::anyhow!("a bar was missed; on a busy machine, try again").into());
    }
    Ok(())
}

fn ensure_some(articles: &Path) -> anyhow::Result<()> {
    ensure!(articles.is_dir(), "{} does not exist: it is the set that this is measured on", articles.display());
    Ok(())
}

/// The questions of all sets that are there, each in one line.
fn questions(data: &Path) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for path in QUESTIONS.map(|path| data.join(path)).iter().filter(|path| path.is_file()) {
        for line in std::fs::read_to_string(path)?.lines() {
            let line: Value = serde_json::from_str(line).with_context(|| format!("{} is no JSON", path.display()))?;
            let words = line["question"].as_str().unwrap_or_default().split_whitespace();
            all.push(words.collect::<Vec<_>>().join(" "));
        }
    }
    Ok(all)
}

/// Milliseconds of each question, as the program tells them. The first opens the index and is left out.
fn natively(indexer: &Path, articles: &Path, folder: &Path, questions: &[String]) -> anyhow::Result<Vec<f64>> {
    let (kb, batch): (PathBuf, PathBuf) = (folder.join("kb"), folder.join("batch.jsonl"));
    output(Command::new(indexer).arg("build").arg(articles).args(["--lenient", "--prune", "--out"]).arg(&kb))?;
    let warm = questions.first().into_iter().chain(questions);
    let lines: String = warm.map(|question| format!("{}\n", serde_json::json!({ "question": question }))).collect();
    std::fs::write(&batch, lines)?;
    let mut best = vec![f64::INFINITY; questions.len()];
    for _ in 0..ROUNDS {
        let mut ask = Command::new(indexer);
        ask.args(["ask", "--json", "--limit", "4", "--kb"]).arg(&kb).arg("--batch").arg(&batch);
        let answers = String::from_utf8(output(&mut ask)?)?;
        for (best, answer) in best.iter_mut().zip(answers.lines().skip(1)) {
            let answer: Value = serde_json::from_str(answer)?;
            *best = best.min(answer["engine_ms"].as_f64().context("no engine_ms")?);
        }
    }
    Ok(best)
}

/// The whole times and the engine's, of lines that hold both.
fn in_browser(lines: &str) -> anyhow::Result<[Vec<f64>; 2]> {
    let mut all = [Vec::new(), Vec::new()];
    for line in lines.lines() {
        let (whole, engine) = line.split_once(' ').context("not two times a line")?;
        all[0].push(whole.parse()?);
        all[1].push(engine.parse()?);
    }
    Ok(all)
}

fn tell(what: &str, times: &[f64], bar: Option<f64>) {
    let at = |share| percentile(times, share);
    let bar = bar.map_or_else(String::new, |bar| format!(" (bar: p99 at most {bar} ms)"));
    println!(
        "{what}: {} questions, p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, longest {:.1} ms{bar}",
        times.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}

/// The least time that this share of all does not exceed.
fn percentile(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        let times: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let check = |share: f64, expected: f64| assert!((percentile(&times, share) - expected).abs() < 1e-9, "{share}");
        check(0.5, 50.0);
        check(0.99, 99.0);
        check(1.0, 100.0);
        assert!(percentile(&[], 0.5).is_nan());
    }

    #[test]
    fn lines_of_times() {
        assert_eq!(in_browser("1.5 1\n3 2.5\n").unwrap(), [vec![1.5, 3.0], vec![1.0, 2.5]]);
        assert!(in_browser("1.5").is_err());
    }
}
