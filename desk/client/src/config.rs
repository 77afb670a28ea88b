/// Times, all in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Silence after which the client pings. Default 25,000.
    pub heartbeat_ms: u64,
    /// Silence after a ping, or after connecting, after which the connection counts as dead. Default 10,000.
    pub patience_ms: u64,
    /// First bound of the delay before connecting again. Default 500.
    pub backoff_ms: u64,
    /// Largest bound of it. Default 30,000.
    pub backoff_max_ms: u64,
    /// Sockets that fail in a row before their first welcome, after which polling is tried. Default 2.
    pub sockets_before_polling: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            heartbeat_ms: 25_000,
            patience_ms: 10_000,
            backoff_ms: 500,
            backoff_max_ms: 30_000,
            sockets_before_polling: 2,
        }
    }
}

impl Config {
    /// Patience while somebody waits for it, in milliseconds: after [`Input::Hurry`](crate::Input::Hurry).
    pub(crate) fn short_patience_ms(&self) -> u64 {
        self.patience_ms / 4
    }

    /// How long the desk may owe something without giving anything of it, in milliseconds: as long as silence may last.
    pub(crate) fn credit_ms(&self) -> u64 {
        self.heartbeat_ms.saturating_add(self.patience_ms)
    }
}
