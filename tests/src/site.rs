//! The demo site in a folder of its own, served by the project's web server, every request written down.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, ensure};
use serde::Deserialize;
use tempfile::TempDir;

use crate::{kb, programs};

/// A running site.
pub struct Site {
    folder: TempDir,
    origin: String,
    server: Mutex<Child>,
}

/// A request as the server wrote it down.
#[derive(Clone, Debug, Deserialize)]
pub struct Logged {
    /// `GET`.
    pub method: String,
    /// Path.
    pub path: String,
    /// Query.
    pub query: Option<String>,
    /// Headers.
    pub headers: serde_json::Map<String, serde_json::Value>,
    /// Size of the body.
    pub body_bytes: usize,
    /// Body.
    pub body: String,
}

impl Site {
    /// Lays out pages, widget, bundle and help centre, and serves them on a free port.
    ///
    /// # Errors
    /// Where something is missing or the server does not start.
    pub fn start() -> anyhow::Result<Self> {
        Self::start_with(None)
    }

    /// The same with the address of a desk in every page.
    ///
    /// # Errors
    /// As [`Site::start`].
    pub fn start_with(desk: Option<&str>) -> anyhow::Result<Self> {
        Self::lay_out(desk, |root| kb::build(&programs::articles()?, &root.join("kb"), Some(&root.join("help"))))
    }

    /// The same with the bundle of other articles, and without a static help centre.
    ///
    /// # Errors
    /// As [`Site::start`].
    pub fn of_articles(articles: &Path) -> anyhow::Result<Self> {
        Self::lay_out(None, |root| kb::build(articles, &root.join("kb"), None))
    }

    /// The same with the own articles and an index in blocks.
    ///
    /// # Errors
    /// As [`Site::start`].
    pub fn in_blocks() -> anyhow::Result<Self> {
        Self::lay_out(None, |root| kb::build_in_blocks(&programs::articles()?, &root.join("kb"), &root.join("help")))
    }

    /// The same with the own articles, for pages that bring their own policies.
    ///
    /// # Errors
    /// As [`Site::start`].
    pub fn without_page_policy() -> anyhow::Result<Self> {
        let build = |root: &Path| kb::build(&programs::articles()?, &root.join("kb"), None);
        Self::lay_out_with(None, &["--without-page-policy"], build)
    }

    /// Pages and widget, and whatever `build` puts into the site's folder: the bundle as `kb`, its help centre as `help`.
    ///
    /// # Errors
    /// As [`Site::start`].
    pub fn lay_out(desk: Option<&str>, build: impl FnOnce(&Path) -> anyhow::Result<()>) -> anyhow::Result<Self> {
        match desk {
            Some(origin) => Self::lay_out_with(desk, &["--desk", origin], build),
            None => Self::lay_out_with(None, &[], build),
        }
    }

    fn lay_out_with(
        desk: Option<&str>,
        options: &[&str],
        build: impl FnOnce(&Path) -> anyhow::Result<()>,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("porchlight-site-").tempdir()?;
        let root = folder.path().join("site");
        fs::create_dir(&root)?;
        let pages = programs::root()?.join("www/pages");
        for entry in fs::read_dir(&pages).with_context(|| format!("cannot read {}", pages.display()))? {
            let entry = entry?;
            match desk {
                Some(desk) => copy_naming(&entry.path(), &root.join(entry.file_name()), desk)?,
                None => symlink(entry.path(), root.join(entry.file_name()))?,
            }
        }
        symlink(programs::dist()?, root.join("porchlight"))?;
        build(&root)?;
        let (server, origin) = serve(&root, &folder.path().join("requests.jsonl"), options)?;
        Ok(Self { folder, origin, server: Mutex::new(server) })
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Folder of the bundle.
    pub fn kb(&self) -> PathBuf {
        self.folder.path().join("site/kb")
    }

    /// All requests so far.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn requests(&self) -> anyhow::Result<Vec<Logged>> {
        let text = fs::read_to_string(self.folder.path().join("requests.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("not a request: {line}"))).collect()
    }

    /// The network goes away.
    pub fn stop(&self) {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended already.
        let _ = server.kill();
        let _ = server.wait();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Copies pages; those that load the widget are told of the desk.
fn copy_naming(from: &Path, to: &Path, desk: &str) -> anyhow::Result<()> {
    const KB: &str = "data-kb=\"/kb/\"";
    if from.is_dir() {
        fs::create_dir(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy_naming(&entry.path(), &to.join(entry.file_name()), desk)?;
        }
    } else if from.extension().is_some_and(|extension| extension == "html") {
        let text = fs::read_to_string(from)?.replace(KB, &format!("{KB} data-desk=\"{desk}\""));
        fs::write(to, text)?;
    } else {
        fs::copy(from, to)?;
    }
    Ok(())
}

fn serve(root: &Path, log: &Path, options: &[&str]) -> anyhow::Result<(Child, String)> {
    let program = programs::site()?;
    let mut server = Command::new(&program)
        .args(options)
        .args(["--port", "0", "--until-stdin-closes", "--root"])
        .arg(root)
        .arg("--request-log")
        .arg(log)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let mut line = String::new();
    if let Some(stdout) = &mut server.stdout {
        BufReader::new(stdout).read_line(&mut line)?;
    }
    let origin = line.trim().strip_prefix("Listening on ").map(|address| address.trim_end_matches('/').to_owned());
    if origin.is_none() {
        let _ = server.kill();
        let _ = server.wait();
    }
    ensure!(origin.is_some(), "the web server did not say where it listens: {line:?}");
    Ok((server, origin.unwrap_or_default()))
}
