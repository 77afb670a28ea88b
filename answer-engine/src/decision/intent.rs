//! What a visitor wants besides an answer: a person, or help at once.
//!
//! Plain rules over words, in English and Korean: they only open a way that is open anyway, and send nothing.

use super::intents::{en, ko};
use crate::{analysis::fold, places::places};

/// A wish that goes before any answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// The visitor asks for a person.
    Person,
    /// The matter cannot wait.
    Urgent,
}

/// What the visitor wants besides an answer, if anything. A matter that is urgent in any of the message's sentences goes
/// before the wish for a person.
pub fn intent(message: &str) -> Option<Intent> {
    let folded = fold(message);
    let sentences: Vec<Sentence<'_>> =
        folded.split(['.', '!', '?', '\n', ';', '。', '？', '！']).map(Sentence::new).collect();
    if sentences.iter().any(Sentence::is_urgent) {
        return Some(Intent::Urgent);
    }
    let whole = Sentence::new(&folded);
    (whole.wishes() || sentences.iter().any(|sentence| reaches_for_a_person(&sentence.words))).then_some(Intent::Person)
}

/// A sentence in the two ways in which lists are compared with it. A list is one text: a table of addresses would take more
/// bytes than the words.
struct Sentence<'a> {
    /// For English.
    words: Vec<&'a str>,
    /// No spaces: for Korean.
    joined: String,
}

impl<'a> Sentence<'a> {
    fn new(folded: &'a str) -> Self {
        let words: Vec<&str> = folded
            .split(|char: char| !char.is_alphanumeric() && char != '\'')
            .map(|word| word.trim_matches('\''))
            .filter(|word| !word.is_empty())
            .collect();
        Self { joined: words.concat(), words }
    }

    /// Whether one of the phrases stands in it.
    fn says(&self, phrases: &str) -> bool {
        phrases.split('|').any(|phrase| (0..self.words.len()).any(|at| begins(&self.words[at..], phrase)))
    }

    fn says_korean(&self, phrases: &str) -> bool {
        phrases.split(' ').any(|phrase| places(&self.joined, phrase).any(|at| !is_harmless(&self.joined, at, phrase)))
    }

    fn is_urgent(&self) -> bool {
        if self.says(en::URGENT) || self.says_korean(ko::URGENT) {
            return true;
        }
        let asks = en::ASKS.split('|').any(|begin| begins(&self.words, begin));
        let asks_korean = ko::ASKS.split(' ').any(|word| places(&self.joined, word).next().is_some());
        !asks && self.says(en::GRAVE) || !asks_korean && self.says_korean(ko::GRAVE)
    }

    fn wishes(&self) -> bool {
        self.says(en::WISHES)
            || self.says_korean(ko::WISHES)
            || matches!(self.joined.as_str(), "상담원" | "상담사" | "human" | "agent" | "person")
    }
}

/// Whether words begin with those of a phrase.
fn begins(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|word| words.next() == Some(&word))
}

/// Whether the phrase at `start` is a part of a harmless word.
fn is_harmless(joined: &str, start: usize, phrase: &str) -> bool {
    let end = start + phrase.len();
    ko::HARMLESS.split(' ').any(|word| places(joined, word).any(|at| at <= start && end <= at + word.len()))
}

/// Whether a list of single words has one.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// "talk to a real person": a word for reaching, nothing but words between, a word for a person.
fn reaches_for_a_person(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        if !has(en::REACH, word) {
            return false;
        }
        // "need support" and "get people" are no wish for a person; talking to them is.
        let speaking = matches!(*word, "talk" | "speak" | "chat" | "connect" | "transfer");
        let after = &words[at + 1..];
        let Some(end) = after.iter().position(|word| !has(en::BETWEEN, word)) else {
            return speaking && after.iter().any(|word| matches!(*word, "human" | "support" | "service"));
        };
        let found = after[end];
        let strict = matches!(found, "human" | "person" | "agent" | "operator" | "representative" | "rep");
        has(en::PERSON, found) && (speaking || strict) && end < 6
    })
}

#[cfg(test)]
mod tests;
