//! Where people talk: the hand-off server and its store.
//!
//! A visitor's hand-off arrives over HTTP, a conversation goes on over a WebSocket or a long poll; both end in the same
//! [`store::Store`], which answers only after a synced commit. What is committed is told to everyone who listens.

pub mod store;
