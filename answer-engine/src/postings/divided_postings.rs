use std::cell::RefCell;

use super::{FIELDS, FieldId, Part, Posting, Postings};
use crate::divided::{BlockTable, Blocks, Division, Family, Wanted, spelling, terms};

/// [`Postings`] in blocks, of which those are read that are here. What is missing is noted, and passes for a word that is
/// known and stands nowhere: so nothing is looked for in its place.
pub struct DividedPostings {
    documents: u32,
    tokens: [u64; FIELDS.len()],
    terms: Blocks,
    spelling: Blocks,
    /// Of the documents that were told of, by document.
    weights: RefCell<Vec<u8>>,
}

impl DividedPostings {
    /// An index of which no block is here; `None` where the tables are not sound.
    pub(crate) fn new(division: &Division) -> Option<Self> {
        let blocks = |family, table: &BlockTable| Blocks::new(family, table.clone());
        Some(Self {
            documents: division.documents,
            tokens: division.tokens,
            terms: blocks(Family::Terms, &division.terms)?,
            spelling: blocks(Family::Spelling, &division.spelling)?,
            weights: RefCell::default(),
        })
    }

    pub(crate) fn blocks(&self) -> [&Blocks; 2] {
        [&self.terms, &self.spelling]
    }

    pub(crate) fn take_missing(&self) -> Vec<Wanted> {
        self.terms.take_missing().chain(self.spelling.take_missing()).collect()
    }

    /// Notes the block that this term would be in, where it is missing.
    pub(crate) fn expect(&self, term: &str) {
        let _ = self.terms.of_key(term);
    }

    /// The term of texts with this beginning that stands in most documents, where that is in no more than two blocks; those
    /// that are missing are noted.
    pub(crate) fn likeliest(&self, prefix: &str) -> Option<String> {
        let blocks = self.terms.range(prefix);
        if blocks.len() > 2 {
            return None;
        }
        let here = blocks.filter_map(|number| self.terms.get(number).ok());
        here.filter_map(|block| terms::likeliest(&block, Part::Body.words(), prefix)).max().map(|(_, term)| term)
    }

    pub(crate) fn put(&self, family: Family, number: usize, bytes: Vec<u8>) {
        match family {
            Family::Terms => self.terms.put(number, bytes),
            Family::Spelling => self.spelling.put(number, bytes),
            Family::Cards => {}
        }
    }
}

impl Postings for DividedPostings {
    fn documents(&self) -> u32 {
        self.documents
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.tokens[field.number()]
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        match self.terms.of_key(term) {
            Some(Ok(block)) => terms::find(&block, field, term).map_or(0, |found| found.document_frequency),
            Some(Err(_)) => 1,
            None => 0,
        }
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        let Some(Ok(block)) = self.terms.of_key(term) else { return };
        let Some(found) = terms::find(&block, field, term) else { return };
        let mut weights = self.weights.borrow_mut();
        weights.resize(self.documents as usize, 0);
        found.visit(self.documents, &mut |posting, weight| {
            if let (Some(weight), Some(place)) = (weight, weights.get_mut(posting.document as usize)) {
                *place = weight;
            }
            visit(posting);
        });
    }

    fn weight(&self, document: u32) -> Option<u8> {
        self.weights.borrow().get(document as usize).copied()
    }

    /// Lengths of articles come with the catalog.
    fn length(&self, _: FieldId, _: u32) -> u32 {
        0
    }

    /// All words at once, with the field of texts.
    fn visit_terms(&self, field: FieldId, prefix: &str, visit: &mut dyn FnMut(&str, u32)) {
        if field != Part::Body.words() {
            return;
        }
        for block in self.spelling.with_prefix(prefix) {
            spelling::visit(&block, |word, frequency| {
                if word.starts_with(prefix) {
                    visit(word, frequency);
                }
            });
        }
    }

    fn is_complete(&self) -> bool {
        self.terms.is_complete() && self.spelling.is_complete()
    }

    fn is_word(&self, term: &str) -> bool {
        let mut is_word = false;
        // Where the block is missing, another round tells.
        if let Some(Ok(block)) = self.spelling.of_key(term) {
            spelling::visit(&block, |word, _| is_word |= word == term);
        }
        is_word
    }
}
