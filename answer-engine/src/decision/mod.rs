//! From figures to a decision: how sure, and what to do.

mod confidence;
mod intent;
mod intents;

pub use confidence::{ANSWERABLE_SHARE, Coefficients, confidences, logit};
pub use intent::{Intent, intent};

use answer_messages::{Decision, Reason, read_fields};

use crate::bundle::Settings;
use serde::{Deserialize, Serialize};

/// Decides what to do with a question, given the confidences of its hits by falling confidence.
pub fn decide(intent: Option<Intent>, confidences: &[f64], thresholds: Thresholds) -> (Decision, Reason) {
    match intent {
        Some(Intent::Urgent) => return (Decision::HandOff, Reason::Urgent),
        Some(Intent::Person) => return (Decision::HandOff, Reason::AskedForPerson),
        None => {}
    }
    let Some(&first) = confidences.first() else {
        return (Decision::HandOff, Reason::NoMatch);
    };
    if first >= thresholds.answer {
        return (Decision::Answer, Reason::Confident);
    }
    if first >= thresholds.choose {
        let second = confidences.get(1).copied().unwrap_or(0.0);
        let reason = if second >= first * CLOSE { Reason::Tie } else { Reason::LowConfidence };
        return (Decision::Choose, reason);
    }
    (Decision::HandOff, Reason::LowConfidence)
}

/// A second hit this near to the first is a tie.
const CLOSE: f64 = 0.5;

/// Least confidences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// To answer.
    pub answer: f64,
    /// To offer a choice.
    pub choose: f64,
}

impl Thresholds {
    /// From an index's numbers.
    pub fn of(calibration: &Calibration) -> Self {
        Self { answer: calibration.answer, choose: calibration.answer * 0.25 }
    }
}

/// The numbers that an index decides by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Features to confidence.
    pub coefficients: Coefficients,
    /// Least confidence to answer.
    pub answer: f64,
}

read_fields!(Calibration { coefficients, answer });

impl Calibration {
    /// The least confidence to answer where no self-test says how confidences spread. Were they spread evenly above the
    /// threshold, half of what is missing to certainty at the threshold would be wrong: `1 - 2 x share`; they crowd
    /// towards certainty, so that more may be answered.
    pub fn expected(settings: &Settings) -> f64 {
        (1.0 - 3.5 * settings.accepted_wrong_answers).clamp(0.3, 0.98)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions() {
        let check = |intent, confidences: &[f64], decision, reason| {
            assert_eq!(
                decide(intent, confidences, Thresholds { answer: 0.6, choose: 0.21 }),
                (decision, reason),
                "{confidences:?}"
            );
        };
        check(None, &[0.9, 0.05], Decision::Answer, Reason::Confident);
        check(None, &[0.45, 0.4], Decision::Choose, Reason::Tie);
        check(None, &[0.45, 0.1], Decision::Choose, Reason::LowConfidence);
        check(None, &[0.05], Decision::HandOff, Reason::LowConfidence);
        check(None, &[], Decision::HandOff, Reason::NoMatch);
        check(Some(Intent::Person), &[0.9], Decision::HandOff, Reason::AskedForPerson);
        check(Some(Intent::Urgent), &[], Decision::HandOff, Reason::Urgent);
    }
}
