//! Meaning beyond shared words: a small vector for each word, and one for each phrase and section.
//!
//! A question's vector is the sum of its words' vectors, brought to unit length; its nearness to a phrase or a section is
//! the cosine. The words' vectors come from a table (see `kb-indexer/words`), cut down to what one index needs; they are
//! four bits a number. All of it stands in a file of its own, which is loaded after the first answer could be given.

mod quantized;
mod vectors;
mod vocabulary;

pub use quantized::{DIMENSIONS, PACKED, pack, scale_byte, scale_of, unpack};
pub use vectors::Nearness;
pub(crate) use vocabulary::LEAST;

use answer_messages::plain::{Read, Reader};
use serde::{Deserialize, Serialize};

use crate::{bundle::Catalog, scoring::Terms};
use vectors::Vectors;
use vocabulary::Vocabulary;

/// What stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeaningFile {
    /// What [`keys`] gives, sorted.
    pub words: Vec<String>,
    /// Each word's scale as [`scale_byte`] makes it.
    pub scales: Vec<u8>,
    /// Each word's vector, [`PACKED`] bytes.
    pub rows: Vec<u8>,
    /// How many vectors of phrases each article has, in the catalog's order.
    pub phrases: Vec<u16>,
    /// Vectors whose length does not matter, [`PACKED`] bytes each: article by article, first its phrases, then its sections.
    pub vectors: Vec<u8>,
    /// Terms of a large index among which related words are looked for. A small one is walked through for them.
    pub vocabulary: Vec<String>,
}

impl Read for MeaningFile {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            words: Read::read(reader)?,
            scales: reader.bytes()?.to_vec(),
            rows: reader.bytes()?.to_vec(),
            phrases: Read::read(reader)?,
            vectors: reader.bytes()?.to_vec(),
            vocabulary: Read::read(reader)?,
        })
    }
}

/// The file does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file of word vectors is not that of this index: build the bundle again, or reload the page")]
pub struct Misfit;

/// The vectors of one index, open.
#[derive(Clone, Debug)]
pub struct Meaning {
    words: Vec<String>,
    scales: Vec<u8>,
    rows: Vec<u8>,
    vectors: Vectors,
    vocabulary: Vocabulary,
    listed: Vec<String>,
    /// Of how many of a question's words, and how many for each, related words are looked up.
    pub(crate) related: [usize; 2],
}

/// What [`Meaning::related`] is asked for: those of a long message would take most of an answer's time, and its common words
/// tell little.
const RELATED: [usize; 2] = [8, 12];
/// In a large index each related word costs a request.
const RELATED_IN_LARGE: [usize; 2] = [4, 4];

impl Meaning {
    /// Opens the file that was built with this catalog.
    ///
    /// # Errors
    /// [`Misfit`] where the bytes are something else.
    pub fn open(bytes: &[u8], catalog: &Catalog) -> Result<Self, Misfit> {
        let file = MeaningFile::from_plain(bytes).ok_or(Misfit)?;
        let sound = file.scales.len() == file.words.len()
            && file.rows.len() == file.words.len() * PACKED
            && file.words.is_sorted_by(|a, b| a < b);
        if !sound {
            return Err(Misfit);
        }
        let sections: Vec<usize> = catalog.articles.iter().map(|entry| entry.sections as usize).collect();
        let vectors = Vectors::new(&file.phrases, &sections, &file.vectors).ok_or(Misfit)?;
        let vocabulary = Vocabulary::default();
        let (listed, related) = (file.vocabulary, if catalog.is_large { RELATED_IN_LARGE } else { RELATED });
        Ok(Self { words: file.words, scales: file.scales, rows: file.rows, vectors, vocabulary, listed, related })
    }

    /// Gives away the terms that stand in the file.
    pub(crate) fn take_listed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.listed)
    }

    /// Takes terms of the index, each with its grams, among which [`Meaning::related`] looks. Those that the table says
    /// nothing of are left out.
    pub fn add_vocabulary(&mut self, terms: impl Iterator<Item = (String, Vec<String>)>) {
        for (term, grams) in terms {
            if let Some(vector) = self.of_word(&term, &grams) {
                self.vocabulary.add(term, &vector);
            }
        }
    }

    /// Terms of the index that are nearest in meaning to a word, and their cosines, falling.
    pub fn related(&self, term: &str, grams: &[String]) -> Vec<(&str, f64)> {
        self.vocabulary.near(term, || self.of_word(term, grams))
    }

    /// The words of the table, sorted.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether a word is in the table.
    pub fn knows(&self, word: &str) -> bool {
        self.words.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// The question's vector; `None` where the table knows none of its words.
    pub fn of(&self, terms: &Terms) -> Option<[f32; DIMENSIONS]> {
        self.sum(keys(terms.words.iter().map(|word| word.term.as_str()), terms.grams.iter().map(String::as_str)))
    }

    fn of_word(&self, term: &str, grams: &[String]) -> Option<[f32; DIMENSIONS]> {
        self.sum(keys(std::iter::once(term), grams.iter().map(String::as_str)))
    }

    /// Sum of the keys' rows at unit length; `None` where there is no row.
    fn sum<'a>(&self, keys: impl Iterator<Item = &'a str>) -> Option<[f32; DIMENSIONS]> {
        let mut sum = [0.0_f32; DIMENSIONS];
        for key in keys {
            let Ok(at) = self.words.binary_search_by(|known| known.as_str().cmp(key)) else { continue };
            let scale = scale_of(self.scales[at]);
            let row = unpack(&self.rows[at * PACKED..(at + 1) * PACKED]);
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += scale * f32::from(value);
            }
        }
        let length = libm::sqrtf(sum.iter().map(|value| value * value).sum());
        (length > 0.0).then(|| sum.map(|value| value / length))
    }

    /// How near each article is, in the catalog's order; `without` leaves out a phrase, by its article and its place in
    /// it.
    pub fn nearness(&self, question: &[f32; DIMENSIONS], without: Option<(u32, u32)>) -> Vec<Nearness> {
        self.vectors.nearness(question, without)
    }
}

/// What the table knows of a text: its words, but Korean ones by their bigrams, which need no dictionary.
pub fn keys<'a>(
    words: impl Iterator<Item = &'a str>,
    grams: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    words.filter(|word| !is_hangul(word)).chain(grams.filter(|gram| is_hangul(gram)))
}

fn is_hangul(term: &str) -> bool {
    term.chars().next().is_some_and(|first| ('\u{ac00}'..='\u{d7a3}').contains(&first))
}
