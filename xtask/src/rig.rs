//! `cargo xtask rig NAME`: long runs against the real desk.

use std::process::Command;

use clap::ValueEnum;

use crate::Outcome;
use crate::workspace::Workspace;
use crate::{cargo, programs, tools};

/// Which rig, and how long.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The rig
    #[arg(value_enum)]
    name: Rig,
    /// The long run: 3,000 kills instead of 300, 60 seconds of load instead of 10
    #[arg(long)]
    full: bool,
}

/// A rig.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rig {
    /// Kills the desk during chats, then shows that desks with planted faults are caught
    Kill,
    /// Traces that the log is synced before each acknowledgement
    Trace,
    /// Measures messages acknowledged durably
    Load,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    programs::build_for_rigs(&workspace)?;
    run_rig(&workspace, options.name, options.full)
}

/// Runs a rig whose programs are built.
pub(crate) fn run_rig(workspace: &Workspace, rig: Rig, full: bool) -> Outcome {
    let calls: &[&[&str]] = match (rig, full) {
        (Rig::Kill, false) => &[&["kill"], &["planted"]],
        (Rig::Kill, true) => &[&["kill", "--kills", "3000"], &["planted"]],
        (Rig::Trace, _) => &[&["trace"]],
        (Rig::Load, false) => &[&["load"]],
        (Rig::Load, true) => &[&["load", "--seconds", "60"]],
    };
    if rig == Rig::Trace {
        tools::tracer()?;
    }
    for arguments in calls {
        let mut command = Command::new(workspace.program("rig"));
        command.arg("--desk").arg(workspace.program("desk"));
        command.arg("--faulty").arg(workspace.program("examples/faulty")).args(*arguments);
        cargo::run(&mut command)?;
    }
    Ok(())
}
