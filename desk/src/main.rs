//! The desk's program: `desk serve`, `desk agent add`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks through its standard streams"
)]

mod cli;

use std::{
    io::{BufRead, IsTerminal},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context;
use clap::Parser;
use desk::{
    agents::{self, EnrolError},
    config::Settings,
    server::Server,
    shutdown,
    store::{Store, StoreError, sqlite::SqliteStore},
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::cli::{AgentAdd, AgentCommand, Cli, Command, Config, Serve};

/// What the desk refuses: the request is wrong, not the desk.
const REFUSED: u8 = 1;
/// Wrong use, or files, addresses and settings that cannot be used.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    // Wrong use ends here, with exit code 2.
    let cli = Cli::parse();
    log();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(if is_refusal(&error) { REFUSED } else { FAILED })
        }
    }
}

fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

fn is_refusal(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(EnrolError::Refused(_) | EnrolError::Store(StoreError::Conflict(_))))
}

#[tokio::main]
async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(options) => serve(options).await,
        Command::Agent(AgentCommand::Add(options)) => add_agent(options).await,
    }
}

fn settings(config: &Config) -> anyhow::Result<Settings> {
    Settings::load(config.config.as_deref(), |name| std::env::var_os(name)).context("the settings cannot be used")
}

async fn open(settings: &Settings) -> anyhow::Result<Arc<dyn Store>> {
    Ok(Arc::new(SqliteStore::connect(&settings.database.url()).await.context("the database cannot be opened")?))
}

async fn serve(options: Serve) -> anyhow::Result<()> {
    let settings = settings(&options.config)?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}: choose another address in `listen`", settings.listen))?;
    let address = listener.local_addr()?;
    let store = open(&settings).await?;
    let server = Server::new(settings, listener, store).await?;
    // Programs that start this one read the port from here.
    println!("Listening on http://{address}/");
    server.run(shutdown::asked(options.until_stdin_closes)).await;
    Ok(())
}

async fn add_agent(options: AgentAdd) -> anyhow::Result<()> {
    let settings = settings(&options.config)?;
    let given = options.password_stdin.then(read_password).transpose()?;
    let password = given.clone().map_or_else(agents::new_password, Ok)?;
    let store = open(&settings).await?;
    let added =
        agents::add_agent(&store, &options.email, options.name.as_deref(), options.role.into(), &password).await;
    store.close().await;
    let agent = added?;
    eprintln!("Added {} ({}).", agent.email, agent.name);
    if given.is_none() {
        eprintln!("The password, told this once:");
        println!("{password}");
    }
    Ok(())
}

fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("the password cannot be read from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
