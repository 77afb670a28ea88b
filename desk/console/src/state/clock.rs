//! Waits are told by the desk's clock: the browser's may be wrong by hours.

/// Since then a visitor waits longer than is good. Until the desk knows promises, this holds for all, in milliseconds.
pub(crate) const PROMISE_MS: u64 = 5 * MINUTE_MS;

const MINUTE_MS: u64 = 60_000;
const HOUR_MIN: u64 = 60;
const DAY_MIN: u64 = 24 * HOUR_MIN;

/// The desk's clock, carried on by the browser's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clock {
    local_ms: u64,
    ahead_ms: i64,
}

impl Clock {
    /// The browser's clock shows this.
    pub(crate) fn tick(&mut self, local_ms: u64) {
        self.local_ms = local_ms;
    }

    /// The desk's clock shows this, in milliseconds since 1970.
    pub(crate) fn set(&mut self, desk_ms: u64) {
        self.ahead_ms = desk_ms.saturating_sub(self.local_ms).min(i64::MAX as u64) as i64
            - self.local_ms.saturating_sub(desk_ms).min(i64::MAX as u64) as i64;
    }

    /// What the browser's clock showed last.
    pub(crate) fn local(&self) -> u64 {
        self.local_ms
    }

    /// How long it is since a moment of the desk's clock, in milliseconds.
    pub(crate) fn since(&self, desk_ms: u64) -> u64 {
        self.local_ms.saturating_add_signed(self.ahead_ms).saturating_sub(desk_ms)
    }
}

/// A time span as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// Less than a minute.
    Moment,
    /// Whole minutes below an hour.
    Minutes(u32),
    /// Whole hours below a day, and minutes.
    Hours(u32, u32),
    /// Whole days.
    Days(u32),
}

impl Span {
    /// The span of so many milliseconds, rounded down.
    pub(crate) fn of(ms: u64) -> Self {
        let whole = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        match ms / MINUTE_MS {
            0 => Self::Moment,
            minutes if minutes < HOUR_MIN => Self::Minutes(whole(minutes)),
            minutes if minutes < DAY_MIN => Self::Hours(whole(minutes / HOUR_MIN), whole(minutes % HOUR_MIN)),
            minutes => Self::Days(whole(minutes / DAY_MIN)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, Span};

    #[test]
    fn spans() {
        let check = |ms, expected| assert_eq!(Span::of(ms), expected, "{ms} ms");
        check(0, Span::Moment);
        check(59_999, Span::Moment);
        check(60_000, Span::Minutes(1));
        check(3_599_999, Span::Minutes(59));
        check(3_600_000, Span::Hours(1, 0));
        check(86_399_999, Span::Hours(23, 59));
        check(86_400_000, Span::Days(1));
        check(u64::MAX, Span::Days(u32::MAX));
    }

    #[test]
    fn a_wrong_browser_clock_does_no_harm() {
        for local in [0, 500, 2_000_000, u64::MAX / 2] {
            let mut clock = Clock::default();
            clock.tick(local);
            clock.set(1_000_000);
            assert_eq!(clock.since(900_000), 100_000, "{local}");
            clock.tick(local + 60_000);
            assert_eq!(clock.since(900_000), 160_000, "{local}");
            assert_eq!(clock.since(5_000_000), 0, "{local}: the future has not waited");
        }
    }
}
