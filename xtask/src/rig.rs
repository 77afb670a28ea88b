//! `cargo xtask rig NAME`: long runs against the real desk, and of the real widget.

use std::process::Command;

use clap::ValueEnum;

use crate::Outcome;
use crate::workspace::Workspace;
use crate::{cargo, chromium, programs, tools, web};

/// Which rig, and how long.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The rig
    #[arg(value_enum)]
    name: Rig,
    /// The long run: 3,000 kills instead of 300, 60 seconds of load instead of 10, 500 conversations instead of 40 and
    /// 10,000 typings instead of 90
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
    /// Conversations in which something fails at random, random typing of Korean, and strings that try to become markup
    Widget,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    if options.name == Rig::Widget {
        return widget(&workspace, options.full);
    }
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
        // It has programs and files of its own, see `widget`.
        (Rig::Widget, _) => &[],
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

/// Runs the tests in Chromium that are as long as one likes. In `cargo xtask test` they are among all others.
fn widget(workspace: &Workspace, full: bool) -> Outcome {
    programs::build_for_demo(workspace)?;
    web::build(workspace, &web::dist(workspace), web::Languages::En)?;
    let tests = [
        "test",
        "--package",
        "system-tests",
        "--test",
        "e2e",
        "--",
        "--nocapture",
        "random_faults",
        "typing::in_",
        "xss",
    ];
    let mut command = cargo::cargo(workspace, &tests);
    chromium::equip(&mut command, workspace)?;
    if full {
        command
            .env("PORCHLIGHT_CONVERSATIONS", "500")
            .env("PORCHLIGHT_TYPINGS", "10000")
            .env("PORCHLIGHT_XSS_ALL", "1");
    }
    cargo::run(&mut command)?;
    Ok(())
}
