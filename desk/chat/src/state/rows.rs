//! What the log shows, line by line.

use handoff::chat::{Event, Participant, What};

use super::{Progress, Talk};

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// By which it is known again, also when a message becomes an event.
    pub(crate) key: String,
    /// When the desk stored it.
    pub(crate) at_ms: Option<u64>,
    /// What it says.
    pub(crate) kind: RowKind,
}

/// What a line of the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// An own message.
    Own {
        /// Its text.
        text: String,
        /// How far it is.
        progress: Progress,
        /// Its id, where it is no event yet.
        id: Option<String>,
    },
    /// An agent's message.
    Agent {
        /// His name.
        name: String,
        /// The text.
        text: String,
        /// Whether the line before is his, too.
        again: bool,
    },
    /// An agent took the conversation.
    Joined(String),
    /// An agent closed it; none where the desk did.
    Closed(Option<String>),
    /// It is open again.
    Reopened,
}

impl Row {
    /// The visitor's words of the form, before they come as an event.
    pub(crate) fn first(text: &str, progress: Progress) -> Self {
        let kind = RowKind::Own { text: text.to_owned(), progress, id: None };
        Self { key: FIRST.to_owned(), at_ms: None, kind }
    }
}

/// Key of the visitor's words of the form: his first message.
const FIRST: &str = "first";

/// The lines of a conversation, in order.
pub(crate) fn rows(talk: &Talk) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut first = true;
    for event in &talk.events {
        if let Some(kind) = kind(event, rows.last()) {
            let key = match (&event.what, &event.by) {
                (What::Message { .. }, Participant::Visitor) if std::mem::take(&mut first) => FIRST.to_owned(),
                (What::Message { client_message_id, .. }, _) => format!("m:{client_message_id}"),
                _ => format!("e:{}", event.seq),
            };
            rows.push(Row { key, at_ms: Some(event.at_ms), kind });
        }
    }
    if let Some(text) = &talk.first {
        rows.push(Row::first(text, Progress::Sent));
    }
    for own in &talk.own {
        let id = own.draft.client_message_id.clone();
        let key = format!("m:{id}");
        let kind = RowKind::Own { text: own.draft.text.clone(), progress: own.progress.clone(), id: Some(id) };
        rows.push(Row { key, at_ms: None, kind });
    }
    rows
}

fn kind(event: &Event, before: Option<&Row>) -> Option<RowKind> {
    let agent = match &event.by {
        Participant::Agent { name, .. } => Some(name.clone()),
        Participant::Visitor => None,
    };
    match (&event.what, agent) {
        (What::HandedOff, _) => None,
        (What::Message { text, .. }, None) => {
            Some(RowKind::Own { text: text.clone(), progress: Progress::Sent, id: None })
        }
        (What::Message { text, .. }, Some(name)) => {
            let again = matches!(before, Some(Row { kind: RowKind::Agent { name: other, .. }, .. }) if *other == name);
            Some(RowKind::Agent { name, text: text.clone(), again })
        }
        (What::Assigned, name) => name.map(RowKind::Joined),
        (What::Closed, name) => Some(RowKind::Closed(name)),
        (What::Reopened, _) => Some(RowKind::Reopened),
    }
}
