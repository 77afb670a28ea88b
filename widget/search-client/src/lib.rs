//! Starts, guards and asks the search worker; falls back to the page's own thread.
//!
//! A worker can be blocked by a policy, fail to load, crash or hang, and a browser reports only some of that. So the
//! client trusts nothing: a worker must say hello in time; while an answer is due it must answer pings; what is found
//! dead is ended and started once more; after that the same module is imported by the page and answers there. The
//! next call after a failure starts from the beginning, so that a network that comes back is used.
//!
//! gloo-worker is not used: it hands `Worker` a plain string, which Trusted Types refuse, and it has no error path.

mod backend;
mod client;
pub mod form;
mod inline;
mod later;
mod patience;
mod worker;

pub use client::{Config, SearchClient, SearchError, crossed};
pub use patience::Patience;
pub use worker::end_early;
