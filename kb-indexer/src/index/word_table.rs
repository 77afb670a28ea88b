//! The tables of word vectors that kb-indexer carries. How they are derived stands beside them.

use std::collections::HashMap;

use answer_engine::meaning::{DIMENSIONS, PACKED, scale_of, unpack};
use serde::Deserialize;

/// A file of the table, commonest words first.
#[derive(Deserialize)]
struct TableFile {
    words: Vec<String>,
    scales: Vec<u8>,
    rows: Vec<u8>,
}

/// The vectors of one language's words.
pub(crate) struct WordTable {
    file: TableFile,
    places: HashMap<String, usize>,
}

impl WordTable {
    /// The table of a language; `None` where there is none.
    ///
    /// # Errors
    /// Where the table that was compiled into this program is damaged.
    pub(crate) fn of(lang: &str) -> Result<Option<Self>, postcard::Error> {
        let bytes: &[u8] = match lang.split(['-', '_']).next() {
            Some("en") => include_bytes!("../../words/en.words"),
            Some("ko") => include_bytes!("../../words/ko.words"),
            _ => return Ok(None),
        };
        let file: TableFile = postcard::from_bytes(bytes)?;
        let places = file.words.iter().enumerate().map(|(at, word)| (word.clone(), at)).collect();
        Ok(Some(Self { file, places }))
    }

    /// How many words it has; their places are below, the commonest first.
    pub(super) fn len(&self) -> usize {
        self.file.words.len()
    }

    /// A word's place.
    pub(super) fn place(&self, word: &str) -> Option<usize> {
        self.places.get(word).copied()
    }

    /// The word at a place, its scale and its packed row.
    pub(super) fn at(&self, at: usize) -> Option<(&str, u8, &[u8])> {
        let row = self.file.rows.get(at * PACKED..(at + 1) * PACKED)?;
        Some((self.file.words.get(at)?, *self.file.scales.get(at)?, row))
    }

    /// Sum of the terms' vectors at unit length; zeros where the table knows none of them.
    pub(crate) fn sum<'a>(&self, terms: impl Iterator<Item = &'a str>) -> [f32; DIMENSIONS] {
        let mut sum = [0.0_f32; DIMENSIONS];
        for (_, scale, row) in terms.filter_map(|term| self.at(self.place(term)?)) {
            let scale = scale_of(scale);
            for (sum, value) in sum.iter_mut().zip(unpack(row)) {
                *sum += scale * f32::from(value);
            }
        }
        unit(sum)
    }
}

/// A vector at unit length; zeros stay zeros.
pub(crate) fn unit(vector: [f32; DIMENSIONS]) -> [f32; DIMENSIONS] {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 { vector.map(|value| value / length) } else { vector }
}
