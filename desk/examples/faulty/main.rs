//! A desk with a planted fault, for proving that a test rig sees it: `FAULT=NAME faulty serve --config FILE` serves as
//! `desk serve` does, with a store that does one thing wrong. NAME is `ack-first`, `no-unique-key` or `no-resume`.
#![allow(clippy::print_stdout, reason = "a command-line program speaks through its standard streams")]

mod faults;

use std::{path::PathBuf, sync::Arc};

use anyhow::Context;
use clap::Parser;
use desk::{
    config::Settings,
    server, shutdown,
    store::{Store, sqlite::SqliteStore},
};
use tokio::net::TcpListener;

use crate::faults::{Fault, Faulty};

/// As `desk`, with the fault that the environment variable FAULT names.
#[derive(Parser)]
enum Command {
    /// As `desk serve`
    Serve {
        /// The settings
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Ends when standard input closes
        #[arg(long)]
        until_stdin_closes: bool,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Command::Serve { config, until_stdin_closes } = Command::parse();
    let name = std::env::var("FAULT").context("FAULT is not set: give ack-first, no-unique-key or no-resume")?;
    let fault = Fault::named(&name)
        .with_context(|| format!("there is no fault {name}: give ack-first, no-unique-key or no-resume"))?;
    let settings = Settings::load(config.as_deref(), |name| std::env::var_os(name))?;
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    let inner: Arc<dyn Store> = Arc::new(SqliteStore::connect(&settings.database.url()).await?);
    println!("Listening on http://{address}/");
    let store = Arc::new(Faulty { fault, inner });
    server::launch(settings, listener, shutdown::asked(until_stdin_closes), store).await?;
    Ok(())
}
