//! What the program is asked on its command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use handoff::api::Role;

/// The desk: where visitors and agents talk.
#[derive(Parser)]
#[command(name = "desk", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serves the desk until it is interrupted
    Serve(Serve),
    /// What concerns agents
    #[command(subcommand)]
    Agent(AgentCommand),
}

#[derive(Subcommand)]
pub(crate) enum AgentCommand {
    /// Adds an agent; the desk may be running
    Add(AgentAdd),
}

#[derive(Args)]
pub(crate) struct Config {
    /// The settings; default desk.toml, each key also as PORCHLIGHT_KEY in the environment
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) config: Config,
    /// Ends when standard input closes, so that the desk does not outlive what started it
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,
}

#[derive(Args)]
pub(crate) struct AgentAdd {
    /// E-mail address, with which the agent signs in
    #[arg(value_name = "EMAIL")]
    pub(crate) email: String,
    /// Name that visitors see; default the part of the address before the @
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// What the agent may do; today all may do the same
    #[arg(long, value_enum, default_value = "agent")]
    pub(crate) role: RoleName,
    /// Reads the password, one line, from standard input; otherwise one is made and written to standard output
    #[arg(long)]
    pub(crate) password_stdin: bool,
    #[command(flatten)]
    pub(crate) config: Config,
}

/// [`Role`] on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    /// Sets the desk up
    Admin,
    /// Leads a team
    Lead,
    /// Answers visitors
    Agent,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Admin,
            RoleName::Lead => Self::Lead,
            RoleName::Agent => Self::Agent,
        }
    }
}
