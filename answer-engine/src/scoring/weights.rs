use super::{
    material::{ByMaterial, Material},
    signals::{SIGNALS, Signals},
};

/// How much each signal counts. The sum is in natural log odds: of two articles, one is `e` to their difference times as
/// likely to be the right one, if either is.
///
/// A few words name a thing, and the article's title or a heading has them; a whole sentence tells of it in words of its
/// own, and the text says more. Hence two of each weight, between which a question's length decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// For questions of [`SENTENCE`] words or more.
    pub sentence: [f64; SIGNALS],
    /// For questions of [`FEW`] words or less.
    pub few: [f64; SIGNALS],
}

/// Words of a question that only names a thing, each counted once.
pub const FEW: usize = 3;
/// Words of a question that is a sentence.
pub const SENTENCE: usize = 9;

/// Printed by `cargo xtask tune`, see `docs/quality.md`.
const BY_WORDS: ByMaterial<Weights> = ByMaterial {
    samples: Weights {
        sentence: [0.0, 4.259, 26.869, 12.497, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        few: [0.0, 6.666, 10.426, 3.155, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    },
    both: Weights {
        sentence: [7.787, 0.0, 26.770, 4.161, 9.145, 4.216, 11.692, 1.401, 5.816, 0.033, 0.0, 0.0, 0.0],
        few: [6.288, 4.905, 7.062, 0.0, 7.358, 2.583, 3.707, 4.671, 4.385, 1.705, 0.0, 0.0, 0.0],
    },
    texts: Weights {
        sentence: [0.0, 0.0, 7.975, 12.769, 0.0, 14.465, 19.369, 16.180, 0.0, 2.132, 0.0, 0.0, 0.0],
        few: [0.827, 4.069, 0.0, 0.0, 0.0, 1.650, 1.752, 4.201, 2.386, 4.717, 0.0, 0.0, 0.0],
    },
};
/// The same with vectors.
const WITH_MEANING: ByMaterial<Weights> = ByMaterial {
    samples: Weights {
        sentence: [0.0, 3.562, 7.379, 9.006, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.966, 6.866, 0.0],
        few: [0.0, 5.244, 3.825, 0.486, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 6.074, 4.109, 0.319],
    },
    both: Weights {
        sentence: [7.411, 1.160, 10.554, 2.431, 4.861, 0.875, 10.816, 3.782, 5.243, 0.0, 2.159, 4.050, 1.964],
        few: [9.039, 4.708, 0.0, 0.0, 1.256, 0.0, 1.366, 6.712, 3.619, 2.739, 0.011, 3.677, 2.809],
    },
    texts: Weights {
        sentence: [0.0, 0.0, 0.0, 14.157, 0.0, 8.334, 11.286, 14.647, 0.0, 2.365, 0.0, 1.759, 6.152],
        few: [1.268, 3.529, 0.0, 0.0, 0.0, 0.445, 0.746, 4.724, 0.567, 5.850, 0.0, 0.0, 0.536],
    },
};

impl Weights {
    /// The shipped weights for an index of this material.
    pub fn shipped(material: &Material, meaning: bool) -> Self {
        Self::for_material(if meaning { &WITH_MEANING } else { &BY_WORDS }, material)
    }

    /// The mean of weights that suits this material.
    pub fn for_material(fitted: &ByMaterial<Self>, material: &Material) -> Self {
        material.of(fitted, |a, b, share| Self {
            sentence: mixed(&a.sentence, &b.sentence, share),
            few: mixed(&a.few, &b.few, share),
        })
    }

    /// The weights for a question of so many words.
    pub fn of(&self, words: usize) -> [f64; SIGNALS] {
        mixed(&self.sentence, &self.few, fewness(words))
    }
}

/// How far a question only names a thing: 1 at [`FEW`] words, 0 at [`SENTENCE`].
pub fn fewness(words: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a few words")]
    let left = SENTENCE.saturating_sub(words) as f64 / (SENTENCE - FEW) as f64;
    left.min(1.0)
}

/// Weighted sum of the signals.
pub fn score(weights: &[f64; SIGNALS], signals: &Signals) -> f64 {
    weights.iter().zip(signals.0).map(|(weight, value)| weight * value).sum()
}

fn mixed(a: &[f64; SIGNALS], b: &[f64; SIGNALS], share: f64) -> [f64; SIGNALS] {
    std::array::from_fn(|at| (1.0 - share) * a[at] + share * b[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_decides_between_few_words_and_a_sentence() {
        let weights = Weights { sentence: [1.0; SIGNALS], few: [3.0; SIGNALS] };
        for (words, expected) in [(0, 3.0), (1, 3.0), (3, 3.0), (6, 2.0), (9, 1.0), (40, 1.0)] {
            assert!((weights.of(words)[0] - expected).abs() < 1e-12, "{words}");
        }
    }
}
