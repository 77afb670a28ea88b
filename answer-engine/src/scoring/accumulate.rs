use super::bm25::{K1, idf, saturation};
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
    /// the position of the term in `terms`, and the term's idf.
    pub(super) fn new(
        postings: &dyn Postings,
        field: FieldId,
        documents: u32,
        terms: &[&str],
        ceilings: &[f64],
        mut matched: impl FnMut(u32, usize, f64),
    ) -> Self {
        if documents == 0 || terms.is_empty() {
            return Self { values: Vec::new(), touched: Vec::new() };
        }
        #[allow(clippy::cast_precision_loss, reason = "token counts are far below 2^52")]
        let average_length = postings.tokens(field) as f64 / f64::from(documents);
        let mut values = Vec::new();
        let mut touched = Vec::new();
        let mut attainable = 0.0;
        for (position, term) in terms.iter().enumerate() {
            let frequency = postings.document_frequency(field, term);
            let idf = idf(documents, frequency).min(ceilings.get(position).copied().unwrap_or(f64::INFINITY));
            attainable += idf * (K1 + 1.0);
            if frequency == 0 {
                continue;
            }
            if values.is_empty() {
                values = vec![0.0; postings.documents() as usize];
            }
            postings.visit(field, term, &mut |document, in_document| {
                let Some(value) = values.get_mut(document as usize) else {
                    return;
                };
                if *value == 0.0 {
                    touched.push(document);
                }
                *value += idf * saturation(in_document, postings.length(field, document), average_length);
                matched(document, position, idf);
            });
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
