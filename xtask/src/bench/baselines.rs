//! What others reach on the development sets: `tests/data/baselines.json`.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;

use crate::workspace::Workspace;

/// A file of questions, and who reached what on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Baseline {
    /// Its folder.
    pub(super) set: String,
    /// Its file of questions in the folder.
    pub(super) questions: String,
    /// What it is, in a few words.
    pub(super) about: String,
    /// Shared words alone, by a simple program.
    pub(super) lexical: Option<Figures>,
    /// The same with word vectors that are too large to ship.
    pub(super) hybrid: Option<Figures>,
    /// Accuracies of other systems; splits and draws of samples differ, so that a point or two says nothing.
    #[serde(default)]
    pub(super) others: BTreeMap<String, f64>,
}

/// Figures, named as `kb-indexer eval` names them; R@1 first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    pub(super) recall_at_1: f64,
    pub(super) auroc_answerable: Option<f64>,
    pub(super) auroc_correct: Option<f64>,
}

#[derive(Deserialize)]
struct List {
    baselines: Vec<Baseline>,
}

/// Reads them all.
pub(super) fn read(workspace: &Workspace) -> anyhow::Result<Vec<Baseline>> {
    let path = workspace.path("tests/data/baselines.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let list: List = serde_json::from_str(&text).with_context(|| format!("{} is not as expected", path.display()))?;
    Ok(list.baselines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_file_can_be_read() {
        let baselines = read(&Workspace::find().unwrap()).unwrap();
        assert!(baselines.iter().any(|one| one.set == "stackfaq-3"));
        assert!(baselines.iter().all(|one| one.lexical.as_ref().is_some_and(|found| found.recall_at_1 < 1.0)));
    }
}
