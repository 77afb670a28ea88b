//! Typing errors: an unknown word becomes the commonest word of the index that is one edit away.

use std::cell::RefCell;

use crate::{
    analysis::Analyzer,
    meaning::Meaning,
    postings::{KNOWN, Postings},
};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// Longer words are seldom typed, and have many neighbours to be looked up.
const LONGEST: usize = 24;
/// Letters at the beginning that candidates share: they stand together in the dictionary.
const SHARED: usize = 2;

/// What words are repaired from.
#[derive(Clone, Copy)]
pub(super) struct Repair<'a> {
    pub(super) analyzer: &'a Analyzer,
    pub(super) postings: &'a dyn Postings,
    pub(super) meaning: Option<&'a Meaning>,
    pub(super) repaired: &'a Repaired,
}

/// What unknown words became, by how they are written and their stem: the parts of a message have them in common. They are
/// few.
#[derive(Debug, Default)]
pub(crate) struct Repaired(RefCell<Vec<(String, String, Option<String>)>>);

impl Repair<'_> {
    /// The commonest term that is one edit from a word, given as it is written and as its stem; ties go to the term that
    /// comes first in the alphabet. Candidates share the first two letters. Where there is none, the words of the table
    /// of vectors, which is in memory, are asked for one with an error in these letters.
    pub(super) fn of(&self, written: &str, stem: &str) -> Option<String> {
        let known = self.repaired.0.borrow().iter().find(|known| known.0 == written && known.1 == stem).cloned();
        if let Some((.., repaired)) = known {
            return repaired;
        }
        let repaired = self.look_for(written, stem);
        self.repaired.0.borrow_mut().push((written.to_owned(), stem.to_owned(), repaired.clone()));
        repaired
    }

    fn look_for(&self, written: &str, stem: &str) -> Option<String> {
        let letters: Vec<char> = written.chars().collect();
        // A word of the language that no article has is no error.
        let is_word = self.meaning.is_some_and(|meaning| meaning.knows(stem));
        let stem: Vec<char> = stem.chars().collect();
        let fits = (SHORTEST..=LONGEST).contains(&letters.len()) && !is_word;
        if !fits
            || !(SHARED + 1..=LONGEST).contains(&stem.len())
            || letters.iter().any(|letter| !letter.is_alphabetic())
        {
            return None;
        }
        // An error in an ending hides the stem: "transferrng" has none in common with "transferring".
        let mut stems: Vec<String> =
            edits(&letters).iter().map(|edited| self.analyzer.stem(edited).into_owned()).collect();
        stems.sort_unstable();
        let mut found: Vec<(String, u32)> = Vec::new();
        let prefix: String = stem[..SHARED].iter().collect();
        for part in KNOWN {
            self.postings.visit_terms(part.words(), &prefix, &mut |term, frequency| {
                if is_one_edit(&stem, term) || stems.binary_search_by(|stem| stem.as_str().cmp(term)).is_ok() {
                    match found.iter_mut().find(|known| known.0 == term) {
                        Some(known) => known.1 += frequency,
                        None => found.push((term.to_owned(), frequency)),
                    }
                }
            });
        }
        if found.is_empty()
            && let Some(meaning) = self.meaning
        {
            for term in meaning.words().filter(|term| is_one_edit(&stem, term)) {
                let frequency = self.frequency(term);
                if frequency > 0 {
                    found.push((term.to_owned(), frequency));
                }
            }
        }
        let commonest = found
            .into_iter()
            .max_by(|(a, frequency_a), (b, frequency_b)| frequency_a.cmp(frequency_b).then_with(|| b.cmp(a)));
        commonest.map(|(term, _)| term)
    }

    fn frequency(&self, term: &str) -> u32 {
        KNOWN.iter().map(|part| self.postings.document_frequency(part.words(), term)).sum()
    }
}

/// All words one edit behind the first letters away, with Latin letters.
fn edits(letters: &[char]) -> Vec<String> {
    let mut all = Vec::new();
    let word = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
    for at in SHARED..=letters.len() {
        let (before, after) = letters.split_at(at);
        if let Some((first, rest)) = after.split_first() {
            all.push(word([before, rest, &[]]));
            if let Some((second, rest)) = rest.split_first() {
                all.push(word([before, &[*second, *first], rest]));
            }
        }
        for letter in 'a'..='z' {
            all.push(word([before, &[letter], after]));
            if let Some((_, rest)) = after.split_first() {
                all.push(word([before, &[letter], rest]));
            }
        }
    }
    all
}

/// Whether one letter more, less or other, or two neighbours swapped, makes one word of the other.
fn is_one_edit(a: &[char], b: &str) -> bool {
    // Most are too long or too short, which is seen without a look at their letters.
    if b.len() + 1 < a.len() || b.len() > 4 * (a.len() + 1) {
        return false;
    }
    let mut letters = ['\0'; LONGEST + 2];
    let mut length = 0;
    for letter in b.chars() {
        let Some(place) = letters.get_mut(length) else { return false };
        *place = letter;
        length += 1;
    }
    let b = &letters[..length];
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 || short == long {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[same..], &long[same..]);
    if short.len() < long.len() {
        return short == &long[1..];
    }
    short[1..] == long[1..]
        || (short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_of_a_word() {
        let all = edits(&['c', 'a', 't', 's']);
        for expected in ["cas", "cat", "cast", "carts", "cat", "cabs", "catsx"] {
            assert!(all.iter().any(|word| word == expected), "{expected}");
        }
        assert!(all.iter().all(|word| word.starts_with("ca")), "the first letters stay");
        assert!(edits(&['a']).is_empty());
    }

    #[test]
    fn one_edit() {
        let check = |a: &str, b: &str, expected: bool| {
            let letters: Vec<char> = a.chars().collect();
            assert_eq!(is_one_edit(&letters, b), expected, "{a} {b}");
        };
        check("pasword", "password", true);
        check("passwordd", "password", true);
        check("passwort", "password", true);
        check("passwrod", "password", true);
        check("password", "password", false);
        check("pasward", "password", false);
        check("pa", "pass", false);
    }
}
