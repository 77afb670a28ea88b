//! What an event does to a conversation: pure, and the same for every store.
//!
//! A state is brought about by the last event that is not a message: handed off or reopened is waiting, assigned is
//! assigned, closed is closed. Closing ends the visitor's wait, reopening starts a new one, an agent's word ends it.

use handoff::{
    api::State,
    chat::{Event, Participant, What},
};

use super::{NewConversation, NewEvent, StoreError};

/// The client's message id of the words that came with the hand-off. Not the idempotency key: whoever knows that one gets
/// the visitor's token, and agents see message ids.
pub(crate) const FIRST_MESSAGE: &str = "handoff";

/// Characters of [`Standing::latest`]: what a line of the queue can show at most.
const LATEST_CHARS: usize = 200;

/// Where a conversation stands: what the next event depends on, and what the queue shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// State.
    pub(crate) state: State,
    /// Id of the agent who has it, or had it when it was closed.
    pub(crate) assigned: Option<String>,
    /// Number of the event that brought it into its state.
    pub(crate) state_seq: u64,
    /// Number of the last event.
    pub(crate) last: u64,
    /// When the hand-off was stored.
    pub(crate) created_ms: u64,
    /// Since when the visitor has waited for a reply.
    pub(crate) waiting_since_ms: Option<u64>,
    /// How long he waited for an agent's first word, in milliseconds.
    pub(crate) first_reply_ms: Option<u64>,
    /// First line of what he wrote last, in at most [`LATEST_CHARS`].
    pub(crate) latest: String,
}

/// What becomes of an event that does not break the rules.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// These are to be stored; the last is the one that was asked for.
    New(Vec<Event>),
    /// It is so already, since the event of this number.
    Already(u64),
}

impl Standing {
    /// A new conversation with its first two events.
    pub(crate) fn opened(new: &NewConversation) -> (Self, Vec<Event>) {
        let mut standing = Self {
            state: State::Waiting,
            assigned: None,
            state_seq: 1,
            last: 0,
            created_ms: new.now_ms,
            waiting_since_ms: Some(new.now_ms),
            first_reply_ms: None,
            latest: first_line(&new.message),
        };
        let message = What::Message { client_message_id: FIRST_MESSAGE.into(), text: new.message.clone() };
        let events =
            [What::HandedOff, message].map(|what| standing.numbered(&Participant::Visitor, what, new.now_ms)).into();
        (standing, events)
    }

    /// Takes an event in, or says why not and stays as it is. Whether a message is a repetition was settled before: only
    /// the store can know.
    pub(crate) fn admit(&mut self, new: &NewEvent) -> Result<Admitted, StoreError> {
        let (by, now_ms) = (&new.by, new.now_ms);
        let mut events = Vec::with_capacity(1);
        match (&new.what, by) {
            (What::HandedOff, _) => return Err(conflict("a hand-off opens a conversation; it is never added to one")),
            (What::Message { text, .. }, Participant::Visitor) => {
                if self.state == State::Closed {
                    events.push(self.reopen(by, now_ms));
                }
                self.waiting_since_ms.get_or_insert(now_ms);
                self.latest = first_line(text);
            }
            (What::Message { .. }, Participant::Agent { .. }) => {
                self.waiting_since_ms = None;
                self.first_reply_ms.get_or_insert(now_ms.saturating_sub(self.created_ms));
            }
            (What::Assigned, Participant::Visitor) => return Err(conflict("only an agent can take a conversation")),
            (What::Assigned, Participant::Agent { id, .. }) => {
                if self.state == State::Closed {
                    return Err(conflict("the conversation is closed; open it again first"));
                }
                if self.state == State::Assigned && self.assigned.as_ref() == Some(id) {
                    return Ok(Admitted::Already(self.state_seq));
                }
                self.state = State::Assigned;
                self.assigned = Some(id.clone());
                self.state_seq = self.last + 1;
            }
            (What::Closed, _) => {
                if self.state == State::Closed {
                    return Ok(Admitted::Already(self.state_seq));
                }
                self.state = State::Closed;
                self.waiting_since_ms = None;
                self.state_seq = self.last + 1;
            }
            (What::Reopened, _) => {
                if self.state != State::Closed {
                    return Ok(Admitted::Already(self.state_seq));
                }
                return Ok(Admitted::New(vec![self.reopen(by, now_ms)]));
            }
        }
        events.push(self.numbered(by, new.what.clone(), now_ms));
        Ok(Admitted::New(events))
    }

    /// Whoever had the conversation does not have it any more: anybody may take it.
    fn reopen(&mut self, by: &Participant, now_ms: u64) -> Event {
        let event = self.numbered(by, What::Reopened, now_ms);
        self.state = State::Waiting;
        self.assigned = None;
        self.state_seq = event.seq;
        self.waiting_since_ms = Some(now_ms);
        event
    }

    fn numbered(&mut self, by: &Participant, what: What, at_ms: u64) -> Event {
        self.last += 1;
        Event { seq: self.last, at_ms, by: by.clone(), what }
    }
}

/// Whether two are the same person. An agent's name may have changed in between.
pub(crate) fn same_person(one: &Participant, other: &Participant) -> bool {
    match (one, other) {
        (Participant::Visitor, Participant::Visitor) => true,
        (Participant::Agent { id: one, .. }, Participant::Agent { id: other, .. }) => one == other,
        _ => false,
    }
}

/// An e-mail address as it is compared: letter case does not matter.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(crate) fn conflict(why: impl Into<String>) -> StoreError {
    StoreError::Conflict(why.into())
}

/// First line that is not blank, cut where the queue has no room for more.
fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(LATEST_CHARS) {
        None => line.to_owned(),
        Some(_) => line.chars().take(LATEST_CHARS - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines() {
        let check = |text: &str, expected: &str| assert_eq!(first_line(text), expected, "{text:?}");
        check("", "");
        check(" \n\t\r\n", "");
        check("one", "one");
        check("\n  one \r\ntwo", "one");
        check(&"가".repeat(200), &"가".repeat(200));
        check(&"가".repeat(201), &format!("{}…", "가".repeat(199)));
    }

    #[test]
    fn people() {
        let agent = |id: &str, name: &str| Participant::Agent { id: id.into(), name: name.into() };
        let check =
            |one: &Participant, other: &Participant, expected| assert_eq!(same_person(one, other), expected, "{one:?}");
        check(&Participant::Visitor, &Participant::Visitor, true);
        check(&agent("a", "Mina"), &agent("a", "Mina Kim"), true);
        check(&agent("a", "Mina"), &agent("b", "Mina"), false);
        check(&agent("a", "Mina"), &Participant::Visitor, false);
        check(&Participant::Visitor, &agent("a", "Mina"), false);
    }

    #[test]
    fn addresses() {
        let check = |email: &str, expected: &str| assert_eq!(email_key(email), expected, "{email:?}");
        check("Mina@Example.com", "mina@example.com");
        check(" mina@example.com ", "mina@example.com");
        check("ÉMILE@example.com", "émile@example.com");
    }
}
