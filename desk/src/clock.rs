//! The desk's clock: for display and for the end of sessions. Nothing is ordered by it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970; 0 where the machine's clock stands before that.
pub(crate) fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
