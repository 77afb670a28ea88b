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

/// How a term of the index was found for a word of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Find {
    /// It is the word, or stands for it.
    Said,
    /// It is near to it in meaning.
    Related,
}

/// One word of the question, as fields are asked for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LookUp<'a> {
    pub(super) term: &'a str,
    pub(super) others: &'a [Variant],
    /// What is near to it in meaning.
    pub(super) related: &'a [Variant],
    /// How much of its rarity counts, 0 to 1.
    pub(super) share: f64,
    /// Whether it stands in so many texts that it is not looked up in them at all.
    pub(super) everywhere: bool,
}

impl<'a> LookUp<'a> {
    /// The word alone.
    pub(super) fn alone(term: &'a str) -> Self {
        Self { term, others: &[], related: &[], share: 1.0, everywhere: false }
    }

    /// The word and what stands for it, with weights.
    fn said(&self) -> impl Iterator<Item = (&'a str, f64)> {
        let others = self.others.iter().map(|variant| (variant.term.as_str(), variant.weight));
        std::iter::once((self.term, 1.0)).chain(others)
    }

    /// All that is looked up for the word: a term, how much finding it counts, and how it is a find.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&'a str, f64, Find)> {
        let related = self.related.iter().map(|variant| (variant.term.as_str(), variant.weight, Find::Related));
        self.said().map(|(term, weight)| (term, weight, Find::Said)).chain(related)
    }

    pub(super) fn has_several(&self) -> bool {
        !self.others.is_empty() || !self.related.is_empty()
    }

    /// How rare the word is among `documents`, with the words that count as much as it does.
    pub(super) fn idf(&self, documents: u32, frequency: impl Fn(&str) -> u32) -> f64 {
        let found = self.said().filter(|(_, weight)| *weight >= 1.0).map(|(term, _)| frequency(term));
        self.share * idf(documents, found.fold(0, u32::saturating_add))
    }
}
