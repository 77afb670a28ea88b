//! Both fits, and how the sets fare by them.

use answer_engine::{
    decision::{ANSWERABLE_SHARE, Coefficients},
    scoring::{ByMaterial, Weights},
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

/// How much a set counts for the constants of another material than its own: a little, so that what is known of one kind
/// holds where another has nothing to say.
const OTHER_MATERIAL: f64 = 0.1;

/// The kinds of material, by name as the source has them, and a position of each.
const KINDS: ByMaterial<(&str, usize)> = ByMaterial { samples: ("samples", 0), both: ("both", 1), texts: ("texts", 2) };

/// Fits by words alone or with meaning, and prints constants and figures. What is left out under "left out" is the set's
/// family in the fit of the confidence; the weights are those of all sets.
pub(crate) fn print(sets: &[Set], meaning: bool) -> anyhow::Result<()> {
    let sets: Vec<&Set> = sets.iter().filter(|set| set.meaning || !meaning).collect();
    let weights_for = |kind: (&str, usize)| {
        let counts = |set: &&Set| {
            let Ranking::Fitted { by_words, with_meaning } = set.ranking else { return None };
            let counts = if meaning { with_meaning } else { by_words };
            let is_own = set.material.nearest(&KINDS).1 == kind.1;
            // Texts alone are a world of their own: half their signals are silent elsewhere.
            let share = if is_own {
                1.0
            } else if kind.0 == "both" && set.material.samples > 0.5 {
                OTHER_MATERIAL
            } else {
                0.0
            };
            (counts * share > 0.0).then_some(counts * share)
        };
        let group: Vec<(&Set, f64)> = sets.iter().filter_map(|set| Some((*set, counts(set)?))).collect();
        ranking::fit(&group, meaning)
    };
    let fitted = ByMaterial {
        samples: weights_for(KINDS.samples),
        both: weights_for(KINDS.both),
        texts: weights_for(KINDS.texts),
    };
    let name = if meaning { "WITH_MEANING" } else { "BY_WORDS" };
    println!("\n// scoring/weights.rs\nconst {name}: ByMaterial<Thousandths> = ByMaterial {{");
    for (field, weights) in [("samples", fitted.samples), ("both", fitted.both), ("texts", fitted.texts)] {
        println!("    {field}: {},", tables::weights(&weights));
    }
    println!("}};");

    let ranked: Vec<(&Set, RankedSet)> = sets
        .iter()
        .map(|set| {
            let weights = Weights::for_material(&fitted, &set.material);
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
    println!("// decision/confidence.rs\nconst {name}: ByMaterial<Written> = ByMaterial {{");
    for (field, kind) in [KINDS.samples, KINDS.both, KINDS.texts] {
        let group: Vec<&(&Set, RankedSet)> =
            ranked.iter().filter(|(set, _)| set.material.nearest(&KINDS).1 == kind).collect();
        let fitted: Vec<&RankedSet> = group.iter().map(|(_, ranked)| ranked).collect();
        let all = coefficients(&fitted, meaning, None).context("there is nothing to fit the confidence to")?;
        println!("    {field}: {},", tables::coefficients(&all));
        for (set, ranked) in group {
            let left_out = coefficients(&fitted, meaning, Some(set.family));
            rows.push(row(set, ranked, meaning, &all, left_out.as_ref()));
        }
    }
    println!("}};\n");
    let head = ["set", "R@1", "R@1 shipped", "R@3", "AUROC a", "AUROC r", "ECE", "left out: AUROC a", "AUROC r", "ECE"];
    tables::print(&head.map(str::to_owned), &rows);
    Ok(())
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
    let shipped = Weights::shipped(&set.material, meaning);
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
