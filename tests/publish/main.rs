//! Publishing: the same bytes every time, never half a bundle, and every fault of an article told with its place.

mod crashes;
mod faults;
mod same_bytes;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Writes files in this order of their names' places.
pub(crate) fn write(root: &Path, files: &Files, backwards: bool) -> anyhow::Result<()> {
    let mut all: Vec<(&String, &Vec<u8>)> = files.iter().collect();
    // An order that is neither the alphabet's nor its reverse.
    all.sort_by_key(|(path, _)| path.bytes().rev().collect::<Vec<u8>>());
    if backwards {
        all.reverse();
    }
    for (path, bytes) in all {
        let path = root.join(path);
        fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        fs::write(path, bytes)?;
    }
    Ok(())
}
