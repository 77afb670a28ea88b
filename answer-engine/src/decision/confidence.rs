use serde::{Deserialize, Serialize};

use crate::scoring::{ByMaterial, Candidate, FEATURES, Features, Material};

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

/// Printed by `cargo xtask tune`, see `docs/quality.md`.
const BY_WORDS: ByMaterial<Coefficients> = ByMaterial {
    samples: Coefficients {
        intercept: -3.8388,
        weights: [
            0.323, -1.409, 0.621, 0.0, -0.389, 1.347, 0.910, -0.871, -0.137, 0.0, 0.0, 0.0, 2.655, 3.396, -1.259,
            -0.296, 0.151, -0.052, 0.0, 0.375, 0.0, 0.0, 2.398, 0.0, -0.486, 0.0, 3.225,
        ],
    },
    both: Coefficients {
        intercept: -0.9512,
        weights: [
            0.128, 2.326, -2.456, -0.601, 0.759, -0.261, 0.150, -0.089, 0.178, 0.0, 0.0, 0.0, 3.931, 0.357, -1.130,
            -0.043, 0.119, 1.451, 0.837, 1.455, 1.173, -0.108, -3.747, 3.363, 4.438, -2.520, 0.995,
        ],
    },
    texts: Coefficients {
        intercept: -2.8906,
        weights: [
            0.195, 1.877, -0.179, 2.211, 0.918, 0.229, 0.976, -2.080, 0.008, 0.0, 0.0, 0.0, 1.521, -0.372, -0.575,
            0.492, 0.117, -0.535, 0.381, -0.276, 2.845, -2.267, -0.651, -0.319, 4.999, -2.322, 2.439,
        ],
    },
};
/// The same with vectors.
const WITH_MEANING: ByMaterial<Coefficients> = ByMaterial {
    samples: Coefficients {
        intercept: -4.5926,
        weights: [
            0.201, -1.147, 1.003, 0.0, -0.121, 0.600, 1.320, -0.435, 0.060, 1.111, 4.212, 1.285, -1.601, 1.333, -1.692,
            0.101, 0.114, 0.240, 0.0, 0.523, 0.0, 0.0, 0.514, 0.0, 0.708, 0.0, 1.664,
        ],
    },
    both: Coefficients {
        intercept: -0.6340,
        weights: [
            0.080, 1.685, -2.908, -0.978, -0.197, -0.706, 1.157, 0.578, 0.082, 1.398, 0.380, -0.959, 2.737, 0.557,
            -0.536, 0.372, 0.113, 1.300, -0.194, 0.700, 3.564, 1.003, -2.412, 2.368, 2.830, -2.070, 1.772,
        ],
    },
    texts: Coefficients {
        intercept: -3.9772,
        weights: [
            0.188, 1.839, -0.075, 3.081, 0.374, 0.635, 0.703, -1.911, -0.013, 2.065, -0.595, -0.667, 2.243, -0.749,
            -0.659, 0.706, 0.127, -0.739, -0.138, -0.160, 3.245, -1.277, -1.439, 0.566, 4.999, -2.529, 2.197,
        ],
    },
};

impl Coefficients {
    /// The shipped coefficients for an index of this material.
    pub fn shipped(material: &Material, meaning: bool) -> Self {
        let fitted = if meaning { WITH_MEANING } else { BY_WORDS };
        material.of(&fitted, |a, b, share| a.towards(b, share))
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
