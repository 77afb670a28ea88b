//! Carries out in a browser what the chat client's machine says: sockets, long polls, timers, the outbox.
//!
//! The shell around [`desk_client::Client`] that chat and console share. It opens a WebSocket, falls back to long polls
//! where sockets are blocked, wakes the machine in time and on `online`, `visibilitychange`, `pageshow` and `focus`, and
//! keeps drafts in the store *before* they are sent.

#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod clock;
mod connection;
mod fate;
mod fetch;
mod frames;
mod local_outbox;
mod outbox;
mod polling;
mod random;
mod socket;

pub use connection::{Connection, Identity};
pub use fetch::{Failure, call};
pub use local_outbox::LocalOutbox;
pub use outbox::{MemoryOutbox, Outbox};
pub use random::random_id;
