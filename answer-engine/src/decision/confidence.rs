use answer_messages::read_fields;
use serde::{Deserialize, Serialize};

use crate::scoring::{ByMaterial, Candidate, FEATURES, Features, Material, thousandth};

/// A logistic regression over [`Features`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coefficients {
    /// Intercept, at [`ANSWERABLE_SHARE`].
    pub intercept: f64,
    /// One weight a feature.
    pub weights: [f64; FEATURES],
}

read_fields!(Coefficients { intercept, weights });

/// Share of answerable questions that every fit is made for; a site's own share shifts the intercept.
pub const ANSWERABLE_SHARE: f64 = 0.8;

/// Coefficients as they are written down: an intercept in ten thousandths, weights in thousandths, which take fewer bytes than
/// floats.
#[derive(Clone, Copy)]
struct Written {
    intercept: i32,
    weights: [i16; FEATURES],
}

/// Printed by `cargo xtask tune`, see `docs/quality.md`.
const BY_WORDS: ByMaterial<Written> = ByMaterial {
    samples: Written {
        intercept: -38_388,
        weights: [
            323, -1409, 621, 0, -389, 1347, 910, -871, -137, 0, 0, 0, 2655, 3396, -1259, -296, 151, -52, 0, 375, 0, 0,
            2398, 0, -486, 0, 3225,
        ],
    },
    both: Written {
        intercept: -9512,
        weights: [
            128, 2326, -2456, -601, 759, -261, 150, -89, 178, 0, 0, 0, 3931, 357, -1130, -43, 119, 1451, 837, 1455,
            1173, -108, -3747, 3363, 4438, -2520, 995,
        ],
    },
    texts: Written {
        intercept: -28_906,
        weights: [
            195, 1877, -179, 2211, 918, 229, 976, -2080, 8, 0, 0, 0, 1521, -372, -575, 492, 117, -535, 381, -276, 2845,
            -2267, -651, -319, 4999, -2322, 2439,
        ],
    },
};
/// The same with vectors.
const WITH_MEANING: ByMaterial<Written> = ByMaterial {
    samples: Written {
        intercept: -45_926,
        weights: [
            201, -1147, 1003, 0, -121, 600, 1320, -435, 60, 1111, 4212, 1285, -1601, 1333, -1692, 101, 114, 240, 0,
            523, 0, 0, 514, 0, 708, 0, 1664,
        ],
    },
    both: Written {
        intercept: -6340,
        weights: [
            80, 1685, -2908, -978, -197, -706, 1157, 578, 82, 1398, 380, -959, 2737, 557, -536, 372, 113, 1300, -194,
            700, 3564, 1003, -2412, 2368, 2830, -2070, 1772,
        ],
    },
    texts: Written {
        intercept: -39_772,
        weights: [
            188, 1839, -75, 3081, 374, 635, 703, -1911, -13, 2065, -595, -667, 2243, -749, -659, 706, 127, -739, -138,
            -160, 3245, -1277, -1439, 566, 4999, -2529, 2197,
        ],
    },
};

impl Coefficients {
    /// The shipped coefficients for an index of this material.
    pub fn shipped(material: &Material, meaning: bool) -> Self {
        let fitted = if meaning { &WITH_MEANING } else { &BY_WORDS };
        let coefficients = |written: &Written| Self {
            intercept: f64::from(written.intercept) / 10_000.0,
            weights: written.weights.map(thousandth),
        };
        material.of(&fitted.map(coefficients), |a, b, share| a.towards(b, share))
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
