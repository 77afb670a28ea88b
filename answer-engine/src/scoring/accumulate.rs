use super::{
    bm25::{K1, saturation},
    look_up::{Find, LookUp},
    zeros::Zeros,
};
use crate::postings::{FieldId, Posting, Postings as _, Remembered};

/// What is noted of each document while a field is scored.
pub(super) struct Notes<'t> {
    /// Which of the question's words (first) and grams (second) it has.
    pub(super) masks: &'t mut [[u64; 2]],
    /// Which of the two are noted; neither where nobody asks.
    pub(super) stream: Option<usize>,
    /// The idf of what it has, where that is added up.
    pub(super) cover: Option<&'t mut [f64]>,
}

impl Notes<'_> {
    fn add(&mut self, document: usize, position: usize, idf: f64, find: Find) {
        if let Some(cover) = self.cover.as_mut().and_then(|cover| cover.get_mut(document)) {
            *cover += idf;
        }
        // What is only near in meaning does not count as covered.
        if find == Find::Said
            && let Some(stream) = self.stream
            && let Some(masks) = self.masks.get_mut(document)
        {
            masks[stream] |= bit(position);
        }
    }
}

/// A word's place in a mask. A question of more than 64 terms is covered by its first 64.
pub(super) fn bit(position: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(position).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// Scores of one field's documents for one question.
pub(super) struct FieldScores {
    /// By document; the score divided by the best that the question could reach.
    values: Vec<f64>,
    /// Documents that hold any term, in any order.
    touched: Vec<u32>,
}

impl FieldScores {
    /// Scores every document of `field`, of which `documents` have the field at all.
    pub(super) fn new(
        postings: &Remembered<'_>,
        zeros: &Zeros,
        field: FieldId,
        documents: u32,
        terms: &[LookUp<'_>],
        ceilings: &[f64],
        mut notes: Notes<'_>,
    ) -> Self {
        if documents == 0 || terms.is_empty() {
            return Self { values: Vec::new(), touched: Vec::new() };
        }
        #[allow(clippy::cast_precision_loss, reason = "token counts are far below 2^52")]
        let average_length = postings.tokens(field) as f64 / f64::from(documents);
        let mut values = Vec::new();
        let mut touched = Vec::new();
        let mut attainable = 0.0;
        let mut found: Vec<(u32, f64, f64, Find)> = Vec::new();
        // By document, the place in `found` counted from 1.
        let mut places: Vec<f64> = Vec::new();
        let mut add = |document: u32, position: usize, value: f64, idf: f64, find: Find| {
            if values.is_empty() {
                values = zeros.sums(postings.documents() as usize);
            }
            let Some(sum) = values.get_mut(document as usize) else { return };
            if *sum == 0.0 {
                touched.push(document);
            }
            *sum += value;
            notes.add(document as usize, position, idf, find);
        };
        for (position, term) in terms.iter().enumerate().filter(|(_, term)| !term.everywhere) {
            let idf = term
                .idf(documents, |variant| postings.document_frequency(field, variant))
                .min(ceilings.get(position).copied().unwrap_or(f64::INFINITY));
            attainable += idf * (K1 + 1.0);
            let value_of = |posting: &Posting| saturation(posting.frequency, posting.length, average_length);
            if !term.has_several() {
                for posting in postings.list(field, term.term).iter() {
                    add(posting.document, position, idf * value_of(posting), idf, Find::Said);
                }
                continue;
            }
            if places.is_empty() {
                places = zeros.sums(postings.documents() as usize);
            }
            // Of several terms in a document the best counts, of equals the first.
            for (variant, weight, find) in term.terms() {
                for posting in postings.list(field, variant).iter() {
                    let Some(place) = places.get_mut(posting.document as usize) else { continue };
                    let one = (posting.document, idf * weight * value_of(posting), idf * weight, find);
                    #[allow(
                        clippy::cast_precision_loss,
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "a count of documents is exact in a double"
                    )]
                    if *place == 0.0 {
                        found.push(one);
                        *place = found.len() as f64;
                    } else if let Some(best) = found.get_mut(*place as usize - 1)
                        && one.1 > best.1
                    {
                        *best = one;
                    }
                }
            }
            for (document, value, idf, find) in found.drain(..) {
                places[document as usize] = 0.0;
                add(document, position, value, idf, find);
            }
        }
        zeros.clear_sums(places, std::iter::empty());
        for document in &touched {
            values[*document as usize] /= attainable;
        }
        Self { values, touched }
    }

    /// Gives the tables back.
    fn end(self, zeros: &Zeros) {
        zeros.clear_sums(self.values, self.touched.iter().copied());
    }

    /// The document's share of the best attainable score, 0 to 1.
    pub(super) fn of(&self, document: u32) -> f64 {
        self.values.get(document as usize).copied().unwrap_or(0.0)
    }
}

/// A part's words and grams together.
pub(super) struct PartScores {
    pub(super) words: FieldScores,
    pub(super) grams: FieldScores,
    /// Whether the question has grams for this part.
    pub(super) mixed: bool,
}

impl PartScores {
    /// Half words, half grams, where there are grams.
    pub(super) fn of(&self, document: u32) -> f64 {
        if self.mixed { 0.5 * self.words.of(document) + 0.5 * self.grams.of(document) } else { self.words.of(document) }
    }

    /// Gives the tables back.
    pub(super) fn end(self, zeros: &Zeros) {
        self.words.end(zeros);
        self.grams.end(zeros);
    }

    /// Documents that hold any term, in any order; those with words and grams twice.
    pub(super) fn touched(&self) -> impl Iterator<Item = u32> {
        self.words.touched.iter().chain(&self.grams.touched).copied()
    }

    /// The same, rising, each once.
    pub(super) fn in_order(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self.touched().collect();
        sort(&mut all, self.words.values.len().max(self.grams.values.len()));
        all
    }
}

/// Brings documents below `end` into their order, each once. Many of them are marked and read off, which is faster than
/// comparing.
fn sort(documents: &mut Vec<u32>, end: usize) {
    if documents.len() < end / 16 {
        documents.sort_unstable();
        documents.dedup();
        return;
    }
    let mut marked = vec![false; end];
    for document in documents.drain(..) {
        marked[document as usize] = true;
    }
    for (document, marked) in (0_u32..).zip(marked) {
        if marked {
            documents.push(document);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order() {
        let check = |documents: &[u32], end| {
            let (mut sorted, mut expected) = (documents.to_vec(), documents.to_vec());
            sort(&mut sorted, end);
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(sorted, expected);
        };
        check(&[], 0);
        check(&[3, 1, 3, 0], 4);
        check(&[3, 1, 3, 0], 4000);
        check(&(0..500).map(|n| n * 7919 % 1000).collect::<Vec<_>>(), 1000);
    }
}
