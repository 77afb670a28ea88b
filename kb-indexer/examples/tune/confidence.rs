//! Fits the coefficients of the confidence on all sets of a kind, and on all but a family.

use answer_engine::decision::{ANSWERABLE_SHARE, Coefficients, logit};
use kb_indexer::calibration::regression::{Example, fit};

use crate::{
    sources::{PARAGRAPHS, PARAGRAPHS_COUNT, PARAGRAPHS_WITH_MEANING},
    view::Ranked,
};

/// Strength of the ridge.
const RIDGE: f64 = 0.001;
/// Share of unanswerable questions in the fit: more than visitors ask, for the fit shall tell them apart.
const UNANSWERABLE: f64 = 0.3;
/// With fewer unanswerable questions of its own, a set's answerable ones without their article stand for all.
const ENOUGH: usize = 50;

/// A set, ranked by the weights that the confidence is for.
pub(crate) struct RankedSet {
    pub(crate) family: &'static str,
    /// Whether the fit sees it.
    pub(crate) fitted: bool,
    /// Its questions.
    pub(crate) ranked: Vec<Ranked>,
    /// Its answerable questions, without the right articles.
    pub(crate) without_right: Vec<Ranked>,
}

/// Fits on the sets whose family is not `without`; `None` where that leaves nothing to learn.
pub(crate) fn coefficients(sets: &[&RankedSet], meaning: bool, without: Option<&str>) -> Option<Coefficients> {
    let sets: Vec<&RankedSet> = sets.iter().copied().filter(|set| set.fitted && Some(set.family) != without).collect();
    #[allow(clippy::cast_precision_loss, reason = "counts of sets")]
    let (all, paragraphs) =
        (sets.len() as f64, sets.iter().filter(|set| set.family == PARAGRAPHS).count().max(1) as f64);
    let count_of_paragraphs = if meaning { PARAGRAPHS_WITH_MEANING } else { PARAGRAPHS_COUNT };
    let mut examples = Vec::new();
    for set in sets {
        let weight = if set.family == PARAGRAPHS { count_of_paragraphs / paragraphs } else { 1.0 } / all;
        let (answerable, own): (Vec<Ranked>, Vec<Ranked>) = set.ranked.iter().partition(|one| one.answerable);
        let own = if own.len() > ENOUGH { own } else { Vec::new() };
        let of_own = if own.is_empty() { 0.0 } else { 0.5 };
        add(&mut examples, &answerable, weight * (1.0 - UNANSWERABLE));
        add(&mut examples, &set.without_right, weight * UNANSWERABLE * (1.0 - of_own));
        add(&mut examples, &own, weight * UNANSWERABLE * of_own);
    }
    let mut found = fit(&examples, RIDGE)?;
    found.intercept += logit(ANSWERABLE_SHARE) - logit(1.0 - UNANSWERABLE);
    Some(found)
}

/// Adds questions that count so much together.
fn add(examples: &mut Vec<Example>, ranked: &[Ranked], weight: f64) {
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let weight = weight / ranked.len().max(1) as f64;
    examples.extend(ranked.iter().map(|one| Example {
        features: one.features.0,
        right: one.answerable && one.right(),
        weight,
    }));
}
