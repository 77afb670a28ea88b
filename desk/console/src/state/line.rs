use desk_client::{Ended, Status};

/// Connections come and go; people are told only when one stays away for so long, in milliseconds.
pub(crate) const PATIENCE_MS: u64 = 3_000;

/// A connection to the desk, as people see it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Line {
    live: bool,
    /// By the browser's clock, in milliseconds; `None` while it is live or nobody wants it.
    down_since: Option<u64>,
    ended: Option<Ended>,
}

impl Line {
    /// It is wanted from now on, which is this time by the browser's clock.
    pub(crate) fn start(&mut self, local_ms: u64) {
        *self = Self { live: false, down_since: Some(local_ms), ended: None };
    }

    /// Its state has changed.
    pub(crate) fn turn(&mut self, status: Status, local_ms: u64) {
        self.live = status == Status::Live;
        self.ended = match status {
            Status::Ended(ended) => Some(ended),
            _ => None,
        };
        self.down_since = if self.live { None } else { Some(self.down_since.unwrap_or(local_ms)) };
    }

    /// Whether what happens at the desk is seen at once.
    pub(crate) fn is_live(&self) -> bool {
        self.live
    }

    /// Whether it has been away for so long that people are told.
    pub(crate) fn is_missed(&self, local_ms: u64) -> bool {
        self.down_since.is_some_and(|since| local_ms.saturating_sub(since) >= PATIENCE_MS)
    }

    /// Why it is over, where it is.
    pub(crate) fn ended(&self) -> Option<Ended> {
        self.ended
    }
}

#[cfg(test)]
mod tests {
    use desk_client::Status;

    use super::Line;

    #[test]
    fn short_cuts_are_not_told() {
        let mut line = Line::default();
        assert!(!line.is_missed(1_000_000), "nobody wants it");
        line.start(1_000);
        assert!(!line.is_missed(3_999));
        assert!(line.is_missed(4_000));
        line.turn(Status::Live, 5_000);
        assert!(!line.is_missed(1_000_000));
        line.turn(Status::Connecting, 10_000);
        line.turn(Status::Waiting { until: 11_000 }, 12_000);
        assert!(!line.is_missed(12_999), "counted from the first loss");
        assert!(line.is_missed(13_000));
    }
}
