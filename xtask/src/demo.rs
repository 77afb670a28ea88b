//! `cargo xtask demo`: the whole product on this machine, until Ctrl-C.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{Outcome, cargo, pages, programs, web};

/// Where the demo listens.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Port of the site
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Port of the desk; kept for later, there is no desk yet
    #[arg(long, value_name = "N")]
    desk_port: Option<u16>,
    /// Forget the state of earlier runs (`.demo/`)
    #[arg(long)]
    fresh: bool,
}

/// How long a program may take until it answers.
const START: Duration = Duration::from_secs(10);
/// How often a program may die within [`CALM`] before the demo gives up.
const MAX_DEATHS: usize = 5;
/// After this long a death is forgotten.
const CALM: Duration = Duration::from_secs(30);

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    port_is_free(options.port)?;
    if options.desk_port.is_some() {
        println!("There is no desk yet; --desk-port is not used.");
    }
    let stop = on_interrupt()?;
    let state = workspace.path(".demo");
    if options.fresh {
        pages::remove(&state)?;
    }
    let facts = state.join("demo.json");
    let _ = std::fs::remove_file(&facts);

    println!("== Building the widget");
    let dist = web::dist(&workspace);
    web::build(&workspace, &dist, web::Languages::En)?;
    println!("== Building kb-indexer and the web server");
    programs::build_for_demo(&workspace)?;
    println!("== Laying out the site");
    let site = state.join("site");
    lay_out(&workspace, &dist, &site)?;
    println!("== Indexing articles/");
    index(&workspace, &site)?;

    let server = Server { program: workspace.program("site"), root: site, port: options.port };
    let served = serve(&server, &facts, &stop);
    let _ = std::fs::remove_file(&facts);
    served
}

/// A clear word before minutes of building are spent.
fn port_is_free(port: u16) -> Outcome {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let other = port.checked_add(1).unwrap_or(8080);
        Failure::missing(
            &format!("port {port} cannot be used ({error}); another program may hold it"),
            &format!("cargo xtask demo --port {other}"),
        )
    })?;
    Ok(())
}

fn on_interrupt() -> anyhow::Result<Receiver<()>> {
    let (sender, receiver) = channel();
    ctrlc::set_handler(move || {
        // Nobody listens while programs are being built: then the process ends at once.
        if sender.send(()).is_err() {
            std::process::exit(130);
        }
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(receiver)
}

/// The site's own pages and the widget; the index stays, for readers of the old one.
fn lay_out(workspace: &Workspace, dist: &Path, site: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(site).context("cannot make the folder .demo/site")?;
    for entry in std::fs::read_dir(site)? {
        let entry = entry?;
        if entry.file_name() == "kb" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            pages::remove(&entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    pages::copy(&workspace.path("www/pages"), site)?;
    pages::copy(dist, &site.join("porchlight"))
}

fn index(workspace: &Workspace, site: &Path) -> anyhow::Result<()> {
    let mut command = Command::new(workspace.program("kb-indexer"));
    command
        .current_dir(&workspace.root)
        .args(["build", "articles", "--out"])
        .arg(site.join("kb"))
        .arg("--site")
        .arg(site.join("help"));
    cargo::run(&mut command)
}

/// How the web server is started.
struct Server {
    program: PathBuf,
    root: PathBuf,
    port: u16,
}

impl Server {
    fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Starts the server and waits until it answers. It ends when its standard input closes, so it cannot outlive us.
    fn start(&self) -> anyhow::Result<Child> {
        let mut child = Command::new(&self.program)
            .arg("--root")
            .arg(&self.root)
            .args(["--port", &self.port.to_string(), "--until-stdin-closes"])
            .stdin(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        let begun = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                bail!("the web server ended at once: {status}");
            }
            if self.answers() {
                return Ok(child);
            }
            if begun.elapsed() > START {
                let _ = child.kill();
                let _ = child.wait();
                bail!("the web server did not answer within {START:?}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn answers(&self) -> bool {
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(2)))?;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
            let mut start = [0; 12];
            stream.read_exact(&mut start)?;
            Ok(start.ends_with(b" 200"))
        };
        ask().unwrap_or(false)
    }

    /// Writes where everything is, whole or not at all.
    fn tell(&self, facts: &Path, child: &Child) -> anyhow::Result<()> {
        let site = self.address();
        let text = serde_json::to_string_pretty(&serde_json::json!({
            "site": site,
            "site_ko": format!("{site}ko/"),
            "pids": { "site": child.id() },
        }))?;
        let part = facts.with_extension("json.part");
        std::fs::write(&part, text + "\n")?;
        std::fs::rename(&part, facts).context("cannot write .demo/demo.json")
    }
}

/// Keeps the server running until somebody stops us.
fn serve(server: &Server, facts: &Path, stop: &Receiver<()>) -> Outcome {
    let mut child = server.start()?;
    server.tell(facts, &child)?;
    let site = server.address();
    println!("\n  Site     {site}\n  Korean   {site}ko/\n  Help     {site}help/\n\nCtrl-C stops it.");
    let mut deaths: Vec<Instant> = Vec::new();
    loop {
        match stop.recv_timeout(Duration::from_millis(100)) {
            Err(RecvTimeoutError::Timeout) => {}
            _ => {
                // Closed standard input asks it to end; killing makes sure.
                drop(child.stdin.take());
                let _ = child.kill();
                let _ = child.wait();
                println!("\nStopped.");
                return Ok(());
            }
        }
        if let Some(status) = child.try_wait()? {
            deaths.retain(|death| death.elapsed() < CALM);
            deaths.push(Instant::now());
            if deaths.len() > MAX_DEATHS {
                return Err(anyhow::anyhow!(
                    "the web server died {} times within {CALM:?}; its last words are above",
                    deaths.len()
                )
                .into());
            }
            println!("The web server ended ({status}); starting it again.");
            child = server.start()?;
            server.tell(facts, &child)?;
        }
    }
}
