//! Exponential backoff with full jitter: a random delay between nothing and a bound that doubles.

use crate::Config;

/// Milliseconds to wait after so many failures in a row before this one, by "full jitter" of
/// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>:
/// `sleep = random_between(0, min(cap, base * 2 ** attempt))`. Of the forms compared there it asks least of a server to
/// which many come back at once. `random` is uniform over all numbers.
pub(crate) fn delay_ms(config: &Config, attempt: u32, random: u64) -> u64 {
    let doubled = 1_u64.checked_shl(attempt).map_or(u64::MAX, |factor| config.backoff_ms.saturating_mul(factor));
    let bound = u128::from(doubled.min(config.backoff_max_ms));
    // The upper half of the product spreads evenly over 0..=bound and, unlike a remainder, favours no small number.
    u64::try_from((u128::from(random) * (bound + 1)) >> 64).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bounds_double_up_to_the_largest() {
        let check = |attempt, longest| {
            let config = Config::default();
            assert_eq!(delay_ms(&config, attempt, 0), 0, "attempt {attempt}");
            assert_eq!(delay_ms(&config, attempt, u64::MAX / 2), longest / 2, "attempt {attempt}");
            assert_eq!(delay_ms(&config, attempt, u64::MAX), longest, "attempt {attempt}");
        };
        check(0, 500);
        check(1, 1_000);
        check(2, 2_000);
        check(5, 16_000);
        check(6, 30_000);
        check(63, 30_000);
        check(64, 30_000);
        check(u32::MAX, 30_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn delays_stay_within_bounds(base: u64, most: u64, attempt: u32, random: u64) {
            let config = Config { backoff_ms: base, backoff_max_ms: most, ..Config::default() };
            let bound = (u128::from(base) << attempt.min(64)).min(u128::from(most));
            prop_assert!(u128::from(delay_ms(&config, attempt, random)) <= bound);
        }
    }
}
