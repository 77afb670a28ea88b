//! The `kb-indexer` program. See [`kb_indexer`].

use std::process::ExitCode;

use clap::Parser as _;
use kb_indexer::{
    cli::Cli,
    commands::{self, tell},
};

fn main() -> ExitCode {
    // Wrong use ends here, with exit code 2.
    let cli = Cli::parse();
    match commands::run(&cli.command) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            tell(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}
