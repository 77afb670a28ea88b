//! Agents: their passwords, their sessions, the tickets for their sockets, and how often somebody may try.

mod enrol;
pub(crate) mod password;
pub(crate) mod session;
pub(crate) mod throttle;
pub(crate) mod ticket;

pub use enrol::{EnrolError, add_agent, new_password};
