use super::signals::{SIGNALS, Signals};

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

/// For articles with sample questions, and for articles without; printed by `cargo xtask tune`, see `docs/quality.md`.
struct Fitted {
    sampled: Weights,
    plain: Weights,
}

const BY_WORDS: Fitted = Fitted {
    sampled: Weights {
        sentence: [0.0, 5.548, 20.393, 10.422, 3.666, 2.881, 9.528, 2.903, 0.0, 6.043, 0.0, 0.0, 0.0],
        few: [0.0, 5.548, 20.393, 10.422, 3.666, 2.881, 9.528, 2.903, 0.0, 6.043, 0.0, 0.0, 0.0],
    },
    plain: Weights {
        sentence: [0.0, 6.414, 0.0, 0.0, 0.0, 4.393, 5.142, 9.674, 3.098, 5.655, 0.0, 0.0, 0.0],
        few: [0.0, 6.414, 0.0, 0.0, 0.0, 4.393, 5.142, 9.674, 3.098, 5.655, 0.0, 0.0, 0.0],
    },
};
const WITH_MEANING: Fitted = Fitted {
    sampled: Weights {
        sentence: [0.0, 4.081, 5.018, 6.333, 1.275, 0.652, 8.529, 3.168, 0.0, 4.222, 6.698, 6.433, 0.0],
        few: [0.0, 4.081, 5.018, 6.333, 1.275, 0.652, 8.529, 3.168, 0.0, 4.222, 6.698, 6.433, 0.0],
    },
    plain: Weights {
        sentence: [0.0, 2.676, 0.0, 0.0, 0.0, 2.424, 2.053, 7.812, 2.359, 5.453, 1.649, 1.081, 3.546],
        few: [0.0, 2.676, 0.0, 0.0, 0.0, 2.424, 2.053, 7.812, 2.359, 5.453, 1.649, 1.081, 3.546],
    },
};

impl Weights {
    /// The shipped weights for an index whose articles have sample questions to this share.
    pub fn shipped(sampled_share: f64, meaning: bool) -> Self {
        let fitted = if meaning { WITH_MEANING } else { BY_WORDS };
        Self::between(&fitted.sampled, &fitted.plain, sampled_share)
    }

    /// Between those for articles with sample questions and those for articles without.
    pub fn between(sampled: &Self, plain: &Self, sampled_share: f64) -> Self {
        Self {
            sentence: mixed(&plain.sentence, &sampled.sentence, sampled_share),
            few: mixed(&plain.few, &sampled.few, sampled_share),
        }
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
