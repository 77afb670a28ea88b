//! Messages that are written and not yet known to be stored.

use std::collections::VecDeque;

use handoff::{
    api::Problem,
    chat::ClientFrame,
    limits::{FRAME_BYTES, MESSAGE_BYTES, is_id},
};

/// A message that is written and not yet known to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// 128 random bits, made by the shell.
    pub client_message_id: String,
    /// The text.
    pub text: String,
}

/// Room in a frame for all but the text.
const ENVELOPE_BYTES: usize = 256;

impl Draft {
    pub(crate) fn frame(&self) -> ClientFrame {
        ClientFrame::Message { client_message_id: self.client_message_id.clone(), text: self.text.clone() }
    }

    /// What keeps the desk from ever taking it. A frame that is too large ends the connection, and a draft that did so
    /// would do it again on each: it must not get into the outbox, nor stay there.
    pub(crate) fn problem(&self) -> Option<Problem> {
        if !is_id(&self.client_message_id) {
            return Some(Problem {
                kind: "invalid-id".into(),
                title: "The message's id is not valid".into(),
                status: 422,
                detail: "The id must be 1 to 64 of A-Z a-z 0-9 _ -. Send the text again as a new message.".into(),
            });
        }
        if self.text.len() > MESSAGE_BYTES || json_bytes(&self.text) > FRAME_BYTES - ENVELOPE_BYTES {
            return Some(Problem {
                kind: "too-large".into(),
                title: "The message is too long".into(),
                status: 413,
                detail: format!(
                    "The text has {} bytes; {MESSAGE_BYTES} fit into one message. Send it in several.",
                    self.text.len()
                ),
            });
        }
        None
    }
}

/// Bytes of a text in JSON: a quote or a line's end takes two, other control characters six.
fn json_bytes(text: &str) -> usize {
    let escaped = |byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 2,
        0..0x20 => 6,
        _ => 1,
    };
    text.bytes().map(escaped).sum()
}

/// Drafts, oldest first, each id once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    drafts: VecDeque<Draft>,
    taken: u64,
}

impl Outbox {
    pub(crate) fn new(drafts: impl IntoIterator<Item = Draft>) -> Self {
        let mut outbox = Self::default();
        for draft in drafts {
            if !outbox.holds(&draft.client_message_id) {
                outbox.push(draft);
            }
        }
        outbox
    }

    pub(crate) fn holds(&self, client_message_id: &str) -> bool {
        self.drafts.iter().any(|draft| draft.client_message_id == client_message_id)
    }

    pub(crate) fn push(&mut self, draft: Draft) {
        self.drafts.push_back(draft);
    }

    pub(crate) fn take(&mut self, client_message_id: &str) -> Option<Draft> {
        // Answers come in the order of sending: nearly always it is the first.
        let at = self.drafts.iter().position(|draft| draft.client_message_id == client_message_id)?;
        self.taken += 1;
        self.drafts.remove(at)
    }

    /// Takes out all drafts that the desk can never take, with the reason.
    pub(crate) fn take_impossible(&mut self) -> Vec<(Draft, Problem)> {
        let (mut impossible, mut possible) = (Vec::new(), VecDeque::new());
        for draft in self.drafts.drain(..) {
            match draft.problem() {
                Some(problem) => impossible.push((draft, problem)),
                None => possible.push_back(draft),
            }
        }
        self.drafts = possible;
        impossible
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// How many drafts were ever taken out.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_fits_is_kept() {
        let check = |id: &str, text: String, kind: Option<&str>| {
            let draft = Draft { client_message_id: id.into(), text };
            assert_eq!(draft.problem().map(|problem| problem.kind).as_deref(), kind);
        };
        check("a", String::new(), None);
        check("a", "x".repeat(MESSAGE_BYTES), None);
        check("a", "x".repeat(MESSAGE_BYTES + 1), Some("too-large"));
        check("a", "가".repeat(MESSAGE_BYTES / 3), None);
        check("a", "가".repeat(MESSAGE_BYTES / 3 + 1), Some("too-large"));
        // Allowed by its length, but not by that of its frame.
        check("a", "\n".repeat(MESSAGE_BYTES - 200), None);
        check("a", "\n".repeat(MESSAGE_BYTES), Some("too-large"));
        check("a", "\u{1}".repeat(MESSAGE_BYTES / 2), Some("too-large"));
        check("", "x".into(), Some("invalid-id"));
        check("a b", "x".into(), Some("invalid-id"));
        check(&"a".repeat(65), "x".into(), Some("invalid-id"));
    }
}
