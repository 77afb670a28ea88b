//! Long runs against the real desk: killed again and again, traced to the disk, loaded. `cargo xtask rig NAME` builds the
//! programs and calls this one.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks through its standard streams"
)]

mod http;
mod kill;
mod link;
mod load;
mod oracle;
mod person;
mod random;
mod socket;
mod story;
mod trace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Long runs against the real desk.
#[derive(Parser)]
#[command(name = "rig")]
struct Options {
    /// The desk's program
    #[arg(long, value_name = "FILE")]
    desk: PathBuf,
    /// The desk with a planted fault, which the variable FAULT names
    #[arg(long, value_name = "FILE")]
    faulty: PathBuf,
    #[command(subcommand)]
    rig: Rig,
}

#[derive(Subcommand)]
enum Rig {
    /// Kills the desk at random moments during chats; nothing may be lost, doubled, reordered or missing
    Kill(kill::Options),
    /// Runs the same against desks with planted faults: each must be caught
    Planted(kill::PlantedOptions),
    /// Traces the desk's system calls (needs strace): the log's sync returns before each acknowledgement
    Trace(trace::Options),
    /// Measures messages acknowledged durably beside the disk's own synced writes
    Load(load::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let (desk, faulty) = (&options.desk, &options.faulty);
    let rig = async {
        match &options.rig {
            Rig::Kill(rig) => kill::run(desk, rig).await,
            Rig::Planted(rig) => kill::planted(desk, faulty, rig).await,
            Rig::Trace(rig) => trace::run(desk, faulty, rig).await,
            Rig::Load(rig) => load::run(desk, rig).await,
        }
    };
    let outcome = tokio::task::LocalSet::new().run_until(rig).await;
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
