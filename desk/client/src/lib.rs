//! The chat protocol's client as a pure state machine: outbox before send, acknowledgement, resume, backoff with full
//! jitter, heartbeat, duplicates and gaps. Time and randomness are handed in; what must be done comes out as a list of
//! [`Output`]s, to be carried out in order. Chat, console and the test rigs are thin shells around it.
//!
//! ```text
//! shell: storage, sockets, timers, screen          machine: Client
//!   Input::Write / Opened / Heard / Lost / Woken  ->  handle(now, random, input)  ->  Vec<Output>
//! ```
//!
//! What holds, whatever is cut, delayed, doubled or restarted (see `tests/`):
//! every written message is stored once and in the order in which it was written, and every event is delivered to the
//! screen once and in the order of its number.
//!
//! How it comes about:
//!
//! - A draft is kept before it is sent, and forgotten only when the desk has answered it. Each welcome sends all kept
//!   drafts again, oldest first; the desk knows a draft by its id and stores it once. So on no connection does a draft
//!   overtake an older one, and what an old connection still carries is a beginning of the same row.
//! - An event is delivered if its number follows the last one. A lower number was seen; a higher one shows a gap, and the
//!   client connects anew and resumes after the last.
//! - Silence is answered by a ping, silence after it by a new connection; so is a desk that answers pings but not drafts.
//! - No sequence of failures makes it connect faster than its backoff, which only a connection that lived resets.

mod backoff;
mod client;
mod config;
mod input;
mod outbox;
mod output;
mod sequence;
mod status;
mod transport;
mod vigil;

pub use client::Client;
pub use config::Config;
pub use input::Input;
pub use outbox::Draft;
pub use output::Output;
pub use status::{Ended, Status};
pub use transport::Transport;
