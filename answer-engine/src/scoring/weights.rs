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

/// Weights as they are written down: three decimals in two bytes, where a float would take eight of what visitors download.
/// A thousandth of a whole number is the very float that is written with three decimals.
#[derive(Clone, Copy)]
struct Thousandths {
    sentence: [i16; SIGNALS],
    few: [i16; SIGNALS],
}

/// Printed by `cargo xtask tune`, see `docs/quality.md`.
const BY_WORDS: ByMaterial<Thousandths> = ByMaterial {
    samples: Thousandths {
        sentence: [0, 4259, 26_869, 12_497, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        few: [0, 6666, 10_426, 3155, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    },
    both: Thousandths {
        sentence: [7787, 0, 26_770, 4161, 9145, 4216, 11_692, 1401, 5816, 33, 0, 0, 0],
        few: [6288, 4905, 7062, 0, 7358, 2583, 3707, 4671, 4385, 1705, 0, 0, 0],
    },
    texts: Thousandths {
        sentence: [1976, 0, 6640, 11_406, 2414, 14_028, 21_911, 16_068, 1648, 2691, 0, 0, 0],
        few: [0, 4422, 133, 0, 0, 2221, 2292, 4234, 3735, 4288, 0, 0, 0],
    },
};
/// The same with vectors.
const WITH_MEANING: ByMaterial<Thousandths> = ByMaterial {
    samples: Thousandths {
        sentence: [0, 3487, 7460, 8956, 0, 0, 0, 0, 0, 0, 6011, 6860, 0],
        few: [0, 5228, 3781, 517, 0, 0, 0, 0, 0, 0, 6069, 4108, 316],
    },
    both: Thousandths {
        sentence: [7579, 1106, 10_438, 2586, 3853, 203, 10_595, 3659, 5211, 0, 2209, 4078, 1990],
        few: [8995, 4771, 0, 0, 1141, 0, 1678, 6388, 3647, 2901, 0, 3708, 2873],
    },
    texts: Thousandths {
        sentence: [0, 0, 0, 12_572, 0, 7769, 10_426, 14_056, 0, 2460, 0, 1940, 6171],
        few: [1484, 3282, 0, 0, 0, 711, 525, 5179, 283, 5669, 58, 0, 595],
    },
};

impl Weights {
    /// The shipped weights for an index of this material.
    pub fn shipped(material: &Material, meaning: bool) -> Self {
        let fitted = if meaning { &WITH_MEANING } else { &BY_WORDS };
        let weights = |written: &Thousandths| Self {
            sentence: written.sentence.map(thousandth),
            few: written.few.map(thousandth),
        };
        Self::for_material(&fitted.map(weights), material)
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

/// A thousandth of a number.
pub(crate) fn thousandth(number: i16) -> f64 {
    f64::from(number) / 1000.0
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
