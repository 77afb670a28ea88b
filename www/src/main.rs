//! A small static web server for the demo site: one folder, sent as a careful owner would send it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks through its standard streams"
)]

mod headers;
mod request_log;
mod site;

use std::io::Read;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::headers::Headers;
use crate::request_log::RequestLog;
use crate::site::Site;

/// Serves a folder of static files on this machine.
#[derive(Parser)]
#[command(name = "site")]
struct Options {
    /// The folder
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Appends one line of JSON a request, with its headers and body
    #[arg(long, value_name = "FILE")]
    request_log: Option<PathBuf>,
    /// Origin of the desk whose chat may be framed
    #[arg(long, value_name = "ORIGIN")]
    desk: Option<String>,
    /// Sends pages without a Content-Security-Policy of ours: they bring one themselves, or show how the widget fares without
    #[arg(long)]
    without_page_policy: bool,
    /// Ends when standard input closes, so that the server does not outlive what started it
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(options: Options) -> anyhow::Result<()> {
    anyhow::ensure!(options.root.is_dir(), "{} is no folder: give one that exists with --root", options.root.display());
    let log = options.request_log.as_deref().map(RequestLog::open).transpose()?;
    let headers = match options.without_page_policy {
        true => Headers::without_page_policy(),
        false => Headers::new(options.desk.as_deref())?,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
        .await
        .with_context(|| format!("cannot listen on port {}: choose another with --port", options.port))?;
    // Programs that start this one read the port from here.
    println!("Listening on http://{}/", listener.local_addr()?);
    let app = Site::new(options.root, log, headers).into_router();
    axum::serve(listener, app)
        .with_graceful_shutdown(stop(options.until_stdin_closes))
        .await
        .context("the server failed")
}

/// Resolves when somebody asks the program to end.
async fn stop(until_stdin_closes: bool) {
    let closed = async {
        if until_stdin_closes {
            let (sender, receiver) = oneshot::channel();
            // A thread of its own: a blocking read in the runtime would hold up its end.
            std::thread::spawn(move || {
                let mut ignored = [0; 256];
                while std::io::stdin().read(&mut ignored).is_ok_and(|n| n > 0) {}
                // The receiver is gone only when the program ends anyway.
                let _ = sender.send(());
            });
            let _ = receiver.await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = closed => {}
        () = interrupted() => {}
        () = terminated() => {}
    }
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            terminate.recv().await;
        }
        Err(_) => std::future::pending::<()>().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
