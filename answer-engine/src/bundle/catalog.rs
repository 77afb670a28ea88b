use crate::decision::Calibration;
use answer_messages::{Library, read_fields};
use serde::{Deserialize, Serialize};

/// What a head says of its articles and of the segment's documents. Numbers are positions in the lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// What a widget needs to greet, to browse and to link.
    pub library: Library,
    /// Snowball algorithm that the terms were made with.
    pub stemmer: Option<String>,
    /// Groups of words that mean the same here; each word as its terms, with spaces between them.
    pub synonyms: Vec<Vec<String>>,
    /// Words that questions are made of and that stand in so many texts that they are not looked up there; sorted.
    pub everywhere: Vec<String>,
    /// How to decide.
    pub settings: Settings,
    /// How many sample questions there are, headings that are questions among them.
    pub samples: u32,
    /// The numbers to decide by, found by the build's self-test.
    pub calibrations: Calibrations,
    /// By slug.
    pub articles: Vec<ArticleEntry>,
    /// Whether there is so much that few related words are looked for: each costs a request.
    pub is_large: bool,
    /// Of an index in [blocks](crate::divided): each article's length in words and in grams. What else is in the blocks is
    /// not here then: listings, weights, packs and places in them.
    pub lengths: Option<[Vec<u32>; 2]>,
    /// What each document of the segment stands for, by tantivy's document number.
    pub units: Vec<Unit>,
    /// The files that hold the articles.
    pub packs: Vec<Piece>,
}

impl Catalog {
    /// Whether a term is not looked up in texts.
    pub(crate) fn is_everywhere(&self, term: &str) -> bool {
        self.everywhere.binary_search_by(|known| known.as_str().cmp(term)).is_ok()
    }
}

/// One article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleEntry {
    /// Its slug, title and address: a position in the library's articles.
    pub listing: u32,
    /// Its first section.
    pub first_section: u32,
    /// How many sections it has.
    pub sections: u32,
    /// Where its events are.
    pub place: Place,
}

/// Bytes of a [`ArticleHash`].
pub const HASH: usize = 8;
/// The first bytes of an article's SHA-256: enough to tell a damaged or foreign file, and every visitor loads all of them.
pub type ArticleHash = [u8; HASH];

/// Where an article stands in a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The pack.
    pub pack: u32,
    /// First byte in it.
    pub offset: u32,
    /// Number of bytes.
    pub length: u32,
    /// By which they are known.
    pub hash: ArticleHash,
}

/// What a document of the segment stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// A title, alias, sample question, or a heading that is a question.
    Phrase {
        /// Its article.
        article: u32,
        /// Its section, for a heading.
        section: Option<u32>,
        /// Sum of the idf of its terms: how much there is to be matched.
        weight: f32,
    },
    /// A section: headings and body.
    Section {
        /// Its article.
        article: u32,
        /// Itself.
        section: u32,
        /// Sum of the idf of its heading's terms.
        weight: f32,
    },
    /// An article: its title, all its phrases joined.
    Article {
        /// Itself.
        article: u32,
    },
}

/// A file, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Path relative to the bundle's root.
    pub path: String,
    /// Bytes of a whole file.
    pub bytes: u32,
    /// First byte and number of bytes of a part, which is compressed with gzip; none where the file is meant.
    pub part: Option<(u32, u32)>,
}

/// The self-test's numbers; none where there was too little to test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibrations {
    /// Before the vectors are there, or without any.
    pub by_words: Option<Calibration>,
    /// With them.
    pub with_meaning: Option<Calibration>,
}

/// How a bundle's owner wants decisions to be made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Share of answers that may be wrong, 0 to 1.
    pub accepted_wrong_answers: f64,
    /// Share of questions that no article answers, 0 to 1.
    pub unanswerable_share: f64,
}

impl Default for Settings {
    /// One answer in ten may be wrong; a fifth of the questions has no article. `kb.toml` overrides both.
    fn default() -> Self {
        Self { accepted_wrong_answers: 0.1, unanswerable_share: 0.2 }
    }
}

read_fields!(Calibrations { by_words, with_meaning });
read_fields!(Settings { accepted_wrong_answers, unanswerable_share });
