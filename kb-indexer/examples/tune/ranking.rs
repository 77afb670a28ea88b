//! Fits the weights of the signals: softmax cross-entropy over a question's candidates, so that the weighted sum is in
//! log odds. Weights cannot be negative: nothing that fits may count against an article.

use answer_engine::scoring::{SIGNALS, Weights, fewness};
use kb_indexer::calibration::regression::solve;

use crate::{
    asked::{Question, Set},
    view::signals,
};

/// Strength of the ridge.
const RIDGE: f64 = 1e-5;
/// More steps change nothing.
const STEPS: usize = 100;

/// Each weight once for sentences and once for a few words.
const SIZE: usize = 2 * SIGNALS;

type Vector = [f64; SIZE];

/// A question as the fit sees it.
struct Case {
    candidates: Vec<(Vector, bool)>,
    /// Its share of the whole.
    weight: f64,
}

/// Fits weights to sets, each of which counts so much as told, whatever its size.
pub(crate) fn fit(sets: &[(&Set, f64)], meaning: bool) -> Weights {
    let all: f64 = sets.iter().map(|(_, weight)| weight).sum();
    let mut cases = Vec::new();
    for (set, weight) in sets {
        let found: Vec<&Question> =
            set.questions[usize::from(meaning)].iter().filter(|question| !question.right.is_empty()).collect();
        #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
        let weight = weight / all / found.len().max(1) as f64;
        cases.extend(found.into_iter().map(|question| {
            let candidates = question.candidates.iter();
            let fewness = fewness(question.terms.words.len());
            let row = candidates
                .map(|one| (divided(&signals(one, meaning).0, fewness), question.right.contains(&one.article)));
            Case { candidates: row.collect(), weight }
        }));
    }
    let found = minimise(&cases);
    Weights { sentence: std::array::from_fn(|at| found[at]), few: std::array::from_fn(|at| found[SIGNALS + at]) }
}

/// The signals as what the weights for sentences and those for a few words see of them.
fn divided(signals: &[f64; SIGNALS], fewness: f64) -> Vector {
    std::array::from_fn(|at| if at < SIGNALS { (1.0 - fewness) * signals[at] } else { fewness * signals[at - SIGNALS] })
}

/// Newton's method in the space of the weights that are not held at zero by their bound, with a line search along the
/// bent path that the bound leaves.
fn minimise(cases: &[Case]) -> Vector {
    let mut weights = [3.0; SIZE];
    for _ in 0..STEPS {
        let Derivatives { loss, mut gradient, mut hessian } = derivatives(cases, &weights);
        let slope = gradient;
        for at in 0..SIZE {
            if weights[at] <= 0.0 && gradient[at] > 0.0 {
                gradient[at] = 0.0;
                hessian[at] = [0.0; SIZE];
                for row in &mut hessian {
                    row[at] = 0.0;
                }
                hessian[at][at] = 1.0;
            }
        }
        let Some(step) = solve(hessian, gradient) else { break };
        let mut length = 1.0;
        let moved = loop {
            let next: Vector = std::array::from_fn(|at| (weights[at] - length * step[at]).max(0.0));
            let gain: f64 = (0..SIZE).map(|at| slope[at] * (next[at] - weights[at])).sum();
            if self::loss(cases, &next) <= loss + 1e-4 * gain {
                break Some(next);
            }
            length *= 0.5;
            if length < 1e-6 {
                break None;
            }
        };
        let Some(next) = moved else { break };
        let largest = next.iter().zip(weights).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        weights = next;
        if largest < 1e-4 {
            break;
        }
    }
    weights
}

struct Derivatives {
    loss: f64,
    gradient: Vector,
    /// Without the part that right candidates among each other add: what is left is positive, and nearly the same.
    hessian: [Vector; SIZE],
}

fn ridge(weights: &Vector) -> f64 {
    RIDGE / 2.0 * weights.iter().map(|weight| weight * weight).sum::<f64>()
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `e` to each score, beside the largest.
fn exponents(case: &Case, weights: &Vector) -> Vec<f64> {
    let scores: Vec<f64> = case.candidates.iter().map(|(row, _)| dot(row, weights)).collect();
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.into_iter().map(|score| (score - largest).exp()).collect()
}

/// Sums over all candidates, and over the right ones.
fn sums(case: &Case, exponents: &[f64]) -> (f64, f64) {
    let right = exponents.iter().zip(&case.candidates).filter(|(_, (_, right))| *right);
    (exponents.iter().sum(), right.map(|(value, _)| value).sum::<f64>().max(f64::MIN_POSITIVE))
}

fn loss(cases: &[Case], weights: &Vector) -> f64 {
    let one = |case: &Case| {
        let (all, right) = sums(case, &exponents(case, weights));
        case.weight * (all / right).ln()
    };
    ridge(weights) + cases.iter().map(one).sum::<f64>()
}

fn derivatives(cases: &[Case], weights: &Vector) -> Derivatives {
    let mut loss = ridge(weights);
    let mut gradient: Vector = weights.map(|weight| RIDGE * weight);
    let mut hessian = [[0.0; SIZE]; SIZE];
    for (at, row) in hessian.iter_mut().enumerate() {
        row[at] = RIDGE;
    }
    for case in cases {
        let exponents = exponents(case, weights);
        let (all, right) = sums(case, &exponents);
        loss += case.weight * (all / right).ln();
        let mut mean = [0.0; SIZE];
        for (exponent, (row, is_right)) in exponents.iter().zip(&case.candidates) {
            let share = exponent / all;
            let pull = share - if *is_right { exponent / right } else { 0.0 };
            for a in 0..SIZE {
                gradient[a] += case.weight * pull * row[a];
                mean[a] += share * row[a];
            }
            // What weighs nothing is most of the candidates.
            if share > 1e-9 {
                for a in 0..SIZE {
                    for b in 0..=a {
                        hessian[a][b] += case.weight * share * row[a] * row[b];
                    }
                }
            }
        }
        for a in 0..SIZE {
            for b in 0..=a {
                hessian[a][b] -= case.weight * mean[a] * mean[b];
            }
        }
    }
    Derivatives { loss, gradient, hessian }
}
