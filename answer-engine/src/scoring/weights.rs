use super::signals::{SIGNALS, Signals};

/// How much each signal counts. The sum is in natural log odds: of two articles, one is `e` to their difference times as
/// likely to be the right one, if either is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights(pub [f64; SIGNALS]);

/// For articles with sample questions, and for articles without; printed by `cargo xtask tune`, see `docs/quality.md`.
struct Fitted {
    sampled: [f64; SIGNALS],
    plain: [f64; SIGNALS],
}

const BY_WORDS: Fitted = Fitted {
    sampled: [0.0, 5.548, 20.393, 10.422, 3.666, 2.881, 9.528, 2.903, 0.0, 6.043, 0.0, 0.0, 0.0],
    plain: [0.0, 6.414, 0.0, 0.0, 0.0, 4.393, 5.142, 9.674, 3.098, 5.655, 0.0, 0.0, 0.0],
};
const WITH_MEANING: Fitted = Fitted {
    sampled: [0.0, 4.081, 5.018, 6.333, 1.275, 0.652, 8.529, 3.168, 0.0, 4.222, 6.698, 6.433, 0.0],
    plain: [0.0, 2.676, 0.0, 0.0, 0.0, 2.424, 2.053, 7.812, 2.359, 5.453, 1.649, 1.081, 3.546],
};

impl Weights {
    /// The shipped weights for an index whose articles have sample questions to this share.
    pub fn shipped(sampled_share: f64, meaning: bool) -> Self {
        let fitted = if meaning { WITH_MEANING } else { BY_WORDS };
        Self::between(&Self(fitted.sampled), &Self(fitted.plain), sampled_share)
    }

    /// Between those for articles with sample questions and those for articles without.
    pub fn between(sampled: &Self, plain: &Self, sampled_share: f64) -> Self {
        Self(std::array::from_fn(|at| sampled_share * sampled.0[at] + (1.0 - sampled_share) * plain.0[at]))
    }

    /// Weighted sum of the signals.
    pub fn score(&self, signals: &Signals) -> f64 {
        self.0.iter().zip(signals.0).map(|(weight, value)| weight * value).sum()
    }
}
