//! Two runs beside each other: what a change of articles gained and lost, question by question.

use std::{collections::BTreeMap, fs, path::Path};

use answer_messages::Decision;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Question, Told, table};
use crate::question_set::key;

/// What an earlier run wrote.
#[derive(Debug, Deserialize)]
pub(super) struct Baseline {
    questions: Vec<Told>,
    #[serde(flatten)]
    figures: Map<String, Value>,
}

impl Baseline {
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| {
            format!("{} is no baseline: write one with `kb-indexer eval --json --details`", path.display())
        })
    }
}

/// What differs between two runs.
#[derive(Debug, Serialize)]
pub(super) struct Comparison {
    /// Questions that are right now and were not.
    gained: Vec<Change>,
    /// Questions that were right and are not.
    lost: Vec<Change>,
    /// Questions that are new.
    added: usize,
    /// Questions that are no longer asked.
    removed: usize,
    figures: BTreeMap<String, BeforeAfter<Option<f64>>>,
}

#[derive(Debug, Serialize)]
struct Change {
    id: Value,
    question: String,
    #[serde(flatten)]
    change: BeforeAfter<State>,
}

#[derive(Debug, Serialize)]
struct BeforeAfter<T> {
    before: T,
    after: T,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct State {
    rank: Option<usize>,
    decision: Decision,
    confidence: f64,
    first: Option<String>,
}

impl State {
    fn of(told: &Told) -> Self {
        Self { rank: told.rank, decision: told.decision, confidence: told.confidence, first: told.first.clone() }
    }

    /// The right article is first; where none is right, nothing is passed off as the answer.
    fn is_right(&self, answerable: bool) -> bool {
        if answerable { self.rank == Some(1) } else { self.decision != Decision::Answer }
    }

    fn to_text(&self, answerable: bool) -> String {
        let decision = match self.decision {
            Decision::Answer => "answer",
            Decision::Choose => "choice",
            Decision::HandOff => "hand-off",
        };
        let rank = match (answerable, self.rank) {
            (false, _) => String::new(),
            (true, Some(rank)) => format!("place {rank}, "),
            (true, None) => "not found, ".to_owned(),
        };
        let first = self.first.as_deref().unwrap_or("nothing");
        format!("{rank}{first} first, {decision} {:.2}", self.confidence)
    }
}

impl Comparison {
    pub(super) fn new(baseline: &Baseline, figures: &Map<String, Value>, questions: &[Question]) -> Self {
        let mut before: BTreeMap<String, &Told> =
            baseline.questions.iter().map(|told| (key(&told.id, &told.question), told)).collect();
        let figure = |of: &Map<String, Value>, name: &str| of.get(name).and_then(Value::as_f64);
        let mut comparison = Self {
            gained: Vec::new(),
            lost: Vec::new(),
            added: 0,
            removed: 0,
            figures: figures
                .keys()
                .map(|name| {
                    let pair = BeforeAfter { before: figure(&baseline.figures, name), after: figure(figures, name) };
                    (name.clone(), pair)
                })
                .collect(),
        };
        for Question { line, told } in questions {
            let Some(earlier) = before.remove(&line.key()) else {
                comparison.added += 1;
                continue;
            };
            let answerable = !line.article.slugs().is_empty();
            let change = BeforeAfter { before: State::of(earlier), after: State::of(told) };
            let list = match (change.before.is_right(answerable), change.after.is_right(answerable)) {
                (false, true) => &mut comparison.gained,
                (true, false) => &mut comparison.lost,
                _ => continue,
            };
            list.push(Change { id: told.id.clone(), question: told.question.clone(), change });
        }
        comparison.removed = before.len();
        comparison
    }

    pub(super) fn to_text(&self) -> String {
        let mut out = String::new();
        for (name, sign, changes) in [("Gained", '+', &self.gained), ("Lost", '-', &self.lost)] {
            out.push_str(&format!("\n{name}: {}\n", changes.len()));
            for Change { question, change, .. } in changes {
                // A question without a right article has no rank on either side.
                let answerable = change.before.rank.is_some() || change.after.rank.is_some();
                let (before, after) = (change.before.to_text(answerable), change.after.to_text(answerable));
                out.push_str(&format!("{sign} {question}\n    {before} -> {after}\n"));
            }
        }
        if self.added + self.removed > 0 {
            out.push_str(&format!("\nNot in both runs: {} new, {} gone\n", self.added, self.removed));
        }
        let mut rows = vec![["figure", "before", "after", "change"].map(str::to_owned).to_vec()];
        for (name, pair) in &self.figures {
            let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
            let change = pair.before.zip(pair.after).map_or_else(String::new, |(before, after)| {
                let change = after - before;
                if change.abs() < 0.000_5 { "=".to_owned() } else { format!("{change:+.3}") }
            });
            rows.push(vec![name.clone(), shown(pair.before), shown(pair.after), change]);
        }
        out.push('\n');
        out.push_str(&table(&rows, 1..4));
        out
    }
}
