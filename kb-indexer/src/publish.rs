//! Puts a bundle in place so that a reader, at any moment, finds the old one or the new one, whole.
//!
//! Every file but the manifest is named by its content: it is written under a temporary name, synced and renamed, and
//! never changed again. The manifest comes last, in the same way. A build that is killed leaves at most files that no
//! manifest names.

use std::{
    collections::BTreeSet,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use crate::index::Bundle;

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";
/// Folders that hold a bundle's files.
const FOLDERS: [&str; 3] = ["index", "articles", "media"];

/// Files that are open at the same time: far below any system's limit.
const TOGETHER: usize = 128;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files written.
    pub written: usize,
    /// Files that were there already.
    pub kept: usize,
    /// Files of older builds that were removed.
    pub removed: usize,
    /// Size of the bundle in bytes, manifest included.
    pub bytes: u64,
}

/// The bundle could not be put in place. What was published before is as it was.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}. Nothing was published; the old bundle is as it was. Check the space and the rights there, then build again", path.display())]
pub struct PublishError {
    path: PathBuf,
    source: io::Error,
}

/// Writes `bundle` to `out`; with `prune`, then removes files that the new manifest does not name.
///
/// # Errors
/// [`PublishError`] where a file cannot be written.
pub fn publish(bundle: &Bundle, out: &Path, prune: bool) -> Result<Report, PublishError> {
    let mut report = Report { bytes: bundle.manifest.len() as u64, ..Report::default() };
    let mut folders = BTreeSet::from([out.to_owned()]);
    fs::create_dir_all(out).map_err(at(out))?;
    let mut pending = Vec::new();
    for file in &bundle.files {
        report.bytes += file.bytes.len() as u64;
        let path = out.join(&file.path);
        // A file of that name and content may come from an earlier build; one of another content was damaged.
        if fs::read(&path).is_ok_and(|there| there == file.bytes) {
            report.kept += 1;
            continue;
        }
        if let Some(folder) = path.parent()
            && folders.insert(folder.to_owned())
        {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        pending.push(Pending::write(path, &file.bytes)?);
        report.written += 1;
        if pending.len() == TOGETHER {
            settle(&mut pending)?;
        }
    }
    settle(&mut pending)?;
    for folder in &folders {
        sync_folder(folder)?;
    }
    let manifest = Pending::write(out.join(MANIFEST), &bundle.manifest)?;
    manifest.sync()?;
    manifest.put_in_place()?;
    sync_folder(out)?;
    if prune {
        report.removed = remove_others(bundle, out);
    }
    Ok(report)
}

/// Syncs files and puts them in place. They are written before the first is synced: the disk then takes them together,
/// which is several times faster.
fn settle(pending: &mut Vec<Pending>) -> Result<(), PublishError> {
    pending.iter().try_for_each(Pending::sync)?;
    pending.drain(..).try_for_each(Pending::put_in_place)
}

/// A file under a temporary name. Dropped before it is put in place, it is removed.
struct Pending {
    file: fs::File,
    temporary: PathBuf,
    path: PathBuf,
    in_place: bool,
}

impl Pending {
    fn write(path: PathBuf, bytes: &[u8]) -> Result<Self, PublishError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = fs::File::create(&temporary).map_err(at(&path))?;
        let mut pending = Self { file, temporary, path, in_place: false };
        pending.file.write_all(bytes).map_err(at(&pending.path))?;
        Ok(pending)
    }

    fn sync(&self) -> Result<(), PublishError> {
        self.file.sync_all().map_err(at(&self.path))
    }

    fn put_in_place(mut self) -> Result<(), PublishError> {
        fs::rename(&self.temporary, &self.path).map_err(at(&self.path))?;
        self.in_place = true;
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.in_place {
            // What is left of it helps nobody; that it cannot be removed is the lesser trouble.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// A rename is durable when the folder is synced.
fn sync_folder(folder: &Path) -> Result<(), PublishError> {
    if cfg!(unix) { fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder)) } else { Ok(()) }
}

fn at(path: &Path) -> impl Fn(io::Error) -> PublishError {
    move |source| PublishError { path: path.to_owned(), source }
}

/// Removes what the manifest does not name from the bundle's folders. What cannot be removed stays: it does no harm.
fn remove_others(bundle: &Bundle, out: &Path) -> usize {
    let named: BTreeSet<PathBuf> = bundle.files.iter().map(|file| out.join(&file.path)).collect();
    let within = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let of_older_builds = FOLDERS.into_iter().flat_map(|folder| within(out.join(folder)));
    // A build that was killed at its last step; whatever else lies in the bundle's root is not ours to remove.
    let half_manifests = within(out.to_owned()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(".manifest.json.") && name.ends_with(".tmp")
    });
    of_older_builds
        .chain(half_manifests)
        .filter(|path| !named.contains(path) && path.is_file() && fs::remove_file(path).is_ok())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::BundleFile;

    fn bundle(manifest: &str, files: &[(&str, &str)]) -> Bundle {
        let file = |(path, bytes): &(&str, &str)| BundleFile { path: (*path).into(), bytes: bytes.as_bytes().into() };
        Bundle { manifest: manifest.into(), files: files.iter().map(file).collect(), ..Bundle::default() }
    }

    #[test]
    fn old_files_stay_until_they_are_pruned() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("kb");
        let first = publish(&bundle("1", &[("index/a.head", "A"), ("articles/b.pack", "B")]), &out, false).unwrap();
        assert_eq!((first.written, first.kept, first.bytes), (2, 0, 3));
        let second = publish(&bundle("2", &[("index/c.head", "C"), ("articles/b.pack", "B")]), &out, false).unwrap();
        assert_eq!((second.written, second.kept, second.removed), (1, 1, 0));
        assert!(out.join("index/a.head").exists());
        let third = publish(&bundle("2", &[("index/c.head", "C"), ("articles/b.pack", "B")]), &out, true).unwrap();
        assert_eq!((third.written, third.kept, third.removed), (0, 2, 1));
        assert!(!out.join("index/a.head").exists());
        assert_eq!(fs::read_to_string(out.join(MANIFEST)).unwrap(), "2");
    }

    #[test]
    fn a_damaged_file_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let whole = bundle("1", &[("index/a.head", "whole")]);
        publish(&whole, folder.path(), false).unwrap();
        fs::write(folder.path().join("index/a.head"), "who").unwrap();
        assert_eq!(publish(&whole, folder.path(), false).unwrap().written, 1);
        assert_eq!(fs::read_to_string(folder.path().join("index/a.head")).unwrap(), "whole");
    }

    #[test]
    fn what_cannot_be_written_is_named_and_the_old_manifest_stays() {
        let folder = tempfile::tempdir().unwrap();
        publish(&bundle("old", &[]), folder.path(), false).unwrap();
        // A file where a folder must be.
        fs::write(folder.path().join("index"), "").unwrap();
        let error = publish(&bundle("new", &[("index/a.head", "A")]), folder.path(), false).unwrap_err();
        assert!(error.to_string().contains("Nothing was published"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join(MANIFEST)).unwrap(), "old");
    }
}
