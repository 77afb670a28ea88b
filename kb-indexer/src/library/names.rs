//! Articles by what wiki links and Hugo's `ref` call them: title, alias, file name.

use std::collections::BTreeMap;

use super::{address, links::Origin};

/// Names, and the paths without extension of the articles that bear them.
#[derive(Debug, Default)]
pub(super) struct Names {
    paths: BTreeMap<String, Vec<String>>,
}

impl Names {
    /// A title or an alias of the article at `path`.
    pub(super) fn insert(&mut self, name: &str, path: &str) {
        self.add(name, address::without_extension(path));
    }

    fn add(&mut self, name: &str, path: &str) {
        let paths = self.paths.entry(key(name)).or_default();
        if !paths.iter().any(|known| known == path) {
            paths.push(path.to_owned());
        }
    }

    /// The file name of the article at `path`, without extension; that of its folder where the file stands for it.
    pub(super) fn insert_path(&mut self, path: &str) {
        let mut parts = path.rsplit('/');
        let name = parts.next().unwrap_or(path);
        let folder = parts.next().filter(|_| ["index", "_index", "readme"].contains(&name.to_lowercase().as_str()));
        self.add(folder.unwrap_or(name), path);
    }

    /// The article of that name; of several the one in the same folder, in the same language, the least deep.
    pub(super) fn find(&self, from: Origin<'_>, name: &str) -> Option<&str> {
        let name = name.trim_matches('/');
        let name = [".md", ".mdx", ".html"].iter().find_map(|extension| name.strip_suffix(extension)).unwrap_or(name);
        let whole = self.paths.get(&key(name));
        let (end, last) = match name.rsplit_once('/') {
            Some((_, last)) => (format!("/{name}"), Some(last)),
            None => (String::new(), None),
        };
        let ends = |path: &&String| format!("/{path}").to_lowercase().ends_with(&end.to_lowercase());
        let candidates: Vec<&String> = match (whole, last) {
            (Some(paths), _) => paths.iter().collect(),
            (None, Some(last)) => self.paths.get(&key(last)).into_iter().flatten().filter(ends).collect(),
            (None, None) => Vec::new(),
        };
        let language = |path: &str| from.language.is_some_and(|folder| path.split('/').next() == Some(folder));
        let best = candidates.into_iter().min_by_key(|path| {
            let elsewhere = address::folder(path) != address::folder(from.path);
            (elsewhere, !language(path), path.matches('/').count(), path.as_str())
        });
        best.map(String::as_str)
    }
}

/// Capital letters, blanks and hyphens make no difference.
fn key(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
