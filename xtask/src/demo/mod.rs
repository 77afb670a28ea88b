//! `cargo xtask demo`: the whole product on this machine, until Ctrl-C.

mod desk;
mod program;

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::Context;

use self::program::{Program, Running};
use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{Outcome, cargo, pages, programs, web};

/// Where the demo listens.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Port of the site
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Port of the desk; without it the one after the site's
    #[arg(long, value_name = "N")]
    desk_port: Option<u16>,
    /// Forget the state of earlier runs (`.demo/`)
    #[arg(long)]
    fresh: bool,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    let port = options.port;
    let desk_port = match options.desk_port.or(port.checked_add(1)) {
        Some(desk_port) if desk_port != port => desk_port,
        _ => {
            return Err(Failure::missing(
                "site and desk need two ports",
                "cargo xtask demo --port 8080 --desk-port 8081",
            ));
        }
    };
    port_is_free(port, "--port")?;
    port_is_free(desk_port, "--desk-port")?;
    let stop = on_interrupt()?;
    let state = workspace.path(".demo");
    if options.fresh {
        pages::remove(&state)?;
    }
    let facts = state.join("demo.json");
    let _ = std::fs::remove_file(&facts);

    println!("== Building the widget and the desk's pages");
    let dist = web::dist(&workspace);
    web::build(&workspace, &dist, web::Languages::En)?;
    println!("== Building kb-indexer, the web server and the desk");
    programs::build_for_demo(&workspace)?;
    println!("== Laying out the site");
    let site = state.join("site");
    lay_out(&workspace, &dist, &site, &address(desk_port))?;
    println!("== Indexing articles/");
    index(&workspace, &site)?;

    println!("== Starting the desk and the site");
    // The desk is framed by pages that people may open by either name of this machine.
    let origins = [address(port), format!("http://localhost:{port}")];
    let desk = Running::start(desk::set_up(&workspace, &state, desk_port, &origins)?)?;
    let mut command = Command::new(workspace.program("site"));
    command.arg("--root").arg(&site).args(["--port", &port.to_string(), "--desk", &address(desk_port)]);
    command.arg("--until-stdin-closes");
    let site = Running::start(Program { name: "the web server", command, port, path: "/" })?;
    let ran = Demo { site, desk, port, desk_port }.run(&facts, &stop);
    let _ = std::fs::remove_file(&facts);
    ran
}

/// A clear word before minutes of building are spent.
fn port_is_free(port: u16, option: &str) -> Outcome {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let other = port.checked_add(10).unwrap_or(8080);
        Failure::missing(
            &format!("port {port} cannot be used ({error}); another program may hold it"),
            &format!("cargo xtask demo {option} {other}"),
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
fn lay_out(workspace: &Workspace, dist: &Path, site: &Path, desk: &str) -> anyhow::Result<()> {
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
    pages::name_desk(site, desk)?;
    pages::copy(dist, &site.join("porchlight"))?;
    // The desk serves its own pages.
    pages::remove(&site.join("porchlight/desk"))
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

/// The site's two languages and the desk, running.
struct Demo {
    site: Running,
    desk: Running,
    port: u16,
    desk_port: u16,
}

impl Demo {
    /// Writes where everything is, whole or not at all.
    fn tell(&self, facts: &Path) -> anyhow::Result<()> {
        let (site, desk) = (address(self.port), address(self.desk_port));
        let text = serde_json::to_string_pretty(&serde_json::json!({
            "site": format!("{site}/"),
            "site_ko": format!("{site}/ko/"),
            "desk": desk,
            "console": format!("{desk}/desk/"),
            "agent": { "email": desk::EMAIL, "password": desk::PASSWORD },
            "pids": { "site": self.site.pid(), "desk": self.desk.pid() },
        }))?;
        let part = facts.with_extension("json.part");
        std::fs::write(&part, text + "\n")?;
        std::fs::rename(&part, facts).context("cannot write .demo/demo.json")
    }

    /// Keeps both running until somebody stops us.
    fn run(mut self, facts: &Path, stop: &Receiver<()>) -> Outcome {
        self.tell(facts)?;
        let (site, desk) = (address(self.port), address(self.desk_port));
        println!(
            "\n  Site      {site}/\n  Korean    {site}/ko/\n  Help      {site}/help/\n  Console   {desk}/desk/\n            \
             {} · {}\n\nCtrl-C stops it.",
            desk::EMAIL,
            desk::PASSWORD
        );
        loop {
            match stop.recv_timeout(Duration::from_millis(100)) {
                Err(RecvTimeoutError::Timeout) => {}
                _ => {
                    self.site.stop();
                    self.desk.stop();
                    println!("\nStopped.");
                    return Ok(());
                }
            }
            if self.site.revive()? | self.desk.revive()? {
                self.tell(facts)?;
            }
        }
    }
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}
