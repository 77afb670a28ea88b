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
        intercept: -2.6541,
        weights: [
            0.199, 1.674, -0.606, 2.252, 0.753, 0.248, 0.902, -2.008, -0.015, 0.0, 0.0, 0.0, 1.587, -0.349, -0.776,
            0.582, 0.130, -0.398, 0.369, -0.131, 2.711, -1.935, -0.931, 0.346, 4.961, -2.265, 2.947,
        ],
    },
};
/// The same with vectors.
const WITH_MEANING: ByMaterial<Coefficients> = ByMaterial {
    samples: Coefficients {
        intercept: -4.5407,
        weights: [
            0.202, -1.167, 0.927, 0.0, -0.072, 0.578, 1.289, -0.425, 0.051, 1.088, 4.229, 1.316, -1.626, 1.341, -1.696,
            0.101, 0.117, 0.280, 0.0, 0.548, 0.0, 0.0, 0.567, 0.0, 0.699, 0.0, 1.612,
        ],
    },
    both: Coefficients {
        intercept: -1.0051,
        weights: [
            0.110, 1.929, -3.544, -1.313, -0.021, -0.529, 1.252, 0.460, 0.058, 1.130, 0.528, -0.765, 2.730, 0.667,
            -0.387, 0.352, 0.084, 1.442, -0.315, 0.855, 3.996, 1.185, -3.011, 3.058, 3.776, -1.934, 1.188,
        ],
    },
    texts: Coefficients {
        intercept: -4.0047,
        weights: [
            0.189, 1.650, 0.197, 2.761, 0.210, 0.785, 0.579, -1.695, 0.022, 1.874, -0.407, -0.555, 2.180, -0.836,
            -0.643, 0.640, 0.115, -0.678, -0.230, -0.125, 3.262, -1.269, -1.654, 0.362, 4.975, -2.071, 1.908,
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
