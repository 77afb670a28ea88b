use std::sync::Arc;

use tantivy::{
    DocSet, Index, InvertedIndexReader, ReloadPolicy, TERMINATED, Term, fieldnorm::FieldNormReader,
    postings::Postings as _, schema::IndexRecordOption,
};

use super::{FIELDS, FieldId, IndexError, Posting, Postings, schema};
use crate::bundle::{Bytes, ContainerDirectory};

/// [`Postings`] by tantivy.
pub struct TantivyPostings {
    documents: u32,
    fields: Vec<OpenField>,
}

struct OpenField {
    inverted: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
}

impl TantivyPostings {
    /// Opens the segment among the ranges of a head.
    ///
    /// # Errors
    /// [`IndexError`].
    pub fn open(files: Vec<(String, Bytes)>) -> Result<Self, IndexError> {
        let index = Index::open(ContainerDirectory::new(files))?;
        if index.schema() != schema() {
            return Err(IndexError::Schema);
        }
        // Any other policy starts a thread.
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let [segment] = searcher.segment_readers() else {
            return Err(IndexError::Segments(searcher.segment_readers().len()));
        };
        let fields = FIELDS
            .iter()
            .map(|field| {
                Ok(OpenField {
                    inverted: segment.inverted_index(field.tantivy())?,
                    norms: segment.get_fieldnorms_reader(field.tantivy())?,
                })
            })
            .collect::<Result<_, tantivy::TantivyError>>()?;
        Ok(Self { documents: segment.max_doc(), fields })
    }

    fn field(&self, field: FieldId) -> &OpenField {
        &self.fields[field.number()]
    }
}

impl Postings for TantivyPostings {
    fn documents(&self) -> u32 {
        self.documents
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.field(field).inverted.total_num_tokens()
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        let term = Term::from_field_text(field.tantivy(), term);
        // The bytes are in memory: an error here means a damaged file, and an unknown term is the honest answer.
        self.field(field).inverted.doc_freq(&term).unwrap_or(0)
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        let term = Term::from_field_text(field.tantivy(), term);
        let postings = self.field(field).inverted.read_postings(&term, IndexRecordOption::WithFreqs);
        if let Ok(Some(mut postings)) = postings {
            let mut document = postings.doc();
            while document != TERMINATED {
                let (frequency, length) = (postings.term_freq(), self.length(field, document));
                visit(Posting { document, frequency, length });
                document = postings.advance();
            }
        }
    }

    fn length(&self, field: FieldId, document: u32) -> u32 {
        self.field(field).norms.fieldnorm(document)
    }

    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32)) {
        let terms = self.field(field).inverted.terms();
        let Ok(mut stream) = terms.range().ge(prefix.as_bytes()).into_stream() else {
            return;
        };
        while stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            if !term.starts_with(prefix) {
                return;
            }
            visit(term, stream.value().doc_freq);
        }
    }
}
