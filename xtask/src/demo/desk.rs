//! The demo's desk: its settings and its agent.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use super::program::Program;
use crate::workspace::Workspace;

/// The demo's agent. The desk listens on this machine alone, so the password need not be a secret.
pub(super) const EMAIL: &str = "agent@porchlight.example";
/// His password.
pub(super) const PASSWORD: &str = "lantern on the porch";
const NAME: &str = "Robin Park";

/// Writes the settings of a desk on `port` for a site at `site`, adds the agent once, and says how to start it.
pub(super) fn set_up(workspace: &Workspace, state: &Path, port: u16, site: &[String]) -> anyhow::Result<Program> {
    let folder = state.join("desk");
    std::fs::create_dir_all(&folder).context("cannot make the folder .demo/desk")?;
    let config = folder.join("desk.toml");
    let text = format!(
        "listen = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\ndatabase = \"sqlite:desk.db\"\norigins = {site:?}\n"
    );
    std::fs::write(&config, text).context("cannot write .demo/desk/desk.toml")?;
    let program = workspace.program("desk");
    add_agent(&program, &config, &folder.join("agent-added"))?;
    let mut command = Command::new(program);
    command.args(["serve", "--until-stdin-closes", "--config"]).arg(&config);
    Ok(Program { name: "the desk", command, port, path: "/v1/health" })
}

fn add_agent(program: &PathBuf, config: &Path, done: &Path) -> anyhow::Result<()> {
    if done.exists() {
        return Ok(());
    }
    let mut child = Command::new(program)
        .args(["agent", "add", EMAIL, "--role", "agent", "--name", NAME, "--password-stdin", "--config"])
        .arg(config)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(PASSWORD.as_bytes())?;
    }
    let status = child.wait()?;
    ensure!(status.success(), "cannot add the demo's agent ({status}); `cargo xtask demo --fresh` starts anew");
    std::fs::write(done, "").context("cannot write to .demo/desk")
}
