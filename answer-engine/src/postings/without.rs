//! An index with a phrase or an article taken out of it, for self-tests: how would this question fare, were it not among
//! the samples?

use std::collections::BTreeMap;

use super::{FIELDS, FieldId, Part, Posting, Postings};

/// What is taken out.
#[derive(Clone, Debug, Default)]
pub struct Removal {
    /// The article that loses something.
    pub article: u32,
    /// Which of its phrases goes, counted within the article; `None` where the whole article goes.
    pub phrase: Option<u32>,
    /// Documents that go, sorted.
    pub documents: Vec<u32>,
    /// The document of the article's joined phrases, which loses the phrase's terms.
    pub joined: Option<u32>,
    /// What each term loses, by field and term.
    pub terms: BTreeMap<(usize, String), Loss>,
    /// How many tokens each field loses, by the field's number.
    pub tokens: [u32; FIELDS.len()],
}

/// What a term loses in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// In so many documents fewer it stands.
    pub documents: u32,
    /// So many times fewer it stands in the joined phrases.
    pub in_joined: u32,
}

/// [`Postings`] without what a [`Removal`] names.
pub(crate) struct Without<'a> {
    pub(crate) inner: &'a dyn Postings,
    pub(crate) removal: &'a Removal,
}

impl Without<'_> {
    /// Length of the joined phrases without what was taken out.
    fn shorter(&self, field: FieldId, length: u32) -> u32 {
        match field.part {
            Part::Questions => length.saturating_sub(self.removal.tokens[field.number()]),
            Part::Phrase | Part::Title | Part::Headings | Part::Body => length,
        }
    }

    fn loss(&self, field: FieldId, term: &str) -> Loss {
        self.removal.terms.get(&(field.number(), term.to_owned())).copied().unwrap_or_default()
    }
}

impl Postings for Without<'_> {
    fn documents(&self) -> u32 {
        self.inner.documents()
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.inner.tokens(field).saturating_sub(u64::from(self.removal.tokens[field.number()]))
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        self.inner.document_frequency(field, term).saturating_sub(self.loss(field, term).documents)
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        let loss = self.loss(field, term);
        self.inner.visit(field, term, &mut |mut posting| {
            if self.removal.joined == Some(posting.document) {
                posting.frequency = posting.frequency.saturating_sub(loss.in_joined);
                posting.length = self.shorter(field, posting.length);
            }
            let is_gone = loss != Loss::default() && self.removal.documents.binary_search(&posting.document).is_ok();
            if posting.frequency > 0 && !is_gone {
                visit(posting);
            }
        });
    }

    fn length(&self, field: FieldId, document: u32) -> u32 {
        let length = self.inner.length(field, document);
        if self.removal.joined == Some(document) { self.shorter(field, length) } else { length }
    }

    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32)) {
        self.inner.visit_terms(field, prefix, &mut |term, frequency| {
            let left = frequency.saturating_sub(self.loss(field, term).documents);
            if left > 0 {
                visit(term, left);
            }
        });
    }
}
