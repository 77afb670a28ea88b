use super::{
    rank::Candidate,
    signals::{SIGNALS, Signal},
    terms::Terms,
};

/// Number of features.
pub const FEATURES: usize = 27;

/// Scale-free figures about the first candidate, from which the confidence is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features(pub [f64; FEATURES]);

/// With more than this before all others, a first candidate is as good as alone.
const ALONE: f64 = 7.0;

/// Candidates looked at. The fit sees as many: in a large index the sum over all others would say something else.
const LOOKED_AT: usize = 60;

impl Features {
    /// Names, in order.
    pub const NAMES: [&'static str; FEATURES] = [
        "ahead",
        "coverage",
        "short_texts",
        "long_texts",
        "unknown_share",
        "log_length",
        "agreement",
        "coverage_squared",
        "ahead_and_covered",
        "meant",
        "meant_center",
        "meant_and_covered",
        "mean",
        "joined",
        "score",
        "covered_by_length",
        "ahead_by_length",
        "short_texts_by_length",
        "long_texts_by_length",
        "coverage_margin",
        "whole_margin",
        "body_margin",
        "short_texts_and_covered",
        "short_and_long_texts",
        "short_texts_squared",
        "long_texts_squared",
        "unknown_and_covered",
    ];

    /// Features of the first of these candidates; zeros without any.
    pub fn of(terms: &Terms, candidates: &[Candidate]) -> Self {
        let candidates = &candidates[..candidates.len().min(LOOKED_AT)];
        let Some(first) = candidates.first() else { return Self([0.0; FEATURES]) };
        let get = |signal| first.signals.get(signal);
        let others: f64 = candidates[1..].iter().map(|candidate| libm::exp(candidate.score - first.score)).sum();
        // Log odds that the first is the right one, if any is.
        let ahead = -libm::log(others.max(libm::exp(-ALONE)));
        let best = candidates.iter().fold([0.0_f64; SIGNALS], |mut best, candidate| {
            for (best, value) in best.iter_mut().zip(candidate.signals.0) {
                *best = best.max(value);
            }
            best
        });
        // How much the first has of a signal beyond every other.
        let margin = |signal: Signal| {
            let others = candidates[1..].iter().map(|candidate| candidate.signals.get(signal));
            get(signal) - others.fold(0.0, f64::max)
        };
        let spoken = best.iter().filter(|best| **best > 0.0).count();
        let agreeing = first.signals.0.iter().zip(best).filter(|(value, best)| *best > 0.0 && **value >= *best).count();
        let coverage = get(Signal::Coverage);
        let meant = get(Signal::MeantPhrase).max(get(Signal::MeantSection));
        let short = get(Signal::Near).max(get(Signal::Dice)).max(get(Signal::HeadingDice));
        let long = get(Signal::Body).max(get(Signal::Whole));
        let unknown = terms.unknown_share();
        #[allow(clippy::cast_precision_loss, reason = "small counts")]
        let length = libm::log(1.0 + terms.words.len() as f64);
        #[allow(clippy::cast_precision_loss, reason = "small counts")]
        let figures = [
            ahead,
            coverage,
            short,
            long,
            unknown,
            length,
            if spoken > 0 { agreeing as f64 / spoken as f64 } else { 0.0 },
            coverage * coverage,
            ahead * coverage,
            meant,
            get(Signal::MeantCenter),
            meant * coverage,
            get(Signal::Mean),
            get(Signal::Joined),
            first.score / 10.0,
            coverage * length,
            ahead * length,
            short * length,
            long * length,
            margin(Signal::Coverage),
            margin(Signal::Whole),
            margin(Signal::Body),
            short * coverage,
            short * long,
            short * short,
            long * long,
            unknown * coverage,
        ];
        Self(figures)
    }
}
