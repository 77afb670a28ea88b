//! An article as one text, scored from the postings of its sections.

use super::{
    bm25::{K1, idf, saturation_of},
    look_up::{Find, LookUp},
};
use crate::{
    bundle::{Catalog, Unit},
    postings::{FieldId, Part, Postings, Remembered},
};

/// How often a word in a heading counts.
const HEADING: u32 = 1;
/// How often a word in the title counts.
const TITLE: u32 = 2;

/// Lengths of articles, from those of their sections.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lengths {
    by_article: Vec<u32>,
    average: f64,
}

impl Lengths {
    /// Of these lengths, in the catalog's order.
    pub(super) fn new(by_article: Vec<u32>) -> Self {
        let total: f64 = by_article.iter().map(|length| f64::from(*length)).sum();
        #[allow(clippy::cast_precision_loss, reason = "fewer articles than 2^52")]
        let average = if by_article.is_empty() { 0.0 } else { total / by_article.len() as f64 };
        Self { by_article, average }
    }

    /// The mean over all articles.
    pub(super) fn average(&self) -> f64 {
        self.average
    }
}

/// The length of each article in words and in grams: those of its sections, headings and title added up.
pub fn lengths_by_article(catalog: &Catalog, postings: &dyn Postings) -> [Vec<u32>; 2] {
    [Part::words, Part::grams].map(|stream: fn(Part) -> FieldId| {
        let mut by_article = vec![0_u32; catalog.articles.len()];
        for (document, unit) in (0_u32..).zip(&catalog.units) {
            let length = |part| postings.length(stream(part), document);
            let (article, more) = match unit {
                Unit::Section { article, .. } => (article, HEADING * length(Part::Headings) + length(Part::Body)),
                Unit::Article { article } => (article, TITLE * length(Part::Title)),
                Unit::Phrase { .. } => continue,
            };
            if let Some(length) = by_article.get_mut(*article as usize) {
                *length = length.saturating_add(more);
            }
        }
        by_article
    })
}

/// BM25 over whole articles, divided by the best that the question could reach; by article. A term's frequency in an
/// article is the sum over its sections, headings counted twice (BM25F with one length).
pub(super) fn whole_scores(
    catalog: &Catalog,
    postings: &Remembered<'_>,
    fields: [FieldId; 3],
    lengths: &Lengths,
    terms: &[LookUp<'_>],
    ceilings: &[f64],
) -> Vec<f64> {
    let articles = catalog.articles.len();
    let mut scores = vec![0.0; articles];
    if terms.is_empty() {
        return scores;
    }
    let mut frequencies = vec![0.0; articles];
    let mut touched: Vec<u32> = Vec::new();
    let mut attainable = 0.0;
    #[allow(clippy::cast_possible_truncation, reason = "the catalog counts articles in u32")]
    let count = articles as u32;
    for (position, term) in terms.iter().enumerate().filter(|(_, term)| !term.everywhere) {
        // The articles that hold the word, or what stands for it, tell how rare it is.
        let mut holding = 0;
        for (variant, weight, find) in term.terms() {
            for (field, times) in fields.into_iter().zip([f64::from(HEADING), 1.0, f64::from(TITLE)]) {
                for posting in postings.list(field, variant).iter() {
                    let Some(Unit::Section { article, .. } | Unit::Article { article }) =
                        catalog.units.get(posting.document as usize)
                    else {
                        continue;
                    };
                    let Some(frequency) = frequencies.get_mut(*article as usize) else { continue };
                    if *frequency == 0.0 {
                        touched.push(*article);
                    }
                    *frequency += weight * times * f64::from(posting.frequency);
                }
            }
            if find == Find::Said {
                holding = touched.len();
            }
        }
        #[allow(clippy::cast_possible_truncation, reason = "at most one an article")]
        let idf =
            (term.share * idf(count, holding as u32)).min(ceilings.get(position).copied().unwrap_or(f64::INFINITY));
        attainable += idf * (K1 + 1.0);
        for article in touched.drain(..) {
            let frequency = std::mem::take(&mut frequencies[article as usize]);
            let length = lengths.by_article[article as usize];
            scores[article as usize] += idf * saturation_of(frequency, length, lengths.average);
        }
    }
    for score in &mut scores {
        *score /= attainable;
    }
    scores
}
