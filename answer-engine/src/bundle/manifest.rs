use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The format that this build reads and writes.
pub const FORMAT: u32 = 1;

/// `manifest.json`: the only file of a bundle that changes in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`FORMAT`].
    pub format: u32,
    /// The default language.
    pub default: String,
    /// What there is in each language.
    pub languages: BTreeMap<String, LanguageEntry>,
}

/// One language of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageEntry {
    /// Number of articles.
    pub articles: usize,
    /// Files to load before the first answer.
    pub head: Vec<File>,
    /// Files that the answers get better by, loaded when there is time; none for a language without word vectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<File>,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Path relative to the bundle's root.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// A manifest could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It is not JSON of the expected shape.
    #[cfg(feature = "json")]
    #[error("manifest.json cannot be read ({0}): is this the address of a bundle that kb-indexer built?")]
    Malformed(#[from] serde_json::Error),
    /// It is of another format.
    #[error("the bundle is of format {found}, this build reads format {FORMAT}: build both with the same version")]
    Format {
        /// The format found.
        found: u32,
    },
}

impl Manifest {
    /// Whether this build reads manifests of a format.
    ///
    /// # Errors
    /// [`ManifestError::Format`] where it does not.
    pub fn check_format(format: u32) -> Result<(), ManifestError> {
        if format == FORMAT { Ok(()) } else { Err(ManifestError::Format { found: format }) }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] where the bytes are no manifest or one of another format.
    #[cfg(feature = "json")]
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        // The format first: another one may have another shape.
        let head: Head = serde_json::from_slice(bytes)?;
        Self::check_format(head.format)?;
        Ok(serde_json::from_slice(bytes)?)
    }
}
