//! Where the programs and files under test are; `cargo xtask test` says so in the environment.

use std::{env, path::PathBuf};

use anyhow::{Context, ensure};

/// The repository's root.
///
/// # Errors
/// Where the variable is not set.
pub fn root() -> anyhow::Result<PathBuf> {
    required("PORCHLIGHT_ROOT")
}

/// The folder of the sample help centre's articles.
///
/// # Errors
/// Where the variable is not set.
pub fn articles() -> anyhow::Result<PathBuf> {
    Ok(root()?.join("articles"))
}

/// The widget's built files.
///
/// # Errors
/// Where the variable is not set.
pub fn dist() -> anyhow::Result<PathBuf> {
    required("PORCHLIGHT_DIST")
}

/// The web server.
///
/// # Errors
/// Where the variable is not set.
pub fn site() -> anyhow::Result<PathBuf> {
    required("PORCHLIGHT_SITE_BIN")
}

/// The indexer.
///
/// # Errors
/// Where the variable is not set.
pub fn indexer() -> anyhow::Result<PathBuf> {
    required("PORCHLIGHT_INDEXER_BIN")
}

/// The desk.
///
/// # Errors
/// Where the variable is not set.
pub fn desk() -> anyhow::Result<PathBuf> {
    required("PORCHLIGHT_DESK_BIN")
}

/// The script of axe-core.
///
/// # Errors
/// Where the variable is not set.
pub fn axe() -> anyhow::Result<PathBuf> {
    required("PORCHLIGHT_AXE")
}

/// Chromium.
///
/// # Errors
/// Where there is none.
pub fn chromium() -> anyhow::Result<PathBuf> {
    browser_program("CHROMIUM", "/usr/bin/chromium")
}

/// ChromeDriver.
///
/// # Errors
/// Where there is none.
pub fn chromedriver() -> anyhow::Result<PathBuf> {
    browser_program("CHROMEDRIVER", "/usr/bin/chromedriver")
}

/// Where pictures of the bubble's states are to be saved, if anywhere.
pub fn screenshots() -> Option<PathBuf> {
    env::var_os("PORCHLIGHT_SCREENSHOTS").map(PathBuf::from)
}

fn required(variable: &str) -> anyhow::Result<PathBuf> {
    let path = env::var_os(variable).map(PathBuf::from).with_context(|| {
        format!("{variable} is not set: run these tests by `cargo xtask test` (alone: `cargo xtask test --only e2e`)")
    })?;
    ensure!(path.exists(), "{variable} is {}, which does not exist: run `cargo xtask test`", path.display());
    Ok(path)
}

fn browser_program(variable: &str, usual: &str) -> anyhow::Result<PathBuf> {
    let path = env::var_os(variable).map_or_else(|| PathBuf::from(usual), PathBuf::from);
    ensure!(path.exists(), "{} does not exist: run `cargo xtask test`, which installs it", path.display());
    Ok(path)
}
