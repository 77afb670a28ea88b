//! `cargo xtask bench NAME`: figures for `docs/`, ready to paste.

mod baselines;
mod quality;

use clap::ValueEnum;

use crate::Outcome;
use crate::workspace::Workspace;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The benchmark
    #[arg(value_enum)]
    name: Bench,
    /// Only sets whose name begins with one of these
    #[arg(long, value_name = "SET", value_delimiter = ',')]
    only: Vec<String>,
}

/// A benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// Answers to the development sets, beside what others reach
    Quality,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    match options.name {
        Bench::Quality => quality::run(&workspace, &options.only),
    }
}
