//! Files for browsers: named by content, compressed beside themselves, listed in `web.json`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use flate2::{Compression, GzBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Loaded with the page.
    Loader,
    /// The panel.
    Bubble,
    /// The search worker's JavaScript.
    Worker,
    /// The search engine's WebAssembly.
    Engine,
    /// The way to the desk's chat, and the chat itself.
    Chat,
    /// The agents' console.
    Console,
    /// Style sheets of the desk's faces.
    Style,
}

/// One line of `web.json`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    path: String,
    role: Role,
    bytes: usize,
    br: usize,
}

/// `web.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    files: Vec<Entry>,
}

/// A file with its two compressed forms.
struct Asset {
    path: String,
    role: Role,
    plain: Vec<u8>,
    brotli: Vec<u8>,
    gzip: Vec<u8>,
}

/// The files of one build.
#[derive(Default)]
pub(crate) struct Assets(Vec<Asset>);

impl Assets {
    /// Adds a file named by its content and gives its path: that of `stem` with the hash behind it.
    pub(crate) fn add_hashed(&mut self, stem: &str, extension: &str, role: Role, bytes: Vec<u8>) -> String {
        let path = format!("{stem}.{}.{extension}", short_hash(&bytes));
        self.add(&path, role, bytes);
        path
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, path: &str, role: Role, plain: Vec<u8>) {
        self.0.push(Asset { path: path.to_owned(), role, brotli: brotli11(&plain), gzip: gzip9(&plain), plain });
    }

    /// Brotli bytes of all files of a role.
    pub(crate) fn brotli_bytes(&self, role: Role) -> usize {
        self.0.iter().filter(|asset| asset.role == role).map(|asset| asset.brotli.len()).sum()
    }

    /// Writes all files and `web.json`, then removes what an earlier build of ours left.
    pub(crate) fn write(&self, out: &Path) -> anyhow::Result<()> {
        let listing = out.join("web.json");
        let old: List = match std::fs::read(&listing) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(_) => List::default(),
        };
        for asset in &self.0 {
            put(&out.join(&asset.path), &asset.plain)?;
            put(&out.join(format!("{}.br", asset.path)), &asset.brotli)?;
            put(&out.join(format!("{}.gz", asset.path)), &asset.gzip)?;
        }
        let mut text = serde_json::to_string_pretty(&self.list())?;
        text.push('\n');
        put(&listing, text.as_bytes())?;
        let current: BTreeSet<&str> = self.0.iter().map(|asset| asset.path.as_str()).collect();
        for entry in old.files {
            if !current.contains(entry.path.as_str()) && is_ours(&entry.path) {
                for suffix in ["", ".br", ".gz"] {
                    // It may be gone already.
                    let _ = std::fs::remove_file(out.join(format!("{}{suffix}", entry.path)));
                }
            }
        }
        Ok(())
    }

    fn list(&self) -> List {
        let mut files: Vec<Entry> = self
            .0
            .iter()
            .map(|asset| Entry {
                path: asset.path.clone(),
                role: asset.role,
                bytes: asset.plain.len(),
                br: asset.brotli.len(),
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        List { files }
    }

    /// The sizes as a table for people.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("{:<48} {:>10} {:>10} {:>10}", "", "bytes", "gzip", "brotli");
        for asset in &self.0 {
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n{:<48} {:>10} {:>10} {:>10}",
                asset.path,
                asset.plain.len(),
                asset.gzip.len(),
                asset.brotli.len()
            );
        }
        text
    }
}

/// Whether a listed path can be one that this program wrote; a hand-edited list must not make it delete others' files.
fn is_ours(path: &str) -> bool {
    let below = path.strip_prefix("desk/").unwrap_or(path);
    let name = below.strip_prefix("assets/").or_else(|| below.strip_suffix(".html"));
    name.is_some_and(|name| !name.contains('/') && !name.starts_with('.'))
}

/// Writes beside the place and renames, and leaves an equal file alone.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let act = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        std::fs::write(&name, bytes)?;
        std::fs::rename(&name, path)
    };
    act().with_context(|| format!("cannot write {}", path.display()))
}

/// The first eight hexadecimal digits of the SHA-256: they stand in the loader, where every byte counts, and of a thousand
/// builds two with the same name for another file are not to be expected (one in ten thousand).
fn short_hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..4].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn brotli11(bytes: &[u8]) -> Vec<u8> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    // Neither reading a slice nor writing to a vector can fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters);
    out
}

/// No time stamp and no name, so that equal input gives equal bytes.
fn gzip9(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(text: &str) -> Assets {
        let mut assets = Assets::default();
        assets.add_hashed("assets/bubble", "js", Role::Bubble, text.as_bytes().to_vec());
        assets.add("loader.js", Role::Loader, b"load()".to_vec());
        assets
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn names_follow_content() {
        assert_eq!(short_hash(b""), "e3b0c442");
        assert_eq!(assets("a").0[0].path, "assets/bubble.ca978112.js", "the first eight digits of the SHA-256");
    }

    #[test]
    fn compressed_forms_give_the_bytes_back() {
        let text = "light ".repeat(1000);
        let asset = &assets(&text).0[0];
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut asset.brotli.as_slice(), &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
        let mut plain = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(asset.gzip.as_slice()), &mut plain).unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn a_new_build_removes_only_what_an_old_one_wrote() {
        let out = std::env::temp_dir().join(format!("xtask-assets-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&out);
        assets("old").write(&out).unwrap();
        std::fs::write(out.join("assets/foreign.js"), "").unwrap();
        assets("new").write(&out).unwrap();
        let hash = short_hash(b"new");
        assert_eq!(
            names(&out.join("assets")),
            [
                format!("bubble.{hash}.js"),
                format!("bubble.{hash}.js.br"),
                format!("bubble.{hash}.js.gz"),
                "foreign.js".to_owned(),
            ]
        );
        assert_eq!(names(&out), ["assets", "loader.js", "loader.js.br", "loader.js.gz", "web.json"]);
        std::fs::remove_dir_all(&out).unwrap();
    }

    #[test]
    fn a_list_cannot_point_elsewhere() {
        for path in ["../x", "assets/../x", "/etc/x", "assets/..", "x", "desk/../x", "desk/assets/a/b", "desk/x"] {
            assert!(!is_ours(path), "{path}");
        }
        for path in ["assets/worker.0.js", "desk/assets/chat.0.css", "desk/chat.html"] {
            assert!(is_ours(path), "{path}");
        }
    }
}
