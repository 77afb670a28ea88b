//! Where people talk: the hand-off server and its store.
//!
//! A visitor's hand-off arrives over HTTP, a conversation goes on over a WebSocket or a long poll; both end in the same
//! [`store::Store`], which answers only after a synced commit. What is committed is told to everyone who listens.

pub mod agents;
mod assets;
mod client_address;
mod clock;
pub mod config;
mod connections;
mod conversation;
mod extract;
mod guard;
mod headers;
mod intake;
mod live;
pub mod origin;
mod problem;
mod random;
mod receipt;
mod routes;
pub mod server;
pub mod shutdown;
mod state;
pub mod store;
#[cfg(test)]
mod store_for_tests;
mod token;
mod wait;

pub use random::NoRandomness;
pub use token::KeyError;
