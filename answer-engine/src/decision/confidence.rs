use serde::{Deserialize, Serialize};

use crate::scoring::{Candidate, FEATURES, Features};

/// A logistic regression over [`Features`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coefficients {
    /// Intercept, at [`ANSWERABLE_SHARE`].
    pub intercept: f64,
    /// One weight a feature.
    pub weights: [f64; FEATURES],
}

/// Share of answerable questions that every fit is made for; a site's own share shifts the intercept.
pub const ANSWERABLE_SHARE: f64 = 0.8;

/// For articles with sample questions, and for articles without; printed by `cargo xtask tune`, see `docs/quality.md`.
struct Fitted {
    sampled: Coefficients,
    plain: Coefficients,
}

const BY_WORDS: Fitted = Fitted {
    sampled: Coefficients {
        intercept: -5.6950,
        weights: [
            0.480, 1.293, 1.000, -0.097, 1.247, 1.310, 1.188, -2.140, 0.058, 0.0, 0.0, 0.0, 0.527, 1.591, 0.280,
        ],
    },
    plain: Coefficients {
        intercept: -6.9753,
        weights: [
            0.839, 6.957, 2.297, -0.604, 3.104, 0.943, 3.271, -3.916, -0.552, 0.0, 0.0, 0.0, -1.628, 0.953, -0.220,
        ],
    },
};
const WITH_MEANING: Fitted = Fitted {
    sampled: Coefficients {
        intercept: -5.7251,
        weights: [
            0.373, -0.216, 1.486, -0.646, 0.621, 0.610, 1.915, -0.735, 0.130, 0.590, 2.793, 1.057, -2.683, 0.522, 0.167,
        ],
    },
    plain: Coefficients {
        intercept: -5.8793,
        weights: [
            1.058, 7.619, 0.653, -3.304, 3.909, 1.092, 2.903, -4.037, -0.686, -0.462, -3.694, 1.285, 1.473, 2.476,
            0.843,
        ],
    },
};

impl Coefficients {
    /// The shipped coefficients for an index whose articles have sample questions to this share.
    pub fn shipped(sampled_share: f64, meaning: bool) -> Self {
        let fitted = if meaning { WITH_MEANING } else { BY_WORDS };
        fitted.plain.towards(&fitted.sampled, sampled_share)
    }

    /// These, moved by `share` towards others.
    pub fn towards(&self, other: &Self, share: f64) -> Self {
        let between = |a: f64, b: f64| (1.0 - share) * a + share * b;
        Self {
            intercept: between(self.intercept, other.intercept),
            weights: std::array::from_fn(|at| between(self.weights[at], other.weights[at])),
        }
    }

    /// Probability that the first hit answers, where `unanswerable_share` of the questions have no article.
    pub fn probability(&self, features: &Features, unanswerable_share: f64) -> f64 {
        let shift = logit(1.0 - unanswerable_share) - logit(ANSWERABLE_SHARE);
        let sum: f64 = self.weights.iter().zip(features.0).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + libm::exp(-(self.intercept + shift + sum)))
    }
}

/// Log odds of a share.
pub fn logit(share: f64) -> f64 {
    let share = share.clamp(0.001, 0.999);
    libm::log(share / (1.0 - share))
}

/// Confidence of each candidate, given that of the first: each later one gets a share by its score, and all together
/// are no more than 1.
pub fn confidences(first: f64, candidates: &[Candidate]) -> Vec<f64> {
    let Some(best) = candidates.first() else {
        return Vec::new();
    };
    let mut shares: Vec<f64> =
        candidates.iter().map(|candidate| first * libm::exp(candidate.score - best.score)).collect();
    let others: f64 = shares[1..].iter().sum();
    let room = 1.0 - first;
    if others > room {
        for share in &mut shares[1..] {
            *share *= room / others;
        }
    }
    shares
}
