use segment_reader::{Field, Segment, SegmentFiles};

use super::{FIELDS, FieldId, IndexError, Posting, Postings};
use crate::bundle::Bytes;

/// [`Postings`] by our own reader of tantivy's files.
pub struct ReaderPostings {
    segment: Segment<Bytes>,
}

impl ReaderPostings {
    /// Opens the segment among the ranges of a head.
    ///
    /// # Errors
    /// [`IndexError`].
    pub fn open(files: Vec<(String, Bytes)>) -> Result<Self, IndexError> {
        let segment = Segment::open(SegmentFiles::of(files)?)?;
        // The fields' names are in a file that is not read; a head's first bytes tell that they are those of its version.
        if segment.fields().eq((0_u32..).take(FIELDS.len())) { Ok(Self { segment }) } else { Err(IndexError::Schema) }
    }

    fn field(&self, field: FieldId) -> Option<Field<'_>> {
        self.segment.field(field.number() as u32)
    }
}

impl Postings for ReaderPostings {
    fn documents(&self) -> u32 {
        self.segment.documents()
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.field(field).map_or(0, |field| field.tokens())
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        let term = self.field(field).and_then(|field| field.term(term.as_bytes()));
        term.map_or(0, |term| term.document_frequency)
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        let Some(field) = self.field(field) else { return };
        if let Some(term) = field.term(term.as_bytes()) {
            // The bytes are in memory: an error here means a damaged file, and what was read of it is the honest answer.
            let _ = field.postings(&term).for_each(|document, frequency| {
                visit(Posting { document, frequency, length: field.length(document).unwrap_or(0) });
            });
        }
    }

    fn length(&self, field: FieldId, document: u32) -> u32 {
        self.segment.length(field.number() as u32, document).unwrap_or(0)
    }

    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32)) {
        let Some(field) = self.field(field) else { return };
        let mut terms = field.terms_from(prefix.as_bytes());
        while let Some((key, term)) = terms.next() {
            if let Ok(key) = std::str::from_utf8(key) {
                visit(key, term.document_frequency);
            }
        }
    }
}
