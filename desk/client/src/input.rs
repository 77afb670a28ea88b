use handoff::chat::ServerFrame;

use crate::Draft;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Start, or start again after [`Status::Ended`](crate::Status::Ended) was put right (a new ticket, a new token).
    Start,
    /// The person wrote a message.
    Write(Draft),
    /// The connection of the last [`Output::Connect`](crate::Output::Connect) is open. The shell then sends the hello
    /// that it was given.
    Opened,
    /// A frame arrived on it. Frames of older connections are for the shell to drop.
    Heard(ServerFrame),
    /// It was closed or could not be opened. Also from connections given up already: those are told by their number.
    Lost {
        /// Number of the connection, from [`Output::Connect`](crate::Output::Connect).
        connection: u64,
    },
    /// [`Client::wake_at`](crate::Client::wake_at) has come.
    Woken,
    /// The network is back, or the page is shown again: do not wait any longer.
    Hurry,
    /// No more: close and stay so.
    Stop,
}
