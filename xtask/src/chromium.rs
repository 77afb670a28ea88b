//! What the tests in Chromium are told: where programs, files and browser are.

use std::path::PathBuf;
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Outcome, tools, web};

/// Tells a run of the tests in Chromium where everything is. Programs and web files were built before.
pub(crate) fn equip(command: &mut Command, workspace: &Workspace) -> Outcome {
    let browser = tools::browser()?;
    let axe = tools::axe(workspace)?;
    command
        .env("PORCHLIGHT_ROOT", &workspace.root)
        .env("PORCHLIGHT_DIST", existing(web::dist(workspace))?)
        .env("PORCHLIGHT_SITE_BIN", existing(workspace.program("site"))?)
        .env("PORCHLIGHT_INDEXER_BIN", existing(workspace.program("kb-indexer"))?)
        .env("PORCHLIGHT_DESK_BIN", existing(workspace.program("desk"))?)
        .env("PORCHLIGHT_AXE", axe)
        .env("CHROMIUM", browser.chromium)
        .env("CHROMEDRIVER", browser.chromedriver);
    Ok(())
}

/// A step that is run alone with `--only` needs what earlier steps built.
pub(crate) fn existing(path: PathBuf) -> anyhow::Result<PathBuf> {
    anyhow::ensure!(path.exists(), "{} is missing: run the steps `build` and `web` first", path.display());
    Ok(path)
}
