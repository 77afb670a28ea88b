//! Floors under the quality of answers, on question sets that the engine knows nothing of.
//!
//! Four sets stand in `tests/data`; where `PORCHLIGHT_DATA` names a folder with more sets of the same form, those of
//! the table below that it has are measured too. A floor lies a point or so under the figure seen when it was set.

use std::{env, path::Path, process::Command};

use anyhow::{Context, ensure};
use serde_json::Value;
use system_tests::programs;

/// A set's folder, its file of questions, and its floors: recall@1, recall@3, AUROC of right against wrong.
type Floor = (&'static str, &'static str, [f64; 3]);

const COMMITTED: [Floor; 4] = [
    ("stackfaq-3", "questions.jsonl", [0.96, 0.99, 0.955]),
    ("vue-docs-ko", "questions-links.jsonl", [0.68, 0.89, 0.815]),
    ("clinc150-10", "questions.jsonl", [0.835, 0.94, 0.88]),
    ("banking77-10", "questions.jsonl", [0.805, 0.925, 0.85]),
];

const FURTHER: [Floor; 10] = [
    ("stackfaq-0", "questions.jsonl", [0.915, 0.97, 0.935]),
    ("banking77-oos-10", "questions.jsonl", [0.75, 0.885, 0.83]),
    ("xquad-en", "questions.jsonl", [0.935, 0.98, 0.90]),
    ("xquad-de", "questions.jsonl", [0.895, 0.96, 0.915]),
    ("xquad-zh", "questions.jsonl", [0.925, 0.97, 0.91]),
    ("xquad-th", "questions.jsonl", [0.925, 0.98, 0.895]),
    ("anki-manual", "questions-links.jsonl", [0.58, 0.79, 0.82]),
    ("office-support", "questions-links.jsonl", [0.855, 0.925, 0.88]),
    ("cpp-docs", "questions-links-en.jsonl", [0.955, 0.975, 0.955]),
    ("cpp-docs", "questions-links-ko.jsonl", [0.935, 0.965, 0.945]),
];

/// Builds a set's articles, asks its questions and compares.
fn check(data: &Path, (name, questions, floors): &Floor) -> anyhow::Result<()> {
    let indexer = programs::indexer()?;
    let out = tempfile::tempdir()?;
    let set = data.join(name);
    let run = |command: &mut Command| -> anyhow::Result<Vec<u8>> {
        let output = command.output().context("cannot start kb-indexer")?;
        ensure!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(output.stdout)
    };
    run(Command::new(&indexer).arg("build").arg(set.join("articles")).arg("--out").arg(out.path()))?;
    let mut eval = Command::new(&indexer);
    eval.arg("eval").arg("--json").arg("--kb").arg(out.path()).arg("--questions").arg(set.join(questions));
    let figures: Value = serde_json::from_slice(&run(&mut eval)?)?;
    for (figure, floor) in ["recall_at_1", "recall_at_3", "auroc_correct"].into_iter().zip(floors) {
        let seen = figures[figure].as_f64().with_context(|| format!("{name}: no {figure} in {figures}"))?;
        ensure!(seen >= *floor, "{name}: {figure} is {seen:.3}, its floor is {floor:.3}");
    }
    Ok(())
}

#[test]
fn committed_sets_keep_their_floors() -> anyhow::Result<()> {
    let data = programs::root()?.join("tests/data");
    COMMITTED.iter().try_for_each(|floor| check(&data, floor))
}

#[test]
fn further_sets_keep_their_floors_where_there_are_any() -> anyhow::Result<()> {
    let Some(data) = env::var_os("PORCHLIGHT_DATA") else { return Ok(()) };
    let data = programs::root()?.join(data);
    FURTHER.iter().filter(|(name, ..)| data.join(name).is_dir()).try_for_each(|floor| check(&data, floor))
}
