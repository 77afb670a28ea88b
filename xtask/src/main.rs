//! One place for chores: `cargo xtask demo`, `cargo xtask test`, `cargo xtask web`, `cargo xtask rig`,
//! `cargo xtask tune`, `cargo xtask bench`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks through its standard streams"
)]

mod assets;
mod bench;
mod browser_files;
mod budgets;
mod cargo;
mod checks;
mod chromium;
mod demo;
mod faces;
mod failure;
mod pages;
mod programs;
mod question_sets;
mod rig;
mod shorten;
mod snip;
mod steps;
mod strip;
mod table;
mod tally;
mod tools;
mod tune;
mod wasm;
mod wasm_runner;
mod web;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

/// Chores of the Porchlight repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build everything, index `articles/` and serve the demo site until Ctrl-C
    Demo(demo::Options),
    /// Run every check that continuous integration runs
    Test(checks::Options),
    /// Build the widget's static files
    Web(web::Options),
    /// Run a long test against the real desk: kill, trace, load
    Rig(rig::Options),
    /// Fit the constants that ship with the engine, or tell what each of its parts is worth
    Tune(tune::Options),
    /// Measure for docs/: quality, latency, peers
    Bench(bench::Options),
    /// Run one WebAssembly test file in a headless browser (cargo calls this)
    #[command(hide = true)]
    WasmRunner {
        /// The file, then the arguments of its test harness
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().chore {
        Chore::Demo(options) => demo::run(&options),
        Chore::Test(options) => checks::run(&options),
        Chore::Web(options) => web::run(&options),
        Chore::Rig(options) => rig::run(&options),
        Chore::Tune(options) => tune::run(&options),
        Chore::Bench(options) => bench::run(&options),
        Chore::WasmRunner { arguments } => wasm_runner::run(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {:#}", failure.error());
            failure.exit_code()
        }
    }
}

/// What a chore comes to.
type Outcome<T = ()> = Result<T, Failure>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
