use crate::scoring::{Candidate, FEATURES, Features};

/// A logistic regression over [`Features`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficients {
    /// Intercept, at the share of answerable questions of the fit.
    pub intercept: f64,
    /// One weight a feature.
    pub weights: [f64; FEATURES],
    /// Share of answerable questions that the fit saw.
    pub answerable_share: f64,
}

impl Default for Coefficients {
    /// The coefficients shipped; how they were fitted is in `docs/quality.md`.
    fn default() -> Self {
        Self {
            intercept: -5.6158,
            weights: [
                -2.6842, 2.0481, 0.287, -1.5856, 4.0765, -0.3458, 1.9617, 0.7344, -1.5555, 5.1027, 0.6039, -1.6823,
                1.9665, 0.8761,
            ],
            answerable_share: 0.75,
        }
    }
}

impl Coefficients {
    /// Probability that the first hit answers, where `unanswerable_share` of the questions have no article.
    pub fn probability(&self, features: &Features, unanswerable_share: f64) -> f64 {
        let shift = logit(1.0 - unanswerable_share) - logit(self.answerable_share);
        let sum: f64 = self.weights.iter().zip(features.0).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + libm::exp(-(self.intercept + shift + sum)))
    }
}

fn logit(share: f64) -> f64 {
    let share = share.clamp(0.001, 0.999);
    libm::log(share / (1.0 - share))
}

/// How steeply a hit's probability falls with its distance in score from the first.
const STEEPNESS: f64 = 12.0;

/// Confidence of each candidate, given that of the first: each later one gets a share by its score, and all together
/// are no more than 1.
pub fn confidences(first: f64, candidates: &[Candidate]) -> Vec<f64> {
    let Some(best) = candidates.first() else {
        return Vec::new();
    };
    let mut shares: Vec<f64> =
        candidates.iter().map(|candidate| first * libm::exp(STEEPNESS * (candidate.score - best.score))).collect();
    let others: f64 = shares[1..].iter().sum();
    let room = 1.0 - first;
    if others > room {
        for share in &mut shares[1..] {
            *share *= room / others;
        }
    }
    shares
}
