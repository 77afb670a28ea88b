use std::cell::RefCell;

use super::quantized::{DIMENSIONS, inverse_length, pack, unpack};

/// Words with a smaller cosine than this have little to do with each other.
pub(crate) const LEAST: f64 = 0.35;
/// So many words are near to one at most.
const MOST: usize = 12;
/// So many words' neighbours are kept: visitors say the same words again, and a self-test asks thousands of questions.
const KEPT: usize = 4096;

/// Places of words, and their cosines.
type Near = Vec<(usize, f64)>;

/// The vectors of an index's own words.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<String>,
    numbers: Vec<[i8; DIMENSIONS]>,
    /// 1 / length of each.
    inverse: Vec<f32>,
    /// What was found before, by word.
    found: RefCell<Vec<(String, Near)>>,
}

impl Vocabulary {
    pub(super) fn add(&mut self, word: String, vector: &[f32; DIMENSIONS]) {
        let numbers = unpack(&pack(vector).0);
        let inverse = inverse_length(&numbers);
        if inverse > 0.0 {
            self.inverse.push(inverse);
            self.numbers.push(numbers);
            self.words.push(word);
        }
    }

    /// The words nearest to `word`, except itself; of equals the one that was added first. Its vector has unit length, and
    /// `None` says that it has none.
    pub(super) fn near(&self, word: &str, vector: impl FnOnce() -> Option<[f32; DIMENSIONS]>) -> Vec<(&str, f64)> {
        let mut found = self.found.borrow_mut();
        let place = |found: &[(String, _)]| found.binary_search_by(|(known, _)| known.as_str().cmp(word));
        if found.len() >= KEPT && place(&found).is_err() {
            found.clear();
        }
        let place = place(&found).unwrap_or_else(|place| {
            let near = vector().map(|vector| self.look(word, &vector)).unwrap_or_default();
            found.insert(place, (word.to_owned(), near));
            place
        });
        let places = &found[place].1;
        places.iter().map(|(at, cosine)| (self.words[*at].as_str(), *cosine)).collect()
    }

    fn look(&self, word: &str, vector: &[f32; DIMENSIONS]) -> Near {
        let mut found = Vec::new();
        for (at, (numbers, inverse)) in self.numbers.iter().zip(&self.inverse).enumerate() {
            let sum: f32 = vector.iter().zip(numbers).map(|(a, b)| a * f32::from(*b)).sum();
            let cosine = f64::from(sum * inverse);
            if cosine >= LEAST && self.words[at] != word {
                found.push((at, cosine));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(MOST);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_words_come_first_and_far_ones_not_at_all() {
        let mut vocabulary = Vocabulary::default();
        let direction = |angle: f32| {
            let mut vector = [0.0; DIMENSIONS];
            (vector[0], vector[1]) = (libm::cosf(angle), libm::sinf(angle));
            vector
        };
        for (word, angle) in [("far", 1.5), ("near", 0.6), ("same", 0.0), ("nearer", 0.14)] {
            vocabulary.add(word.to_owned(), &direction(angle));
        }
        vocabulary.add("nothing".to_owned(), &[0.0; DIMENSIONS]);
        let found: Vec<&str> =
            vocabulary.near("same", || Some(direction(0.0))).into_iter().map(|(word, _)| word).collect();
        assert_eq!(found, ["nearer", "near"]);
        assert_eq!(vocabulary.near("unknown", || None), []);
    }
}
