//! The native programs that the demo and the tests start.

use crate::cargo;
use crate::workspace::Workspace;

/// What is selected decides which features shared crates get, and so whether they are compiled once or twice: every
/// native step selects these same packages. This program's own dependencies, already built, stay apart.
pub(crate) const PACKAGES: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// Builds all native code, programs and tests.
pub(crate) fn build_all(workspace: &Workspace) -> anyhow::Result<()> {
    let arguments = [&["build"][..], &PACKAGES, &["--all-targets"]].concat();
    cargo::run(&mut cargo::cargo(workspace, &arguments))
}

/// Builds the desk, the desk with planted faults, and the rigs.
pub(crate) fn build_for_rigs(workspace: &Workspace) -> anyhow::Result<()> {
    let arguments = ["build", "--package", "desk", "--package", "rigs", "--bins", "--examples"];
    cargo::run(&mut cargo::cargo(workspace, &arguments))
}

/// Builds only the programs that the demo needs.
pub(crate) fn build_for_demo(workspace: &Workspace) -> anyhow::Result<()> {
    let arguments = ["build", "--package", "kb-indexer", "--package", "www", "--package", "desk", "--bins"];
    cargo::run(&mut cargo::cargo(workspace, &arguments))
}
