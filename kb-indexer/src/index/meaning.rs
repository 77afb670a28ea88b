//! Vectors of words, phrases and sections for one language: the file that lets a question find by meaning.

use std::collections::BTreeMap;

use answer_engine::{
    bundle::Unit,
    meaning::{DIMENSIONS, MeaningFile, PACKED, keys, pack},
    postings::{FieldId, Part},
};

use super::{
    documents::Document,
    word_table::{WordTable, unit},
};

/// The table's words and vectors may take this much, so that a phone on a slow line has them soon.
const TABLE_BYTES: usize = 150_000;
/// The table's commonest words, which visitors may use though no article does.
const COMMON: usize = 3000;
/// An article with more phrases than this gets the means of as many groups of them.
pub(super) const PHRASES: usize = 16;
/// Words of a section after which it says nothing new about what it is about.
pub(crate) const SECTION_WORDS: usize = 100;

/// A lower bound of the file's bytes with at most [`PHRASES`] vectors for the phrases of an article, without making it.
pub(super) fn least_bytes(documents: &[Document], articles: usize) -> usize {
    let mut phrases = vec![0_usize; articles];
    let mut sections = 0;
    for document in documents {
        match document.unit {
            Unit::Phrase { article, .. } => phrases[article as usize] += 1,
            Unit::Section { .. } => sections += 1,
            Unit::Article { .. } => {}
        }
    }
    PACKED * (sections + phrases.into_iter().map(|phrases| phrases.min(PHRASES)).sum::<usize>())
}

/// A vector for each phrase and section of one language, and how often its texts use the table's words.
pub(super) struct Vectors {
    table: WordTable,
    phrases: Vec<Vec<[f32; DIMENSIONS]>>,
    sections: Vec<Vec<[f32; DIMENSIONS]>>,
    /// By the table's places.
    frequencies: Vec<u32>,
}

impl Vectors {
    /// `None` for a language without a table. `encoded` are the documents' vectors where a full encoder made them, in the
    /// documents' order; else they are the sums of their words' vectors.
    pub(super) fn of(
        lang: &str,
        documents: &[Document],
        articles: usize,
        encoded: Option<&[Option<[f32; DIMENSIONS]>]>,
    ) -> Result<Option<Self>, postcard::Error> {
        let Some(table) = WordTable::of(lang)? else { return Ok(None) };
        let mut phrases: Vec<Vec<[f32; DIMENSIONS]>> = vec![Vec::new(); articles];
        let mut sections: Vec<Vec<[f32; DIMENSIONS]>> = vec![Vec::new(); articles];
        let mut frequencies = vec![0_u32; table.len()];
        for (at, document) in documents.iter().enumerate() {
            let encoded = encoded.and_then(|encoded| *encoded.get(at)?);
            let terms_of = |field: FieldId| {
                let of_field = document.fields.iter().filter(move |(known, _)| *known == field);
                of_field.flat_map(|(_, terms)| terms.iter().map(String::as_str))
            };
            match document.unit {
                Unit::Phrase { article, .. } => {
                    let keys = keys(terms_of(Part::Phrase.words()), terms_of(Part::Phrase.grams()));
                    phrases[article as usize].push(encoded.unwrap_or_else(|| table.sum(keys)));
                }
                Unit::Section { article, .. } => {
                    let words =
                        terms_of(Part::Headings.words()).chain(terms_of(Part::Body.words()).take(SECTION_WORDS));
                    let grams =
                        terms_of(Part::Headings.grams()).chain(terms_of(Part::Body.grams()).take(2 * SECTION_WORDS));
                    sections[article as usize].push(encoded.unwrap_or_else(|| table.sum(keys(words, grams))));
                }
                Unit::Article { .. } => {}
            }
            for (_, terms) in &document.fields {
                for at in terms.iter().filter_map(|term| table.place(term)) {
                    frequencies[at] += 1;
                }
            }
        }
        Ok(Some(Self { table, phrases, sections, frequencies }))
    }

    /// Compiles the file, with at most `most` vectors for the phrases of an article. `vocabulary` is that of a large index.
    pub(super) fn file(&self, most: usize, vocabulary: &[String]) -> Result<Vec<u8>, postcard::Error> {
        let mut file = MeaningFile { vocabulary: vocabulary.to_vec(), ..MeaningFile::default() };
        for (phrases, sections) in self.phrases.iter().zip(&self.sections) {
            let phrases = grouped(phrases, most);
            #[allow(clippy::cast_possible_truncation, reason = "a front matter has at most 256 KiB")]
            file.phrases.push(phrases.len() as u16);
            for vector in phrases.iter().chain(sections) {
                file.vectors.extend_from_slice(&pack(vector).0);
            }
        }
        for (word, scale, row) in self.kept() {
            file.words.push(word.to_owned());
            file.scales.push(scale);
            file.rows.extend_from_slice(row);
        }
        postcard::to_allocvec(&file)
    }

    /// The commonest words of the language, then the index's own by falling frequency, as many as there is room for; sorted.
    fn kept(&self) -> impl Iterator<Item = (&str, u8, &[u8])> {
        let counted = self.frequencies.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut own: Vec<(usize, u32)> = counted.map(|(at, count)| (at, *count)).collect();
        let word = |at: usize| self.table.at(at).map(|(word, ..)| word);
        own.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| word(a.0).cmp(&word(b.0))));
        let mut kept = BTreeMap::new();
        let mut size = 0;
        for at in (0..COMMON.min(self.table.len())).chain(own.into_iter().map(|(at, _)| at)) {
            let Some((word, scale, row)) = self.table.at(at).filter(|(word, ..)| !kept.contains_key(word)) else {
                continue;
            };
            size += word.len() + 2 + PACKED;
            if size > TABLE_BYTES {
                break;
            }
            kept.insert(word, (scale, row));
        }
        kept.into_iter().map(|(word, (scale, row))| (word, scale, row))
    }
}

/// At most `most` vectors that stand for all: themselves, or the means of groups (k-means, begun at even steps).
fn grouped(vectors: &[[f32; DIMENSIONS]], most: usize) -> Vec<[f32; DIMENSIONS]> {
    if vectors.len() <= most {
        return vectors.to_vec();
    }
    let mut centers: Vec<[f32; DIMENSIONS]> = (0..most).map(|at| vectors[at * vectors.len() / most]).collect();
    for _ in 0..8 {
        let mut sums = vec![[0.0_f32; DIMENSIONS]; most];
        for vector in vectors {
            let dot = |center: &[f32; DIMENSIONS]| center.iter().zip(vector).map(|(a, b)| a * b).sum::<f32>();
            let mut nearest = (0, f32::NEG_INFINITY);
            for (at, center) in centers.iter().enumerate() {
                let near = dot(center);
                if near > nearest.1 {
                    nearest = (at, near);
                }
            }
            for (sum, value) in sums[nearest.0].iter_mut().zip(vector) {
                *sum += value;
            }
        }
        for (center, sum) in centers.iter_mut().zip(sums) {
            if sum.iter().any(|value| *value != 0.0) {
                *center = unit(sum);
            }
        }
    }
    centers
}
