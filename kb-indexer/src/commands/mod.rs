//! What each subcommand does.

pub mod ask;
pub mod build;
pub mod check;
pub mod eval;
pub mod serve;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use crate::cli::Command;

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

/// Runs a subcommand.
///
/// # Errors
/// Wrong use, or a file that cannot be read or written.
pub fn run(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Build(arguments) => build::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Ask(arguments) => ask::run(arguments),
        Command::Eval(arguments) => eval::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
    }
}

/// Writes to standard output. A reader that went away (`… | head`) is no error.
///
/// # Errors
/// Where standard output cannot be written for another reason.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes to standard error; where that is not possible there is nobody to tell.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// `1 error`, `2 errors`.
pub(crate) fn number(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
