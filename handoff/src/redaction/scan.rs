//! One walk through a text.
//!
//! Every rule reads, of what stands before, only what has been written; and of what stands behind, a mark hinders at least
//! what the number hindered that it stands for. So a second walk finds nothing that the first has left.

use super::{
    Found, Kind, Redacted,
    key::{Pem, key},
    mark,
    number::{digit, group, read},
    payment::card,
    resident::resident,
};

struct Walk<'t> {
    text: &'t str,
    at: usize,
    redacted: Redacted,
}

impl Walk<'_> {
    /// Copies the next bytes.
    fn keep(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.text.len());
        self.redacted.text.push_str(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    /// Puts a mark in place of the next bytes.
    fn replace(&mut self, bytes: usize, kind: Kind, mark: &str) {
        let start = self.redacted.text.len();
        self.redacted.text.push_str(mark);
        self.redacted.found.push(Found { kind, range: start..start + mark.len() });
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Goes past a number.
    fn number(&mut self, rest: &str) {
        let reading = read(rest);
        let before = self.redacted.text.as_str();
        if let Some(last) = resident(before, rest, &reading) {
            self.replace(last.end, Kind::ResidentNumber, &mark::resident());
        } else if let Some((last, digits)) = card(before, rest, &reading) {
            self.replace(last.end, Kind::Card, &mark::card(digits));
        } else {
            self.keep(group(rest));
        }
    }
}

/// Replaces all that is to be taken out.
pub(super) fn scan(text: &str) -> Redacted {
    let redacted = Redacted { text: String::with_capacity(text.len()), found: Vec::new() };
    let mut walk = Walk { text, at: 0, redacted };
    let mut pem = Pem::default();
    while let Some(rest) = text.get(walk.at..)
        && let Some(char) = rest.chars().next()
    {
        if digit(char).is_some() {
            walk.number(rest);
        } else if char == '['
            && let Some((kind, bytes)) = mark::at(rest)
        {
            walk.replace(bytes, kind, rest.get(..bytes).unwrap_or_default());
        } else if char == '-'
            && let Some(bytes) = pem.key(rest)
        {
            walk.replace(bytes, Kind::Key, &mark::key());
        } else if let Some(secret) = key(&walk.redacted.text, rest) {
            walk.keep(secret.start);
            walk.replace(secret.len(), Kind::Key, &mark::key());
        } else {
            walk.keep(char.len_utf8());
        }
    }
    walk.redacted
}
