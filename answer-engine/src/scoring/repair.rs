//! Typing errors: an unknown word becomes the commonest word of the index that is one edit away.

use crate::postings::{Part, Postings};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;

/// The commonest term of `parts` that is one edit from `word` and shares its first two letters; ties go to the term
/// that comes first in the alphabet.
pub(super) fn repair(word: &str, postings: &dyn Postings, parts: &[Part]) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST || letters.iter().any(|letter| !letter.is_alphabetic()) {
        return None;
    }
    let prefix: String = letters[..2].iter().collect();
    let mut found: Vec<(String, u32)> = Vec::new();
    for part in parts {
        postings.visit_terms(part.words(), &prefix, &mut |term, frequency| {
            if is_one_edit(&letters, term) {
                match found.iter_mut().find(|(known, _)| known == term) {
                    Some((_, sum)) => *sum += frequency,
                    None => found.push((term.to_owned(), frequency)),
                }
            }
        });
    }
    found
        .into_iter()
        .max_by(|(a, frequency_a), (b, frequency_b)| frequency_a.cmp(frequency_b).then_with(|| b.cmp(a)))
        .map(|(term, _)| term)
}

/// Whether one letter more, less or other, or two neighbours swapped, makes one word of the other.
fn is_one_edit(a: &[char], b: &str) -> bool {
    let b: Vec<char> = b.chars().collect();
    let (short, long) = if a.len() <= b.len() { (a, b.as_slice()) } else { (b.as_slice(), a) };
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
