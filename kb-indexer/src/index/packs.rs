use answer_engine::bundle::{ArticleHash, HASH, Piece, Place, sha256_hex};
use answer_messages::Article;
use sha2::{Digest, Sha256};

use super::{BundleFile, IndexError};
use crate::article::ParsedArticle;

/// A pack is closed when it holds this many bytes: an answer fetches one for each article that it names, so a small one is
/// soon there. A longer article makes a pack of its own.
const FULL: usize = 16 * 1024;
/// A large help centre has larger packs, so that they are about this many: hosts count files.
const PACKS: usize = 128;

/// Articles in packs.
pub(super) struct Packs {
    /// The packs, in the order that places count.
    pub(super) packs: Vec<Vec<u8>>,
    /// Where each article is, in their order.
    pub(super) places: Vec<Place>,
}

/// An article as a visitor's browser reads it.
pub(super) struct EncodedArticle {
    bytes: Vec<u8>,
    hash: ArticleHash,
}

/// Encodes articles, in their order.
pub(super) fn encode(articles: &[&ParsedArticle]) -> Result<Vec<EncodedArticle>, IndexError> {
    let encoded = articles.iter().map(|article| {
        let bytes = postcard::to_allocvec(&to_be_shown(article)?)?;
        Ok(EncodedArticle { hash: first_of(&Sha256::digest(&bytes)), bytes })
    });
    encoded.collect()
}

/// Packs articles in their order, so that those of one folder lie together; into about [`PACKS`] packs, or into small ones
/// however many they are.
pub(super) fn pack(articles: &[EncodedArticle], small: bool, lang: &str) -> Result<Packs, IndexError> {
    let mut packs = Packs { packs: Vec::new(), places: Vec::new() };
    let all = articles.iter().map(|article| article.bytes.len()).sum::<usize>();
    let full = if small { FULL } else { FULL.max(all / PACKS) };
    for EncodedArticle { bytes, hash } in articles {
        let has_room = packs.packs.last().is_some_and(|open| open.len() + bytes.len() <= full);
        if !has_room {
            packs.packs.push(Vec::new());
        }
        let at = packs.packs.len() - 1;
        let open = &mut packs.packs[at];
        let too_large = |_| IndexError::TooLarge { lang: lang.to_owned() };
        packs.places.push(Place {
            pack: u32::try_from(at).map_err(too_large)?,
            offset: u32::try_from(open.len()).map_err(too_large)?,
            length: u32::try_from(bytes.len()).map_err(too_large)?,
            hash: *hash,
        });
        open.extend_from_slice(bytes);
    }
    Ok(packs)
}

impl Packs {
    /// A file for each pack, and what the catalog says of it.
    pub(super) fn files(self) -> (Vec<Piece>, Vec<BundleFile>) {
        let files = self.packs.into_iter().map(|bytes| {
            // An article is at most a few times the 5 MB that its file may have.
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let file = BundleFile::named_by_content("articles", "pack", bytes);
            (Piece { path: file.path.clone(), bytes: length, part: None }, file)
        });
        files.unzip()
    }
}

fn first_of(digest: &[u8]) -> ArticleHash {
    let mut hash = [0; HASH];
    hash.copy_from_slice(&digest[..HASH]);
    hash
}

fn to_be_shown(article: &ParsedArticle) -> Result<Article, IndexError> {
    let content = postcard::to_allocvec(&(&article.title, &article.events))?;
    Ok(Article {
        slug: article.slug.clone(),
        lang: article.lang.clone(),
        title: article.title.clone(),
        url: article.url.clone(),
        updated: article.updated.clone(),
        collection: article.collection.clone(),
        version: sha256_hex(&content)[..16].to_owned(),
        events: article.events.clone(),
    })
}
