//! The desk as a process in a folder of its own: started, killed, started again.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tempfile::TempDir;
use tokio::net::TcpSocket;

/// E-mail address of the agent.
pub const EMAIL: &str = "agent@desk.example";
/// Name of the agent, as visitors see it.
pub const NAME: &str = "Robin Park";
/// His password.
pub const PASSWORD: &str = "a password for tests";

/// How long a desk may take to accept connections.
const START: Duration = Duration::from_secs(10);

/// A desk in a folder of its own.
pub struct Desk {
    folder: TempDir,
    program: PathBuf,
    environment: Vec<(String, String)>,
    /// Runs in front of the program, such as a tracer.
    wrapper: Vec<String>,
    port: u16,
    /// Holds the port for as long as the desk is there or away: bound, never listening, so that the desk may have it and
    /// the system gives it to no other socket, such as a browser's connection.
    _reservation: TcpSocket,
    child: Option<Child>,
}

impl Desk {
    /// A desk with a folder and a port, not yet started.
    ///
    /// # Errors
    /// Where it cannot be set up.
    pub fn set_up(program: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("porchlight-desk-").tempdir()?;
        let reservation = TcpSocket::new_v4()?;
        reservation.set_reuseaddr(true)?;
        reservation.bind(([127, 0, 0, 1], 0).into())?;
        Self {
            folder,
            program: program.to_owned(),
            environment: Vec::new(),
            wrapper: Vec::new(),
            port: reservation.local_addr()?.port(),
            _reservation: reservation,
            child: None,
        }
        .with_origins(&[])
    }

    /// Lets pages of these origins frame its chat.
    ///
    /// # Errors
    /// Where its settings cannot be written.
    pub fn with_origins(self, origins: &[String]) -> anyhow::Result<Self> {
        let port = self.port;
        let text = format!(
            "listen = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\ndatabase = \"sqlite:desk.db\"\norigins = {origins:?}\n"
        );
        std::fs::write(self.config(), text)?;
        Ok(self)
    }

    /// Adds the agent by this program, which must be the desk's own.
    ///
    /// # Errors
    /// Where the program fails.
    pub fn add_agent(&self, program: &Path) -> anyhow::Result<()> {
        let mut child = Command::new(program)
            .args(["agent", "add", EMAIL, "--name", NAME, "--password-stdin", "--config"])
            .arg(self.config())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        child.stdin.take().context("no standard input")?.write_all(PASSWORD.as_bytes())?;
        ensure!(child.wait()?.success(), "cannot add the agent");
        Ok(())
    }

    /// Sets a variable of its environment.
    pub fn with_environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts it behind another program.
    pub fn with_wrapper(mut self, wrapper: &[String]) -> Self {
        self.wrapper = wrapper.to_vec();
        self
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("desk.toml")
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its address without a slash at the end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it, waits until it accepts connections, and says how long that took.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn start(&mut self) -> anyhow::Result<Duration> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("desk.log"))?;
        let mut words: Vec<std::ffi::OsString> = self.wrapper.iter().map(Into::into).collect();
        words.push(self.program.clone().into());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg("serve").arg("--config").arg(self.config());
        let child = command
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", words[0].display()))?;
        let begun = Instant::now();
        let child = self.child.insert(child);
        loop {
            if tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return Ok(begun.elapsed());
            }
            if let Some(status) = child.try_wait()? {
                anyhow::bail!("the desk ended at once ({status}):\n{}", self.last_words());
            }
            ensure!(begun.elapsed() < START, "the desk does not accept connections:\n{}", self.last_words());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Kills it with SIGKILL.
    ///
    /// # Errors
    /// Where it had ended by itself.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        if let Some(mut child) = self.child.take() {
            if let Some(status) = child.try_wait()? {
                anyhow::bail!("the desk ended by itself ({status}):\n{}", self.last_words());
            }
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Asks it to end, as a supervisor would, and waits.
    ///
    /// # Errors
    /// Where the system does not say how it ended.
    pub fn terminate(&mut self) -> anyhow::Result<()> {
        if let Some(mut child) = self.child.take() {
            let _ = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status();
            child.wait()?;
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path().join("desk.log")).unwrap_or_default();
        let lines: Vec<_> = text.lines().rev().take(10).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
