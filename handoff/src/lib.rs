//! The words that widget, chat and desk exchange: transcript, brief, chat events; redaction.
//!
//! Everything is plain data with serde, versioned, and free of files, clock, network and randomness. The bubble's own
//! record of a visit comes as postcard ([`visit`]); all else is JSON: what is sent to the desk ([`api`]) and what the two
//! sides of a live conversation say to each other ([`chat`]).

pub mod api;
pub mod brief;
mod cause;
pub mod chat;
pub mod limits;
pub mod redaction;
pub mod transcript;
pub mod visit;

pub use brief::Brief;
pub use cause::Cause;
pub use transcript::Transcript;
