//! How long it may take until an agent replies.
//!
//! The samples are how long the last conversations waited for an agent's first word, wherever they stood when they
//! came. With `Q1` and `Q3` their quartiles (nearest rank) and `p` the place in the queue, the estimate is from `Q1` to
//! `p · Q3`: nobody is told a quicker answer than a quarter of the others had, and the farther back somebody stands, the
//! wider the range, as if each one before him took as long as a slow answer does. Minutes are rounded away from each
//! other. Fewer than five samples, or a range that ends after a day, tell nothing.

use handoff::api::Wait;

/// How many of the last conversations are looked at.
pub(crate) const SAMPLES: u32 = 50;
/// From fewer nothing is told.
const SAMPLES_MIN: usize = 5;
/// Milliseconds in a minute.
const MINUTE: u64 = 60_000;
/// Minutes after which a range tells nothing.
const FAR: u64 = 24 * 60;

/// The estimate for a place in the queue from waits in milliseconds, in any order. Nobody waits in no place.
pub(crate) fn estimate(waits_ms: &[u64], position: Option<u32>) -> Wait {
    let Some(position) = position else { return Wait::Unknown };
    if waits_ms.len() < SAMPLES_MIN {
        return Wait::Unknown;
    }
    let mut sorted = waits_ms.to_vec();
    sorted.sort_unstable();
    let from = quartile(&sorted, 1) / MINUTE;
    let to = quartile(&sorted, 3).saturating_mul(u64::from(position.max(1))).div_ceil(MINUTE).max(from + 1);
    match (u32::try_from(from), u32::try_from(to)) {
        (Ok(from), Ok(to)) if u64::from(to) <= FAR => Wait::Minutes { from, to },
        _ => Wait::Unknown,
    }
}

/// Nearest rank: the smallest sample that `quarters` quarters of the samples do not exceed.
fn quartile(sorted: &[u64], quarters: usize) -> u64 {
    let rank = (sorted.len() * quarters).div_ceil(4);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn estimates() {
        let check = |minutes: &[f64], position, expected| {
            let waits: Vec<_> = minutes.iter().map(|minutes| (minutes * 60_000.0) as u64).collect();
            assert_eq!(estimate(&waits, position), expected, "{minutes:?} at {position:?}");
        };
        let range = |from, to| Wait::Minutes { from, to };
        check(&[], Some(1), Wait::Unknown);
        check(&[1.0; 4], Some(1), Wait::Unknown);
        check(&[1.0; 5], Some(1), range(1, 2));
        check(&[1.0; 5], None, Wait::Unknown);
        check(&[0.1, 0.2, 0.3, 0.4, 0.5], Some(1), range(0, 1));
        check(&[9.0, 1.0, 3.0, 7.0, 5.0], Some(1), range(3, 7));
        check(&[9.0, 1.0, 3.0, 7.0, 5.0], Some(4), range(3, 28));
        check(&[1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5], Some(2), range(2, 13));
        check(&[2000.0; 9], Some(1), Wait::Unknown);
        check(&[100.0; 9], Some(20), Wait::Unknown);
        check(&[1e300; 9], Some(u32::MAX), Wait::Unknown);
    }

    proptest! {
        #[test]
        fn ranges_are_ranges(waits: Vec<u64>, position: Option<u32>) {
            if let Wait::Minutes { from, to } = estimate(&waits, position) {
                prop_assert!(from < to && u64::from(to) <= FAR);
            }
        }

        #[test]
        fn farther_back_is_not_sooner(waits in proptest::collection::vec(0..3_600_000u64, 5..60), place in 1..20u32) {
            let at = |position| match estimate(&waits, Some(position)) {
                Wait::Minutes { from, to } => (from, to),
                Wait::Unknown => (u32::MAX, u32::MAX),
            };
            prop_assert!(at(place) <= at(place + 1));
        }
    }
}
