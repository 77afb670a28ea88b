//! Where the development sets lie: too large for the repository, they are found through `PORCHLIGHT_DATA`.

use std::path::PathBuf;

use crate::Outcome;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// The folder that `PORCHLIGHT_DATA` names.
pub(crate) fn folder(workspace: &Workspace) -> Outcome<PathBuf> {
    let named = std::env::var_os("PORCHLIGHT_DATA").map(|data| workspace.path(data)).filter(|data| data.is_dir());
    named.ok_or_else(|| {
        Failure::missing(
            "this chore needs the development sets (docs/quality.md names them), and PORCHLIGHT_DATA names no folder",
            "export PORCHLIGHT_DATA=FOLDER",
        )
    })
}
