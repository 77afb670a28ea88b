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
        intercept: -5.6911,
        weights: [0.479, 1.285, 1.002, -0.091, 1.244, 1.308, 1.194, -2.136, 0.059, 0.0, 0.0, 0.0, 0.523, 1.596, 0.278],
    },
    plain: Coefficients {
        intercept: -7.4598,
        weights: [
            0.791, 7.364, 2.135, -0.596, 3.232, 1.020, 3.299, -4.252, -0.510, 0.0, 0.0, 0.0, -1.502, 0.640, -0.040,
        ],
    },
};
const WITH_MEANING: Fitted = Fitted {
    sampled: Coefficients {
        intercept: -5.5816,
        weights: [
            0.376, -0.198, 1.641, -0.870, 0.600, 0.650, 1.834, -0.691, 0.127, 0.151, 2.846, 1.021, -2.642, 0.422, 0.235,
        ],
    },
    plain: Coefficients {
        intercept: -7.0896,
        weights: [
            0.779, 8.542, 1.061, -2.174, 3.038, 1.385, 2.746, -5.107, -0.436, 0.147, -2.907, 1.282, 0.223, 1.406, 0.634,
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
