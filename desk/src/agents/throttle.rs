//! How often somebody may try: so many times within a minute, any minute. In memory and bounded; a restart forgets.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// The span in which tries are counted.
const SPAN: Duration = Duration::from_secs(60);
/// Most keys that are remembered. When more than these try within a minute, all are forgotten: a flood must not lock
/// everybody out, and whoever floods has gained one more minute's tries for each [`KEYS_MAX`] of them.
const KEYS_MAX: usize = 50_000;

/// Counts tries by key.
pub(crate) struct Throttle<K> {
    limit: usize,
    tries: Mutex<HashMap<K, VecDeque<Instant>>>,
}

impl<K: Eq + Hash> Throttle<K> {
    /// At most `limit` tries a minute and key.
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, tries: Mutex::default() }
    }

    /// Notes a try.
    ///
    /// # Errors
    /// How long to wait, where there were too many; such a try is not counted.
    pub(crate) fn note(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut tries = self.lock();
        if tries.len() >= KEYS_MAX && !tries.contains_key(&key) {
            tries.retain(|_, times| times.back().is_some_and(|last| now.duration_since(*last) < SPAN));
            if tries.len() >= KEYS_MAX {
                tries.clear();
            }
        }
        let times = tries.entry(key).or_default();
        while times.front().is_some_and(|first| now.duration_since(*first) >= SPAN) {
            times.pop_front();
        }
        match times.front() {
            Some(first) if times.len() >= self.limit => Err(SPAN.saturating_sub(now.duration_since(*first))),
            _ => {
                times.push_back(now);
                Ok(())
            }
        }
    }

    /// Takes back the last try of a key: it was no guess.
    pub(crate) fn forgive(&self, key: &K) {
        if let Some(times) = self.lock().get_mut(key) {
            times.pop_back();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, VecDeque<Instant>>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_a_minute() {
        let throttle = Throttle::new(3);
        let start = Instant::now();
        let check = |key, second, expected: Result<(), u64>| {
            let noted = throttle.note(key, start + Duration::from_secs(second));
            assert_eq!(noted.map_err(|wait| wait.as_secs()), expected, "{key} at {second}");
        };
        check("a", 0, Ok(()));
        check("a", 10, Ok(()));
        check("a", 20, Ok(()));
        check("a", 20, Err(40));
        check("a", 59, Err(1));
        check("b", 59, Ok(()));
        check("a", 60, Ok(()));
        check("a", 61, Err(9));
        check("a", 70, Ok(()));
        throttle.forgive(&"a");
        check("a", 71, Ok(()));
        check("a", 71, Err(9));
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::new(1);
        let now = Instant::now();
        for key in 0..3 * KEYS_MAX {
            throttle.note(key, now).unwrap();
        }
        assert!(throttle.lock().len() <= KEYS_MAX);
        throttle.note(0, now + SPAN).unwrap();
        for key in 0..KEYS_MAX {
            let _ = throttle.note(key, now + 2 * SPAN);
        }
        assert!(throttle.lock().len() <= KEYS_MAX);
    }
}
