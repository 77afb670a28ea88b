//! What scoring needs of an index, and no more.
//!
//! The wall behind which an index lives: a term's document frequency and postings, lengths, totals, and a walk over
//! the terms that share a beginning. [`ReaderPostings`] stands behind it: a reader of tantivy's files that knows only these
//! few things, and is far smaller than a search library. With the feature `full` tantivy itself does too, as
//! `TantivyPostings`; both are asked the same in tests, and scoring cannot tell them apart.

mod divided_postings;
mod field;
mod index;
mod reader_postings;
mod remembered;
#[cfg(feature = "full")]
mod tantivy_postings;
mod without;

#[cfg(feature = "full")]
pub use field::schema;
pub use field::{FIELDS, FieldId, Part};
#[cfg(feature = "full")]
pub use tantivy_postings::TantivyPostings;
pub(crate) use without::Without;
pub use {
    divided_postings::DividedPostings,
    index::Index,
    reader_postings::ReaderPostings,
    remembered::Remembered,
    without::{Loss, Removal},
};

/// The segment in a head could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// It is not one that the reader knows.
    #[error("the index cannot be opened ({0}): build the bundle with the version of the widget")]
    Segment(#[from] segment_reader::Error),
    /// It has other fields.
    #[error("the index has another schema: build the bundle with the version of the widget")]
    Schema,
    /// tantivy refused it.
    #[cfg(feature = "full")]
    #[error("the index cannot be opened ({0}): build the bundle with the version of the widget")]
    Tantivy(#[from] tantivy::TantivyError),
    /// It is not exactly one segment.
    #[cfg(feature = "full")]
    #[error("the index has {0} segments instead of one: build the bundle again")]
    Segments(usize),
}

/// A document that holds a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Its number.
    pub document: u32,
    /// How often it holds the term.
    pub frequency: u32,
    /// Number of tokens of its field, as [`Postings::length`] has it.
    pub length: u32,
}

/// Parts whose vocabulary counts as known.
pub(crate) const KNOWN: [Part; 3] = [Part::Phrase, Part::Headings, Part::Body];

/// Read access to one segment. Document numbers are those of the catalog's units.
pub trait Postings {
    /// Number of documents.
    fn documents(&self) -> u32;

    /// Number of tokens in all documents of a field.
    fn tokens(&self, field: FieldId) -> u64;

    /// In how many documents of a field the term stands; 0 where it is unknown.
    fn document_frequency(&self, field: FieldId, term: &str) -> u32;

    /// Calls `visit` with each document of the field that holds the term, rising.
    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting));

    /// The weight of a phrase or section that was visited, as the catalog packs it; `None` where the catalog has them.
    fn weight(&self, _document: u32) -> Option<u8> {
        None
    }

    /// Number of tokens of a document's field, rounded as the index stores it.
    fn length(&self, field: FieldId, document: u32) -> u32;

    /// Calls `visit` with each term of the field that begins with `prefix`, in the order of the dictionary, and its
    /// document frequency.
    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32));

    /// Whether nothing was missing of what has been asked for; otherwise what it told is not the last word.
    fn is_complete(&self) -> bool {
        true
    }

    /// Whether a term stands in any phrase, heading or text: for many terms that may be none.
    fn is_word(&self, term: &str) -> bool {
        KNOWN.iter().any(|part| self.document_frequency(part.words(), term) > 0)
    }
}
