use answer_engine::bundle::{ArticleHash, HASH, Pack, Place, sha256_hex};
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
    /// The packs' files.
    pub(super) files: Vec<BundleFile>,
    /// The packs, in the order that places count.
    pub(super) packs: Vec<Pack>,
    /// Where each article is, in their order.
    pub(super) places: Vec<Place>,
}

/// Packs articles in their order, so that those of one folder lie together.
pub(super) fn pack(articles: &[&ParsedArticle]) -> Result<Packs, IndexError> {
    let mut packs = Packs { files: Vec::new(), packs: Vec::new(), places: Vec::new() };
    let mut open: Vec<u8> = Vec::new();
    let encoded: Vec<Vec<u8>> = articles
        .iter()
        .map(|article| Ok(postcard::to_allocvec(&to_be_shown(article)?)?))
        .collect::<Result<_, IndexError>>()?;
    let full = FULL.max(encoded.iter().map(Vec::len).sum::<usize>() / PACKS);
    for (article, bytes) in articles.iter().zip(encoded) {
        if !open.is_empty() && open.len() + bytes.len() > full {
            packs.close(std::mem::take(&mut open));
        }
        let too_large = |_| IndexError::TooLarge { lang: article.lang.clone() };
        packs.places.push(Place {
            pack: u32::try_from(packs.packs.len()).map_err(too_large)?,
            offset: u32::try_from(open.len()).map_err(too_large)?,
            length: u32::try_from(bytes.len()).map_err(too_large)?,
            hash: first_of(&Sha256::digest(&bytes)),
        });
        open.extend_from_slice(&bytes);
    }
    if !open.is_empty() {
        packs.close(open);
    }
    Ok(packs)
}

impl Packs {
    fn close(&mut self, bytes: Vec<u8>) {
        // An article is at most a few times the 5 MB that its file may have.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let file = BundleFile::named_by_content("articles", "pack", bytes);
        self.packs.push(Pack { path: file.path.clone(), bytes: length });
        self.files.push(file);
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
