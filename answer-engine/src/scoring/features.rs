use super::{rank::Candidate, terms::Terms};

/// Number of features.
pub const FEATURES: usize = 14;

/// Scale-free figures about the first candidate, from which the confidence is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features(pub [f64; FEATURES]);

impl Features {
    /// Names, in order.
    pub const NAMES: [&'static str; FEATURES] = [
        "near",
        "mean",
        "questions",
        "title",
        "headings",
        "body",
        "coverage",
        "phrase_coverage",
        "margin",
        "relative_margin",
        "softmax_share",
        "unknown_share",
        "agreement",
        "log_length",
    ];
}

/// Where the first candidate stands.
pub(super) struct Standing<'a> {
    pub(super) terms: &'a Terms,
    pub(super) candidates: &'a [Candidate],
    /// Which words of the question its article has.
    pub(super) words: u64,
    /// Which Korean bigrams of the question its article has.
    pub(super) grams: u64,
    /// Share of the nearest phrase that the question covers.
    pub(super) phrase_cover: f64,
}

impl Features {
    pub(super) fn of(standing: &Standing<'_>) -> Self {
        let first = &standing.candidates[0];
        let second = standing.candidates.get(1).map_or(0.0, |candidate| candidate.score);
        let parts = first.parts.as_array();
        let best = standing.candidates.iter().take(20).fold([0.0_f64; 6], |mut best, candidate| {
            for (best, value) in best.iter_mut().zip(candidate.parts.as_array()) {
                *best = best.max(value);
            }
            best
        });
        let spoken = best.iter().filter(|best| **best > 0.0).count();
        let agreeing = parts.iter().zip(best).filter(|(value, best)| *best > 0.0 && **value >= *best).count();
        let softmax: f64 = standing
            .candidates
            .iter()
            .take(10)
            .map(|candidate| libm::exp(12.0 * (candidate.score - first.score)))
            .sum();
        #[allow(clippy::cast_precision_loss, reason = "small counts")]
        let figures = [
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            parts[4],
            parts[5],
            standing.terms.coverage(standing.words, standing.grams),
            standing.phrase_cover,
            first.score - second,
            if first.score > 0.0 { 1.0 - second / first.score } else { 0.0 },
            1.0 / softmax,
            standing.terms.unknown_share(),
            if spoken > 0 { agreeing as f64 / spoken as f64 } else { 0.0 },
            libm::log(1.0 + standing.terms.words.len() as f64),
        ];
        Self(figures)
    }
}
