//! What each part of the engine is worth: everything stays as shipped but for one part, which is switched off. Nothing is
//! fitted anew, so that a figure tells what the part does today, not what others could do in its place.

use answer_engine::{
    bundle::Settings,
    decision::Coefficients,
    scoring::{SIGNALS, Signals, Weights},
};
use kb_indexer::measures::Measures;

use crate::{
    asked::{Question, Set},
    tables,
    view::{measure, rank},
};

/// A part that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// One signal's weight.
    Signal(usize),
    /// The vectors: the index answers by words, as it does before they are there.
    Meaning,
    /// That words which questions are made of count less.
    Damping,
    /// That unknown words are taken for typing errors.
    Repair,
    /// That an index's own sample questions correct its confidence.
    SelfCalibration,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Signal(at) => Signals::NAMES[at],
            Self::Meaning => "meaning",
            Self::Damping => "damping",
            Self::Repair => "repair",
            Self::SelfCalibration => "self-calibration",
        }
    }
}

/// One of a set's figures.
type Figure = fn(&Measures) -> Option<f64>;

/// Prints what each part's absence changes, one table a figure.
pub(crate) fn print(sets: &[Set]) {
    let parts = parts();
    let results: Vec<(&Set, Measures, Vec<Measures>)> = sets
        .iter()
        .map(|set| (set, without(set, None), parts.iter().map(|part| without(set, Some(*part))).collect()))
        .collect();
    let figures: [(&str, Figure); 3] = [
        ("R@1", |measures| measures.recall_at_1),
        ("AUROC r", |measures| measures.auroc_correct),
        ("ECE", |measures| measures.ece),
    ];
    println!(
        "Each column is without one part; nothing is fitted anew. The first candidates are those of the whole engine."
    );
    for (name, figure) in figures {
        println!("\n{name}, and how it changes without:\n");
        let mut head = vec!["set".to_owned(), "all parts".to_owned()];
        head.extend(parts.iter().map(|part| part.name().replace('_', " ")));
        let change = |all: &Measures, less: &Measures| Some(figure(less)? - figure(all)?);
        let mut rows = Vec::new();
        for (set, all, less) in &results {
            let mut row = vec![format!("`{}`", set.name), tables::figure(figure(all))];
            row.extend(less.iter().map(|less| tables::difference(change(all, less))));
            rows.push(row);
        }
        let mut last = vec!["mean".to_owned(), tables::figure(mean(results.iter().map(|(_, all, _)| figure(all))))];
        last.extend(
            (0..parts.len())
                .map(|at| tables::difference(mean(results.iter().map(|(_, all, less)| change(all, &less[at]))))),
        );
        rows.push(last);
        tables::print(&head, &rows);
    }
}

/// Signals that count anywhere, and the other parts.
fn parts() -> Vec<Part> {
    let counts = |at: &usize| {
        [(0.0, false), (0.0, true), (1.0, false), (1.0, true)]
            .iter()
            .map(|(share, meaning)| Weights::shipped(*share, *meaning))
            .any(|weights| weights.sentence[*at] > 0.0 || weights.few[*at] > 0.0)
    };
    let mut parts: Vec<Part> = (0..SIGNALS).filter(counts).map(Part::Signal).collect();
    parts.extend([Part::Meaning, Part::Damping, Part::Repair, Part::SelfCalibration]);
    parts
}

/// A set's figures as shipped, without one part.
fn without(set: &Set, part: Option<Part>) -> Measures {
    let meaning = set.meaning && part != Some(Part::Meaning);
    let mut weights = Weights::shipped(set.sampled_share, meaning);
    if let Some(Part::Signal(at)) = part {
        weights.sentence[at] = 0.0;
        weights.few[at] = 0.0;
    }
    let coefficients = match part {
        Some(Part::SelfCalibration) => Coefficients::shipped(set.sampled_share, meaning),
        _ => set.own[usize::from(meaning)],
    };
    let questions: &[Question] = match part {
        Some(Part::Damping) => &set.undamped,
        Some(Part::Repair) => &set.unrepaired,
        _ => &set.questions[usize::from(meaning)],
    };
    let ranked: Vec<_> = questions.iter().map(|question| rank(question, &weights, meaning)).collect();
    measure(&ranked, &coefficients, Settings::default().unanswerable_share)
}

fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let (count, sum) = values.flatten().fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    (count > 0.0).then_some(sum / count)
}
