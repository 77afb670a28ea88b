use super::{
    kinds::Kinds,
    signals::{SIGNALS, Signals},
};

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
    sampled: [0.0, 5.556, 20.382, 10.425, 3.666, 2.881, 9.521, 2.904, 0.0, 6.046, 0.0, 0.0, 0.0],
    plain: [0.0, 6.434, 0.0, 0.0, 0.0, 4.617, 5.054, 9.469, 3.164, 5.622, 0.0, 0.0, 0.0],
};
const WITH_MEANING: Fitted = Fitted {
    sampled: [0.0, 4.288, 4.779, 6.281, 0.990, 0.596, 8.218, 3.270, 0.0, 3.572, 6.668, 6.890, 0.0],
    plain: [0.0, 1.892, 0.0, 0.0, 0.0, 7.151, 2.439, 9.771, 1.879, 2.304, 3.478, 0.0, 3.839],
};

impl Weights {
    /// The shipped weights for an index, between those for articles with sample questions and those for articles without.
    pub fn shipped(kinds: &Kinds, meaning: bool) -> Self {
        let fitted = if meaning { WITH_MEANING } else { BY_WORDS };
        let share = kinds.sampled_share();
        Self(std::array::from_fn(|at| share * fitted.sampled[at] + (1.0 - share) * fitted.plain[at]))
    }

    /// Weighted sum of the signals.
    pub fn score(&self, signals: &Signals) -> f64 {
        self.0.iter().zip(signals.0).map(|(weight, value)| weight * value).sum()
    }
}
