use super::{DividedPostings, FieldId, Posting, Postings, ReaderPostings};

/// An index in either form.
pub enum Index {
    /// All of it, as tantivy's files.
    Whole(ReaderPostings),
    /// The same, read by tantivy.
    #[cfg(feature = "full")]
    Tantivy(Box<super::TantivyPostings>),
    /// In blocks.
    Divided(Box<DividedPostings>),
}

impl Index {
    fn inner(&self) -> &dyn Postings {
        match self {
            Self::Whole(postings) => postings,
            #[cfg(feature = "full")]
            Self::Tantivy(postings) => &**postings,
            Self::Divided(postings) => &**postings,
        }
    }
}

impl Postings for Index {
    fn documents(&self) -> u32 {
        self.inner().documents()
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.inner().tokens(field)
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        self.inner().document_frequency(field, term)
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        self.inner().visit(field, term, visit);
    }

    fn weight(&self, document: u32) -> Option<u8> {
        self.inner().weight(document)
    }

    fn length(&self, field: FieldId, document: u32) -> u32 {
        self.inner().length(field, document)
    }

    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32)) {
        self.inner().visit_terms(field, prefix, visit);
    }

    fn is_complete(&self) -> bool {
        self.inner().is_complete()
    }

    fn is_word(&self, term: &str) -> bool {
        self.inner().is_word(term)
    }
}
