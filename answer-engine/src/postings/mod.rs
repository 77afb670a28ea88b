//! What scoring needs of an index, and no more.
//!
//! The wall behind which an index lives: a term's document frequency and postings, lengths, totals, and a walk over
//! the terms that share a beginning. [`TantivyPostings`] stands behind it today. A reader of the same files that knows
//! only these few things can be far smaller than a search library, and then scoring does not change.

mod field;
mod remembered;
mod tantivy_postings;
mod without;

pub use field::{FIELDS, FieldId, Part, schema};
pub(crate) use without::Without;
pub use {
    remembered::{Posting, Remembered},
    tantivy_postings::{IndexError, TantivyPostings},
    without::{Loss, Removal},
};

/// Read access to one segment. Document numbers are those of the catalog's units.
pub trait Postings {
    /// Number of documents.
    fn documents(&self) -> u32;

    /// Number of tokens in all documents of a field.
    fn tokens(&self, field: FieldId) -> u64;

    /// In how many documents of a field the term stands; 0 where it is unknown.
    fn document_frequency(&self, field: FieldId, term: &str) -> u32;

    /// Calls `visit` with each document of the field that holds the term, rising, and how often it does.
    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(u32, u32));

    /// Number of tokens of a document's field, rounded as the index stores it.
    fn length(&self, field: FieldId, document: u32) -> u32;

    /// Calls `visit` with each term of the field that begins with `prefix`, in the order of the dictionary, and its
    /// document frequency.
    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32));
}
