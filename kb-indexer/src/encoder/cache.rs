//! Vectors of texts that were encoded before: a text is encoded once, however often the articles are built.
//!
//! One file a model, in the user's cache folder. It can be deleted at any time; one that cannot be read is made anew.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use answer_engine::meaning::DIMENSIONS;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A file with more vectors than this begins anew: 64 MB.
const MOST: usize = 230_000;

/// First half of the SHA-256 of a text.
type Key = [u8; 16];

/// Vectors by text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cache {
    vectors: BTreeMap<Key, Vec<f32>>,
}

fn key(text: &str) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&Sha256::digest(text)[..16]);
    key
}

/// Where caches of this program are: below `XDG_CACHE_HOME`, else `~/.cache`; none where there is no home.
pub(super) fn folder() -> Option<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME").filter(|path| Path::new(path).is_absolute()).map(PathBuf::from);
    let base = base.or_else(|| Some(env::home_dir()?.join(".cache")))?;
    Some(base.join("porchlight").join("encoder"))
}

impl Cache {
    /// What stands in a file; nothing where it cannot be read.
    pub(super) fn read(path: &Path) -> Self {
        let cache = fs::read(path).ok().and_then(|bytes| postcard::from_bytes::<Self>(&bytes).ok()).unwrap_or_default();
        let sound = |vector: &Vec<f32>| vector.len() == DIMENSIONS && vector.iter().all(|number| number.is_finite());
        if cache.vectors.values().all(sound) { cache } else { Self::default() }
    }

    /// A text's vector.
    pub(super) fn get(&self, text: &str) -> Option<[f32; DIMENSIONS]> {
        self.vectors.get(&key(text))?.as_slice().try_into().ok()
    }

    /// Takes vectors of new texts.
    pub(super) fn extend<'a>(&mut self, new: impl Iterator<Item = (&'a str, [f32; DIMENSIONS])>) {
        self.vectors.extend(new.map(|(text, vector)| (key(text), vector.to_vec())));
    }

    /// Writes the file, whole or not at all. Where that fails the next build takes its time again.
    pub(super) fn write(&self, path: &Path) {
        if self.vectors.len() > MOST {
            let _ = fs::remove_file(path);
            return;
        }
        let Ok(bytes) = postcard::to_allocvec(self) else { return };
        let written = path.with_extension(format!("{}.new", std::process::id()));
        let put = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&written, bytes));
        if put.and_then(|()| fs::rename(&written, path)).is_err() {
            let _ = fs::remove_file(&written);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_damage_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").join("b.vectors");
        let mut cache = Cache::read(&path);
        assert_eq!(cache, Cache::default());
        let vector = std::array::from_fn(|at| at as f32);
        cache.extend([("a text", vector)].into_iter());
        cache.write(&path);
        assert_eq!(Cache::read(&path).get("a text"), Some(vector));
        assert_eq!(Cache::read(&path).get("another"), None);
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 3);
        fs::write(&path, bytes).unwrap();
        assert_eq!(Cache::read(&path), Cache::default());
    }
}
