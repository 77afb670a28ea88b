//! What is looked up for one word of a question: the word, and other words that stand for it.

use super::bm25::idf;

/// A word that stands for a word of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// A term of the index.
    pub term: String,
    /// How much finding it counts, 0 to 1; 1 = as much as the word itself.
    pub weight: f64,
}

/// One word of the question, as fields are asked for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LookUp<'a> {
    pub(super) term: &'a str,
    pub(super) others: &'a [Variant],
    /// How much of its rarity counts, 0 to 1.
    pub(super) share: f64,
}

impl<'a> LookUp<'a> {
    /// The word alone.
    pub(super) fn alone(term: &'a str) -> Self {
        Self { term, others: &[], share: 1.0 }
    }

    /// The word and what stands for it, with weights.
    pub(super) fn variants(&self) -> impl Iterator<Item = (&'a str, f64)> {
        let others = self.others.iter().map(|variant| (variant.term.as_str(), variant.weight));
        std::iter::once((self.term, 1.0)).chain(others)
    }

    pub(super) fn has_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// How rare the word is among `documents`, with the words that count as much as it does.
    pub(super) fn idf(&self, documents: u32, frequency: impl Fn(&str) -> u32) -> f64 {
        let found = self.variants().filter(|(_, weight)| *weight >= 1.0).map(|(term, _)| frequency(term));
        self.share * idf(documents, found.fold(0, u32::saturating_add))
    }
}
