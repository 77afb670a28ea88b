use answer_messages::{
    Listing,
    plain::{Read, Reader},
};
use serde::{Deserialize, Serialize};

use crate::bundle::ArticleHash;

/// What an answer needs of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its position in the catalog.
    pub article: u32,
    /// Title, address and so on; without the description, which the text makes up for.
    pub listing: Listing,
    /// First byte in its pack.
    pub offset: u32,
    /// Number of bytes.
    pub length: u32,
    /// By which they are known.
    pub hash: ArticleHash,
}

impl Read for Card {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            article: Read::read(reader)?,
            listing: Read::read(reader)?,
            offset: Read::read(reader)?,
            length: Read::read(reader)?,
            hash: {
                let mut hash = ArticleHash::default();
                for byte in &mut hash {
                    *byte = reader.byte()?;
                }
                hash
            },
        })
    }
}

/// The cards of a block, which is a `postcard` list of them; none where it is something else.
pub fn cards(block: &[u8]) -> Vec<Card> {
    Vec::from_plain(block).unwrap_or_default()
}
