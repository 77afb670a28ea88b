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
        sentence: [1.976, 0.0, 6.640, 11.406, 2.414, 14.028, 21.911, 16.068, 1.648, 2.691, 0.0, 0.0, 0.0],
        few: [0.0, 4.422, 0.133, 0.0, 0.0, 2.221, 2.292, 4.234, 3.735, 4.288, 0.0, 0.0, 0.0],
    },
};
/// The same with vectors.
const WITH_MEANING: ByMaterial<Weights> = ByMaterial {
    samples: Weights {
        sentence: [0.0, 3.487, 7.460, 8.956, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 6.011, 6.860, 0.0],
        few: [0.0, 5.228, 3.781, 0.517, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 6.069, 4.108, 0.316],
    },
    both: Weights {
        sentence: [7.579, 1.106, 10.438, 2.586, 3.853, 0.203, 10.595, 3.659, 5.211, 0.0, 2.209, 4.078, 1.990],
        few: [8.995, 4.771, 0.0, 0.0, 1.141, 0.0, 1.678, 6.388, 3.647, 2.901, 0.0, 3.708, 2.873],
    },
    texts: Weights {
        sentence: [0.0, 0.0, 0.0, 12.572, 0.0, 7.769, 10.426, 14.056, 0.0, 2.460, 0.0, 1.940, 6.171],
        few: [1.484, 3.282, 0.0, 0.0, 0.0, 0.711, 0.525, 5.179, 0.283, 5.669, 0.058, 0.0, 0.595],
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
