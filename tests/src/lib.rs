//! What the tests of the whole system share: programs, a demo site, a real Chromium and ways to find things in it.
//!
//! Every part of the product is reached as a program or over the network, never as a library; only the messages that
//! cross a thread or a file are shared types.

pub mod axe;
pub mod browser;
pub mod bubble;
pub mod desk;
pub mod handoff;
pub mod ime;
pub mod kb;
pub mod keys;
pub mod programs;
pub mod site;
pub mod two_set;
pub mod visit;
pub mod wait;
pub mod words;
pub mod worker;
