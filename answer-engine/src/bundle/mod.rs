//! The files of a bundle, format 1: what the indexer writes and the worker reads.
//!
//! `manifest.json` ([`Manifest`]) names, per language, a *head* file. A head is a [`container`] of named byte ranges:
//! [`CATALOG`] ([`Catalog`], encoded) and the files of one tantivy
//! segment. Articles stand in packs: [`postcard`-encoded](answer_messages::Article), found through the catalog.

mod bytes;
mod catalog;
mod catalog_file;
pub mod container;
#[cfg(feature = "full")]
mod directory;
mod manifest;

pub use bytes::Bytes;
pub use catalog::{ArticleEntry, ArticleHash, Calibrations, Catalog, HASH, Piece, Place, Settings, Unit};
pub use catalog_file::packed;
pub(crate) use catalog_file::unpacked;
#[cfg(feature = "full")]
pub use directory::ContainerDirectory;
pub use manifest::{FORMAT, File, LanguageEntry, Manifest, ManifestError};

use answer_messages::{Article, plain::Read as _};
use sha2::{Digest, Sha256};

/// Name of the catalog in a head.
pub const CATALOG: &str = "catalog";

/// SHA-256 as lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| char::from_digit(u32::from(half), 16).unwrap_or('0')).collect()
}

/// An article could not be taken out of its pack.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("article pack is not what the catalog says: build the bundle again, or reload the page")]
pub struct DamagedPack;

/// Takes the article at `place` out of its pack's bytes.
///
/// # Errors
/// [`DamagedPack`] where the range is not in the pack, its hash differs, or it is no article.
pub fn article_at(pack: &[u8], place: &Place) -> Result<Article, DamagedPack> {
    Article::from_plain(article_bytes(pack, place)?).ok_or(DamagedPack)
}

/// The same, as its bytes are.
///
/// # Errors
/// [`DamagedPack`] where the range is not in the pack or its hash differs.
pub fn article_bytes<'p>(pack: &'p [u8], place: &Place) -> Result<&'p [u8], DamagedPack> {
    let start = place.offset as usize;
    let end = start.checked_add(place.length as usize).ok_or(DamagedPack)?;
    let bytes = pack.get(start..end).ok_or(DamagedPack)?;
    if !Sha256::digest(bytes).starts_with(&place.hash) {
        return Err(DamagedPack);
    }
    Ok(bytes)
}
