/// How long the client waits before it believes that a worker is dead. All in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// From the start of the worker to its first word. Its script is a few kilobytes.
    pub hello: u32,
    /// Of silence while an answer is due, until a ping is sent.
    pub silence: u32,
    /// From a ping to any word of the worker.
    pub ping: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { hello: 8_000, silence: 1_500, ping: 2_500 }
    }
}
