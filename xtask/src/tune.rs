//! `cargo xtask tune`: fits the constants that ship with the engine, or tells what each of its parts is worth.

use crate::Outcome;
use crate::cargo;
use crate::question_sets;
use crate::workspace::Workspace;

/// What to find out.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Switch off one part after the other and tell what that changes, instead of fitting
    #[arg(long)]
    ablation: bool,
}

/// Runs the chore: the example `tune` of `kb-indexer`, which builds the development sets in memory.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    question_sets::folder(&workspace)?;
    let mut arguments = vec!["run", "--package", "kb-indexer", "--example", "tune"];
    if options.ablation {
        arguments.extend(["--", "--ablation"]);
    }
    cargo::run(&mut cargo::cargo(&workspace, &arguments))?;
    Ok(())
}
