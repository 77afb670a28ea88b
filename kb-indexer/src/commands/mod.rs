//! What each subcommand does.

pub mod ask;
pub mod build;
pub mod check;
pub mod eval;

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well; there may have been warnings.
    Fine,
    /// There are errors in the articles, or a quality floor was missed.
    Faulty,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Faulty => Self::from(1),
        }
    }
}
