//! Libraries for tests, out of the tests' own texts.

use std::fs;

use super::{Library, ReadOptions};
use crate::config::Config;

/// Reads articles by path and text; a `kb.toml` among them are the settings.
pub(crate) fn of_texts(articles: &[(&str, &str)]) -> (Library, Config) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in articles {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (config, _) = Config::load(folder.path(), None).unwrap();
    let (library, _) = Library::read(folder.path(), &config, ReadOptions::default()).unwrap();
    (library, config)
}
