//! Folders copied whole, and the pages in them.

use std::path::Path;

use anyhow::Context;

/// Copies the files below `from` to `to`, over what is there.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    let entries = std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target).with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    Ok(())
}

/// Where pages say which help centre they have.
const KB: &str = "data-kb=\"/kb/\"";

/// Adds the desk's address to every page below `folder` that loads the widget.
pub(crate) fn name_desk(folder: &Path, desk: &str) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "kb") {
                name_desk(&path, desk)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let named = text.replace(KB, &format!("{KB} data-desk=\"{desk}\""));
            std::fs::write(&path, named).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// Removes a folder and all in it; one that is not there is fine.
pub(crate) fn remove(folder: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
