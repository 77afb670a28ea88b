//! The desk over real connections: each test has a desk of its own, with a database in a folder of its own.

mod faults;
mod http;
mod malformed;
mod origins;
mod pages;
mod place;
mod polling;
mod program;
mod resuming;
mod rights;
mod sign_in;
mod sockets;
mod story;
