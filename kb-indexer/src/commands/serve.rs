//! The `serve` subcommand.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use tokio::net::TcpListener;

use super::{Outcome, number, print, tell};
use crate::{
    cli, diagnostics,
    preview::{Preview, server, watch::Changes},
};

/// Where `cargo xtask web` puts the widget's files.
const WIDGET: &str = "www/dist";

/// Shows the help centre and the bubble, and builds them anew at every change, until somebody ends the program.
///
/// # Errors
/// Where the folder cannot be read or watched, or the port is taken.
pub fn run(arguments: &cli::Serve) -> anyhow::Result<Outcome> {
    let widget = widget(arguments.widget.as_deref())?;
    let config = arguments.config.as_deref();
    let preview = Arc::new(Preview::new(&arguments.articles, config, widget.as_deref()));
    // Watched before they are read: no change falls between.
    let changes = Changes::of(&arguments.articles, config)?;
    let found = preview.renew()?;
    tell_found(&found, "Articles with errors are left out");
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server")?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
            .await
            .with_context(|| format!("cannot listen on port {}: choose another with --port", arguments.port))?;
        print(&format!("Preview on http://{}/ (Ctrl-C ends it)\n", listener.local_addr()?))?;
        let renewed = preview.clone();
        std::thread::spawn(move || follow(&renewed, &changes));
        axum::serve(listener, server::router(&preview)).await.context("the server failed")
    })?;
    Ok(Outcome::Fine)
}

/// Builds at every change.
fn follow(preview: &Preview, changes: &Changes) {
    while changes.wait() {
        let before = preview.subscribe().borrow().id.clone();
        match preview.renew() {
            Ok(found) => {
                let is_new = preview.subscribe().borrow().id != before;
                if is_new || found.iter().any(diagnostics::Diagnostic::is_error) {
                    tell_found(&found, "Not built; the last good build is shown");
                }
            }
            // The folder may be back a moment later.
            Err(error) => tell(&format!("error: {error:#}")),
        }
    }
}

/// Tells what is wrong, and what became of the build where there are errors.
fn tell_found(found: &[diagnostics::Diagnostic], with_errors: &str) {
    let (errors, warnings) = diagnostics::count(found);
    let counts = format!("{}, {}", number(errors, "error"), number(warnings, "warning"));
    let text = diagnostics::to_text(found);
    if errors > 0 {
        tell(&format!("{text}{with_errors}: {counts}."));
    } else {
        tell(&format!("{text}Built: {counts}."));
    }
}

/// The folder of the widget's files: the one that was named, or the usual one where it exists.
fn widget(named: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    let holds_loader = |folder: &Path| folder.join("loader.js").is_file();
    match named {
        Some(folder) if holds_loader(folder) => Ok(Some(folder.to_owned())),
        Some(folder) => {
            anyhow::bail!("{} holds no loader.js: give the folder that `cargo xtask web --out` wrote", folder.display())
        }
        None if holds_loader(Path::new(WIDGET)) => Ok(Some(WIDGET.into())),
        None => {
            tell("Without the bubble: build it with `cargo xtask web`, or name the folder of its files with --widget.");
            Ok(None)
        }
    }
}
