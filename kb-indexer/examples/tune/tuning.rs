//! Both fits, and how the sets fare by them.

use answer_engine::{
    decision::{ANSWERABLE_SHARE, Coefficients},
    scoring::Weights,
};
use anyhow::Context;

use crate::{
    asked::Set,
    confidence::{RankedSet, coefficients},
    ranking,
    sources::Ranking,
    tables,
    view::{measure, rank, rank_without_right},
};

/// Sets with more than this share of sample questions are fitted with those that have them.
const SAMPLED: f64 = 0.7;

/// Fits by words alone or with meaning, and prints constants and figures. What is left out under "left out" is the set's
/// family in the fit of the confidence; the weights are those of all sets.
pub(crate) fn print(sets: &[Set], meaning: bool) -> anyhow::Result<()> {
    let sets: Vec<&Set> = sets.iter().filter(|set| set.meaning || !meaning).collect();
    let sampled = ranking::fit(&of_kind(&sets, |set| (set.ranking == Ranking::Sampled).then_some(1.0)), meaning);
    let plain = ranking::fit(
        &of_kind(&sets, |set| match set.ranking {
            Ranking::Plain { by_words, with_meaning } => Some(if meaning { with_meaning } else { by_words }),
            Ranking::Sampled | Ranking::Measured => None,
        }),
        meaning,
    );
    let name = if meaning { "WITH_MEANING" } else { "BY_WORDS" };
    println!("\n// scoring/weights.rs\nconst {name}: Fitted = Fitted {{");
    println!("    sampled: {},\n    plain: {},\n}};", tables::weights(&sampled), tables::weights(&plain));

    let ranked: Vec<(&Set, RankedSet)> = sets
        .iter()
        .map(|set| {
            let weights = Weights::between(&sampled, &plain, set.sampled_share);
            let questions = &set.questions[usize::from(meaning)];
            let answerable = questions.iter().filter(|question| question.answerable);
            let ranked = RankedSet {
                family: set.family,
                fitted: set.confidence,
                ranked: questions.iter().map(|question| rank(question, &weights, meaning)).collect(),
                without_right: answerable.map(|question| rank_without_right(question, &weights, meaning)).collect(),
            };
            (*set, ranked)
        })
        .collect();
    let mut rows = Vec::new();
    println!("// decision/confidence.rs\nconst {name}: Fitted = Fitted {{");
    for (field, has_samples) in [("sampled", true), ("plain", false)] {
        let group: Vec<&(&Set, RankedSet)> =
            ranked.iter().filter(|(set, _)| (set.sampled_share > SAMPLED) == has_samples).collect();
        let fitted: Vec<&RankedSet> = group.iter().map(|(_, ranked)| ranked).collect();
        let all = coefficients(&fitted, None).context("there is nothing to fit the confidence to")?;
        println!("    {field}: {},", tables::coefficients(&all));
        for (set, ranked) in group {
            let left_out = coefficients(&fitted, Some(set.family));
            rows.push(row(set, ranked, meaning, &all, left_out.as_ref()));
        }
    }
    println!("}};\n");
    let head = ["set", "R@1", "R@1 shipped", "R@3", "AUROC a", "AUROC r", "ECE", "left out: AUROC a", "AUROC r", "ECE"];
    tables::print(&head.map(str::to_owned), &rows);
    Ok(())
}

fn of_kind<'a>(sets: &[&'a Set], weight: impl Fn(&Set) -> Option<f64>) -> Vec<(&'a Set, f64)> {
    let weighed = sets.iter().filter_map(|set| Some((*set, weight(set)?)));
    weighed.filter(|(_, weight)| *weight > 0.0).collect()
}

/// A set's figures by the new constants, beside the R@1 of the shipped ones and what is left with its family left out.
fn row(
    set: &Set,
    ranked: &RankedSet,
    meaning: bool,
    all: &Coefficients,
    left_out: Option<&Coefficients>,
) -> Vec<String> {
    let share = 1.0 - ANSWERABLE_SHARE;
    let shipped = Weights::shipped(set.sampled_share, meaning);
    let by_shipped: Vec<_> =
        set.questions[usize::from(meaning)].iter().map(|question| rank(question, &shipped, meaning)).collect();
    let figures = measure(&ranked.ranked, all, share);
    let shipped = measure(&by_shipped, all, share).recall_at_1;
    let left_out = left_out.map(|coefficients| measure(&ranked.ranked, coefficients, share)).unwrap_or_default();
    let values = [
        figures.recall_at_1,
        shipped,
        figures.recall_at_3,
        figures.auroc_answerable,
        figures.auroc_correct,
        figures.ece,
        left_out.auroc_answerable,
        left_out.auroc_correct,
        left_out.ece,
    ];
    let mut row = vec![format!("`{}`", set.name)];
    row.extend(values.map(tables::figure));
    row
}
