//! Words of the index that are near in meaning to a word of the question: "erase" finds "delete", but not as surely.

use std::cmp::Ordering;

use super::{look_up::Variant, terms::WordTerm};
use crate::{
    analysis::Analyzer,
    meaning::{LEAST, Meaning},
    postings::{Part, Postings},
};

/// What finding a word of the very same meaning counts, beside finding the word itself.
const SAME_MEANING: f64 = 0.6;

/// More words than this are not looked through: every question would wait for it.
const VOCABULARY: usize = 8_000;

/// Gives the rarest words of a question their related words.
pub(super) fn add(words: &mut [WordTerm], meaning: &Meaning, analyzer: &Analyzer) {
    let mut telling: Vec<&mut WordTerm> = words.iter_mut().filter(|word| !word.asking).collect();
    telling.sort_by(|a, b| b.idf.total_cmp(&a.idf));
    let [most, each] = meaning.related;
    for word in telling.into_iter().take(most) {
        let grams: Vec<String> = analyzer.grams(&word.term).into_iter().map(|token| token.term).collect();
        for (term, cosine) in meaning.related(&word.term, &grams).into_iter().take(each) {
            let weight = SAME_MEANING * (cosine - LEAST) / (1.0 - LEAST);
            if weight > 0.0 && word.variants.iter().all(|variant| variant.term != term) {
                word.related.push(Variant { term: term.to_owned(), weight });
            }
        }
    }
}

/// A word in more of the documents than this tells little of any, and going through them takes time.
const COMMON: f64 = 0.35;

/// The terms of an index among which related words are looked for: those of phrases and headings, then the commonest of
/// the texts, but not the words that stand everywhere.
pub fn vocabulary(postings: &dyn Postings) -> Vec<String> {
    let mut all: Vec<Known> = Vec::new();
    for part in [Part::Phrase, Part::Headings, Part::Body] {
        let is_short = part != Part::Body;
        postings.visit_terms(part.words(), "", &mut |term, frequency| {
            all.push(Known { term: term.to_owned(), is_short, frequency });
        });
    }
    // What is said of a term in a short text stands before what is said of it in a long one, and stays.
    sort(&mut all, |a, b| a.term.cmp(&b.term).then(b.is_short.cmp(&a.is_short)));
    all.dedup_by(|again, known| {
        let same = again.term == known.term;
        if same {
            known.frequency = known.frequency.saturating_add(again.frequency);
        }
        same
    });
    let most = (COMMON * f64::from(postings.documents())).max(20.0);
    all.retain(|known| f64::from(known.frequency) <= most);
    sort(&mut all, |a, b| {
        let commonest = b.is_short.cmp(&a.is_short).then(b.frequency.cmp(&a.frequency));
        commonest.then_with(|| a.term.cmp(&b.term))
    });
    all.truncate(VOCABULARY);
    all.into_iter().map(|known| known.term).collect()
}

/// A term of an index.
struct Known {
    term: String,
    /// Whether a phrase or a heading has it.
    is_short: bool,
    /// In how many documents it stands.
    frequency: u32,
}

/// Both orders go through one function that sorts.
fn sort(all: &mut [Known], order: fn(&Known, &Known) -> Ordering) {
    all.sort_unstable_by(order);
}
