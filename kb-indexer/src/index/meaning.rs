//! Vectors of words, phrases and sections for one language: the file that lets a question find by meaning.

use std::collections::{BTreeMap, HashMap};

use answer_engine::{
    bundle::Unit,
    meaning::{DIMENSIONS, MeaningFile, PACKED, keys, pack, scale_of, unpack},
    postings::{FieldId, Part},
};
use serde::Deserialize;

use super::documents::Document;

/// The table's words and vectors may take this much, so that a phone on a slow line has them soon.
const TABLE_BYTES: usize = 150_000;
/// The table's commonest words, which visitors may use though no article does.
const COMMON: usize = 3000;
/// An article with more phrases than this gets the means of as many groups of them.
pub(super) const PHRASES: usize = 16;
/// Words of a section after which it says nothing new about what it is about.
const SECTION_WORDS: usize = 100;

/// A table of word vectors for a language, commonest words first. How it is derived stands beside it.
#[derive(Deserialize)]
struct Table {
    words: Vec<String>,
    scales: Vec<u8>,
    rows: Vec<u8>,
}

/// The table's file for a language.
fn table_for(lang: &str) -> Option<&'static [u8]> {
    match lang.split(['-', '_']).next()? {
        "en" => Some(include_bytes!("../../words/en.words")),
        "ko" => Some(include_bytes!("../../words/ko.words")),
        _ => None,
    }
}

/// Compiles the file, with at most `most` vectors for the phrases of an article; `None` for a language without a table.
pub(super) fn meaning(
    lang: &str,
    documents: &[Document],
    articles: usize,
    most: Option<usize>,
) -> Result<Option<Vec<u8>>, postcard::Error> {
    let Some(bytes) = table_for(lang) else { return Ok(None) };
    let table: Table = postcard::from_bytes(bytes)?;
    let places: HashMap<&str, usize> = table.words.iter().enumerate().map(|(at, word)| (word.as_str(), at)).collect();
    let sum = |terms: &mut dyn Iterator<Item = &str>| {
        let mut sum = [0.0_f32; DIMENSIONS];
        for at in terms.filter_map(|term| places.get(term)) {
            let scale = scale_of(table.scales[*at]);
            for (sum, value) in sum.iter_mut().zip(unpack(&table.rows[at * PACKED..(at + 1) * PACKED])) {
                *sum += scale * f32::from(value);
            }
        }
        unit(sum)
    };
    let mut phrases: Vec<Vec<[f32; DIMENSIONS]>> = vec![Vec::new(); articles];
    let mut sections: Vec<Vec<[f32; DIMENSIONS]>> = vec![Vec::new(); articles];
    let mut frequencies: BTreeMap<&str, u32> = BTreeMap::new();
    for document in documents {
        let terms_of = |field: FieldId| {
            let of_field = document.fields.iter().filter(move |(known, _)| *known == field);
            of_field.flat_map(|(_, terms)| terms.iter().map(String::as_str))
        };
        match document.unit {
            Unit::Phrase { article, .. } => {
                let mut keys = keys(terms_of(Part::Phrase.words()), terms_of(Part::Phrase.grams()));
                phrases[article as usize].push(sum(&mut keys));
            }
            Unit::Section { article, .. } => {
                let words = terms_of(Part::Headings.words()).chain(terms_of(Part::Body.words()).take(SECTION_WORDS));
                let grams =
                    terms_of(Part::Headings.grams()).chain(terms_of(Part::Body.grams()).take(2 * SECTION_WORDS));
                sections[article as usize].push(sum(&mut keys(words, grams)));
            }
            Unit::Article { .. } => {}
        }
        for (_, terms) in &document.fields {
            for term in terms {
                if places.contains_key(term.as_str()) {
                    *frequencies.entry(term).or_default() += 1;
                }
            }
        }
    }
    let mut file = MeaningFile::default();
    for (phrases, sections) in phrases.iter().zip(&sections) {
        let phrases = grouped(phrases, most.unwrap_or(usize::MAX));
        #[allow(clippy::cast_possible_truncation, reason = "a front matter has at most 256 KiB")]
        file.phrases.push(phrases.len() as u16);
        for vector in phrases.iter().chain(sections) {
            file.vectors.extend_from_slice(&pack(vector).0);
        }
    }
    // The commonest words of the language, then the index's own by falling frequency, as many as there is room for.
    let mut own: Vec<(&str, u32)> = frequencies.into_iter().collect();
    own.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    let mut size = 0;
    let common = table.words.iter().take(COMMON).map(String::as_str);
    for word in common.chain(own.into_iter().map(|(word, _)| word)) {
        if !kept.contains_key(word) {
            size += word.len() + 2 + PACKED;
            if size > TABLE_BYTES {
                break;
            }
            kept.insert(word, places[word]);
        }
    }
    for (word, at) in kept {
        file.words.push(word.to_owned());
        file.scales.push(table.scales[at]);
        file.rows.extend_from_slice(&table.rows[at * PACKED..(at + 1) * PACKED]);
    }
    postcard::to_allocvec(&file).map(Some)
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

fn unit(vector: [f32; DIMENSIONS]) -> [f32; DIMENSIONS] {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 { vector.map(|value| value / length) } else { vector }
}
