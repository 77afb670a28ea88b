//! Pictures that articles show.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use super::address;
use crate::{article::MediaFile, diagnostics::Code};

/// Larger pictures are not taken: nobody waits for them.
const MAX_BYTES: u64 = 20_000_000;
const EXTENSIONS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "apng"];

/// A picture as it was found.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) file: MediaFile,
    pub(super) size: Option<(u32, u32)>,
}

/// Why a picture is not shown.
#[derive(Clone, Debug)]
pub(super) struct Missing {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Missing {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { code: Code::MissingImage, message: message.into(), help }
    }
}

/// Reads each picture once.
pub(super) struct Pictures {
    root: PathBuf,
    read: BTreeMap<PathBuf, Result<Picture, Missing>>,
}

impl Pictures {
    /// Pictures below `root`, which holds no symbolic links.
    pub(super) fn below(root: &Path) -> Self {
        Self { root: root.to_owned(), read: BTreeMap::new() }
    }

    /// The picture that the article at `path` shows as `source`; `language` is the article's language folder.
    pub(super) fn find(&mut self, path: &str, language: Option<&str>, source: &str) -> Result<Picture, Missing> {
        let source = source.split(['?', '#']).next().unwrap_or("").trim();
        let source = address::percent_decode(source).replace('\\', "/");
        if source.is_empty() {
            return Err(Missing::new("the picture has no address", "Write the path of its file."));
        }
        let candidates = if source.starts_with('/') {
            vec![address::join("", &source), language.and_then(|folder| address::join(folder, &source))]
        } else {
            vec![self.beside(path, &source)]
        };
        let mut missing = None;
        for candidate in candidates.into_iter().flatten() {
            match self.load(&candidate) {
                Ok(picture) => return Ok(picture),
                Err(reason) => missing = missing.or(Some(reason)),
            }
        }
        Err(missing.unwrap_or_else(outside))
    }

    fn beside(&self, path: &str, source: &str) -> Option<String> {
        address::join(address::folder(path), source)
    }

    fn load(&mut self, path: &str) -> Result<Picture, Missing> {
        let location = self.locate(path)?;
        if let Some(known) = self.read.get(&location) {
            return known.clone();
        }
        let picture = read(&location);
        self.read.insert(location, picture.clone());
        picture
    }

    fn locate(&self, path: &str) -> Result<PathBuf, Missing> {
        let not_found = || {
            Missing::new(
                format!("there is no picture `{path}`"),
                "Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.",
            )
        };
        let direct = self.root.join(path);
        let found = fs::canonicalize(&direct).or_else(|_| {
            // macOS stores names decomposed; articles are read composed.
            use unicode_normalization::UnicodeNormalization as _;
            fs::canonicalize(self.root.join(path.nfd().collect::<String>()))
        });
        let location = found.map_err(|_| not_found())?;
        if !location.starts_with(&self.root) {
            return Err(outside());
        }
        if !location.is_file() {
            return Err(not_found());
        }
        Ok(location)
    }
}

fn outside() -> Missing {
    Missing {
        code: Code::OutsideRoot,
        message: "the picture lies outside the articles' folder and was not read".to_owned(),
        help: "Copy it into the articles' folder.",
    }
}

fn read(location: &Path) -> Result<Picture, Missing> {
    let unreadable = |error: std::io::Error| {
        Missing::new(format!("cannot read the picture: {error}"), "Check that you may read it.")
    };
    let extension = location.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    if !EXTENSIONS.contains(&extension.as_str()) {
        return Err(Missing::new(
            "the file is not a picture that browsers show",
            "Save it as PNG, JPEG, WebP, AVIF, GIF or SVG.",
        ));
    }
    if fs::metadata(location).map_err(unreadable)?.len() > MAX_BYTES {
        return Err(Missing::new("the picture is larger than 20 MB", "Save it smaller: visitors have to load it."));
    }
    let bytes = fs::read(location).map_err(unreadable)?;
    let size = imagesize::blob_size(&bytes)
        .ok()
        .and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(Picture {
        file: MediaFile {
            source: location.to_owned(),
            path: format!("media/{hash}.{extension}"),
            bytes: Arc::from(bytes),
        },
        size,
    })
}
