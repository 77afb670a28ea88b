use super::{
    bm25::{K1, saturation},
    look_up::{Find, LookUp},
};
use crate::postings::{FieldId, Postings};

/// Scores of one field's documents for one question.
pub(super) struct FieldScores {
    /// By document; the score divided by the best that the question could reach.
    values: Vec<f64>,
    /// Documents that hold any term, rising.
    pub(super) touched: Vec<u32>,
}

impl FieldScores {
    /// Scores every document of `field`, of which `documents` have the field at all. `matched` hears of each document,
    /// the position of the term in `terms`, what of the term's idf it has, and how it was found.
    pub(super) fn new(
        postings: &dyn Postings,
        field: FieldId,
        documents: u32,
        terms: &[LookUp<'_>],
        ceilings: &[f64],
        mut matched: impl FnMut(u32, usize, f64, Find),
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
        for (position, term) in terms.iter().enumerate() {
            let idf = term
                .idf(documents, |variant| postings.document_frequency(field, variant))
                .min(ceilings.get(position).copied().unwrap_or(f64::INFINITY));
            attainable += idf * (K1 + 1.0);
            for (variant, weight, find) in term.terms() {
                postings.visit(field, variant, &mut |document, in_document| {
                    let value = saturation(in_document, postings.length(field, document), average_length);
                    found.push((document, idf * weight * value, idf * weight, find));
                });
            }
            if term.has_several() {
                // Of several spellings in a document the best counts.
                found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
                found.dedup_by_key(|(document, ..)| *document);
            }
            if values.is_empty() && !found.is_empty() {
                values = vec![0.0; postings.documents() as usize];
            }
            for (document, value, idf, find) in found.drain(..) {
                let Some(sum) = values.get_mut(document as usize) else { continue };
                if *sum == 0.0 {
                    touched.push(document);
                }
                *sum += value;
                matched(document, position, idf, find);
            }
        }
        for document in &touched {
            values[*document as usize] /= attainable;
        }
        touched.sort_unstable();
        Self { values, touched }
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

    /// Documents that hold any term, rising, each once.
    pub(super) fn touched(&self) -> Vec<u32> {
        let mut all = self.words.touched.clone();
        all.extend_from_slice(&self.grams.touched);
        all.sort_unstable();
        all.dedup();
        all
    }
}
