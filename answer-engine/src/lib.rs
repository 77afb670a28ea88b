//! A question in, an answer with a calibrated confidence out. Native and WASM, no I/O.
//!
//! [`Engine::open`] takes the bytes of one language's head file (see [`bundle`]); [`Engine::find`] takes a
//! [`Question`](answer_messages::Question) and tells which articles answer, and [`Engine::show`] makes a
//! [`Reply`](answer_messages::Reply) of that: the decision, why, how sure, and the hits in the articles' own words. Nothing here reads files, the clock, the environment or the network.
//!
//! The way of a question through the modules:
//! [`analysis`] (words, stems, grams) → [`postings`] (what the index knows of them) → [`scoring`] (articles, features)
//! → [`decision`] (confidence, what to do) → [`snippet`](mod@snippet) (the passage to show).

pub mod analysis;
pub mod bundle;
pub mod decision;
pub mod divided;
pub mod elsewhere;
mod engine;
mod findings;
pub mod language;
pub mod meaning;
mod message;
mod places;
pub mod postings;
pub mod scoring;
pub mod sections;
pub mod snippet;
mod typing;

pub use engine::{CARDS, Engine, Examination, OpenError};
pub use findings::{Findings, Found};
