//! `cargo xtask bench quality`: builds every development set with the program that writers use, asks its questions with
//! the program that measures, and prints the table of `docs/quality.md`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::baselines::{self, Baseline, Figures};
use super::output;
use crate::Outcome;
use crate::workspace::Workspace;
use crate::{cargo, question_sets};

/// The figures of `eval`, by its names and by the table's.
const COLUMNS: [(&str, &str); 9] = [
    ("recall_at_1", "R@1"),
    ("recall_at_3", "R@3"),
    ("mrr_at_10", "MRR"),
    ("auroc_answerable", "AUROC a"),
    ("auroc_correct", "AUROC r"),
    ("fpr_at_95_tpr", "FPR95"),
    ("ece", "ECE"),
    ("answered", "answered"),
    ("wrong_answers", "wrong"),
];

/// Runs the benchmark over the sets whose names begin with one of `only`, or over all.
pub(super) fn run(workspace: &Workspace, only: &[String]) -> Outcome {
    let data = question_sets::folder(workspace)?;
    let chosen = |baseline: &Baseline| {
        let wanted = only.is_empty() || only.iter().any(|name| baseline.set.starts_with(name));
        wanted && data.join(&baseline.set).is_dir()
    };
    let baselines: Vec<Baseline> = baselines::read(workspace)?.into_iter().filter(chosen).collect();
    ensure_some(&baselines, &data)?;
    cargo::run(&mut cargo::cargo(workspace, &["build", "--package", "kb-indexer", "--bins"]))?;
    let indexer = workspace.program("kb-indexer");
    let mut built = BTreeSet::new();
    let mut rows = Vec::new();
    for baseline in &baselines {
        let set = data.join(&baseline.set);
        let kb = workspace.target.join("bench").join(&baseline.set);
        if built.insert(&baseline.set) {
            eprintln!("{}", baseline.set);
            let mut build = Command::new(&indexer);
            build.arg("build").arg(set.join("articles")).args(["--lenient", "--prune", "--out"]).arg(&kb);
            output(&mut build)?;
        }
        let mut eval = Command::new(&indexer);
        eval.args(["eval", "--json", "--kb"]).arg(&kb).arg("--questions").arg(set.join(&baseline.questions));
        let figures: Value = serde_json::from_slice(&output(&mut eval)?)
            .with_context(|| format!("eval's figures of {} are no JSON", baseline.set))?;
        rows.push(row(baseline, &figures));
    }
    print(&rows);
    Ok(())
}

fn ensure_some(baselines: &[Baseline], data: &Path) -> anyhow::Result<()> {
    ensure!(!baselines.is_empty(), "{} holds no such set; tests/data/baselines.json names them", data.display());
    Ok(())
}

fn row(baseline: &Baseline, figures: &Value) -> Vec<String> {
    let file = baseline.questions.trim_end_matches(".jsonl").trim_start_matches("questions").trim_start_matches('-');
    let name = match file {
        "" | "links" => format!("`{}`", baseline.set),
        file => format!("`{}` {}", baseline.set, file.trim_start_matches("links-")),
    };
    let mut row = vec![name, baseline.about.clone()];
    row.extend(COLUMNS.map(|(key, _)| figure(figures[key].as_f64())));
    row.push(others(baseline.lexical.as_ref()));
    row.push(others(baseline.hybrid.as_ref()));
    let others: Vec<String> =
        baseline.others.iter().map(|(name, found)| format!("{name} {}", figure(Some(*found)))).collect();
    row.push(if others.is_empty() { "–".to_owned() } else { others.join(", ") });
    row
}

/// R@1, AUROC a and AUROC r in one cell.
fn others(found: Option<&Figures>) -> String {
    let Some(found) = found else { return "–".to_owned() };
    [Some(found.recall_at_1), found.auroc_answerable, found.auroc_correct].map(figure).join(" / ")
}

/// A share without its zero, as everywhere in `docs/quality.md`.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}").trim_start_matches('0').to_owned())
}

fn print(rows: &[Vec<String>]) {
    let mut head = vec!["set", "what it is"];
    head.extend(COLUMNS.map(|(_, name)| name));
    head.extend(["lexical: R@1 / a / r", "hybrid: R@1 / a / r", "others: R@1"]);
    println!("| {} |", head.join(" | "));
    println!("|{}", " --- |".repeat(head.len()));
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_beside_what_others_reach() {
        let baseline: Baseline = serde_json::from_str(
            r#"{"set": "cpp-docs", "questions": "questions-links-ko.jsonl", "about": "reference",
                "lexical": {"recall_at_1": 0.935}, "others": {"BERT": 0.969}}"#,
        )
        .unwrap();
        let row = row(&baseline, &serde_json::json!({"recall_at_1": 1.0, "ece": 0.0412, "auroc_answerable": null}));
        assert_eq!(
            row.join(" | "),
            "`cpp-docs` ko | reference | 1.000 | – | – | – | – | – | .041 | – | – | .935 / – / – | – | BERT .969"
        );
    }
}
