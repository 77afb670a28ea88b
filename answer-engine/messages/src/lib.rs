//! Question, reply, hit and article tree: what crosses a thread or a file between the search engine and those who
//! ask it.
//!
//! Everything here is plain data with serde. Files and worker messages carry it as [postcard](https://postcard.jamesmunns.com),
//! the command line as JSON. No type uses an attribute that postcard cannot carry (`flatten`, `untagged`,
//! `skip_serializing_if`).

mod article;
mod library;
pub mod plain;
mod question;
mod reply;
pub mod wire;

pub use article::{Alert, Align, Article, Event, Image, Node, Target};
pub use library::{Library, Listing, without_language};
pub use question::Question;
pub use reply::{Decision, Hit, Reason, Reply, Snippet};
