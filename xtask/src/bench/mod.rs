//! `cargo xtask bench NAME`: figures for `docs/`, ready to paste.

mod baselines;
mod latency;
mod peers;
mod quality;

use std::process::Command;

use anyhow::{Context, ensure};
use clap::ValueEnum;

use crate::Outcome;
use crate::cargo;
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
    /// What `peers` takes besides
    #[command(flatten)]
    peers: peers::More,
}

/// A benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// Answers to the development sets, beside what others reach
    Quality,
    /// How long answers take, natively and in Chromium
    Latency,
    /// Bytes, times, memory and right answers beside other search engines of browsers
    Peers,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    match options.name {
        Bench::Quality => quality::run(&workspace, &options.only),
        Bench::Latency => latency::run(&workspace),
        Bench::Peers => peers::run(&workspace, &options.peers),
    }
}

/// What a program says; its complaints where it fails.
fn output(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("cannot start `{}`", cargo::shown(command)))?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{}` failed: {}\n{complaints}", cargo::shown(command), output.status);
    Ok(output.stdout)
}
