//! An index that reads each term once: the parts of a message share most of their words, and so do an article's parts.

use std::{cell::RefCell, rc::Rc};

use super::{FIELDS, FieldId, Part, Posting, Postings};
use crate::bundle::Catalog;

/// What is remembered of a term.
#[derive(Default)]
struct Term {
    frequency: Option<u32>,
    list: Option<Rc<Vec<Posting>>>,
}

/// [`Postings`] that keep what was read of them.
pub struct Remembered<'a> {
    inner: &'a dyn Postings,
    catalog: &'a Catalog,
    /// By field; sorted by term, for a list is less code than a map.
    fields: [RefCell<Vec<(String, Term)>>; FIELDS.len()],
}

impl<'a> Remembered<'a> {
    /// Knows nothing yet.
    pub fn new(inner: &'a dyn Postings, catalog: &'a Catalog) -> Self {
        Self { inner, catalog, fields: Default::default() }
    }

    /// What [`Postings::visit`] tells of a term, as a list; nothing of one that is not looked up in texts.
    pub fn list(&self, field: FieldId, term: &str) -> Rc<Vec<Posting>> {
        let mut remembered = self.fields[field.number()].borrow_mut();
        let known = known(&mut remembered, term);
        if let Some(list) = &known.list {
            return list.clone();
        }
        let mut list = Vec::new();
        if field != Part::Body.words() || !self.catalog.is_everywhere(term) {
            self.inner.visit(field, term, &mut |posting| list.push(posting));
        }
        let list = Rc::new(list);
        known.list = Some(list.clone());
        list
    }
}

/// What is remembered of a term, nothing yet where it is a new one.
fn known<'t>(terms: &'t mut Vec<(String, Term)>, term: &str) -> &'t mut Term {
    let place = terms.binary_search_by(|(known, _)| known.as_str().cmp(term)).unwrap_or_else(|place| {
        terms.insert(place, (term.to_owned(), Term::default()));
        place
    });
    &mut terms[place].1
}

impl Postings for Remembered<'_> {
    fn documents(&self) -> u32 {
        self.inner.documents()
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.inner.tokens(field)
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        let mut remembered = self.fields[field.number()].borrow_mut();
        *known(&mut remembered, term).frequency.get_or_insert_with(|| self.inner.document_frequency(field, term))
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        for posting in self.list(field, term).iter() {
            visit(*posting);
        }
    }

    fn weight(&self, document: u32) -> Option<u8> {
        self.inner.weight(document)
    }

    fn length(&self, field: FieldId, document: u32) -> u32 {
        self.inner.length(field, document)
    }

    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32)) {
        self.inner.visit_terms(field, prefix, visit);
    }

    fn is_complete(&self) -> bool {
        self.inner.is_complete()
    }

    fn is_word(&self, term: &str) -> bool {
        self.inner.is_word(term)
    }
}
