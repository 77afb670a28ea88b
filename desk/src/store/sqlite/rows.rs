//! Rows to words and back.

use handoff::{
    api::{Agent, Summary},
    chat::{Event, Participant, What},
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::FromRow;

use crate::store::StoreError;

/// A number as SQLite has it. What does not fit (a time in 292 million years) becomes the largest one.
pub(super) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Damaged(error.to_string()))
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// The word for a value that is one word in JSON, such as a state or a role.
pub(super) fn word<T: Serialize>(value: T) -> Result<String, StoreError> {
    Ok(to_json(&value)?.trim_matches('"').to_owned())
}

/// The value of such a word.
pub(super) fn meaning<T: DeserializeOwned>(word: String) -> Result<T, StoreError> {
    let refused = format!("the word {word:?}");
    serde_json::from_value(serde_json::Value::String(word))
        .map_err(|error| StoreError::Damaged(format!("{refused}: {error}")))
}

/// Columns of an event that tell what it was, beside those that tell where and when.
pub(super) struct EventColumns<'e> {
    pub(super) agent: Option<&'e str>,
    pub(super) agent_name: Option<&'e str>,
    pub(super) kind: &'static str,
    pub(super) client_message_id: Option<&'e str>,
    pub(super) text: Option<&'e str>,
}

impl<'e> EventColumns<'e> {
    pub(super) fn of(event: &'e Event) -> Self {
        let (agent, agent_name) = match &event.by {
            Participant::Visitor => (None, None),
            Participant::Agent { id, name } => (Some(id.as_str()), Some(name.as_str())),
        };
        let (kind, client_message_id, text) = match &event.what {
            What::HandedOff => ("handed_off", None, None),
            What::Message { client_message_id, text } => {
                ("message", Some(client_message_id.as_str()), Some(text.as_str()))
            }
            What::Assigned => ("assigned", None, None),
            What::Closed => ("closed", None, None),
            What::Reopened => ("reopened", None, None),
        };
        Self { agent, agent_name, kind, client_message_id, text }
    }
}

/// A stored event.
#[derive(FromRow)]
pub(super) struct EventRow {
    seq: u64,
    at_ms: u64,
    agent: Option<String>,
    agent_name: Option<String>,
    kind: String,
    client_message_id: Option<String>,
    text: Option<String>,
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let by = match (row.agent, row.agent_name) {
            (None, None) => Participant::Visitor,
            (Some(id), Some(name)) => Participant::Agent { id, name },
            _ => return Err(StoreError::Damaged(format!("event {}: agent and name do not go together", row.seq))),
        };
        let what = match (row.kind.as_str(), row.client_message_id, row.text) {
            ("handed_off", None, None) => What::HandedOff,
            ("message", Some(client_message_id), Some(text)) => What::Message { client_message_id, text },
            ("assigned", None, None) => What::Assigned,
            ("closed", None, None) => What::Closed,
            ("reopened", None, None) => What::Reopened,
            (kind, ..) => return Err(StoreError::Damaged(format!("event {}: {kind} is not whole", row.seq))),
        };
        Ok(Self { seq: row.seq, at_ms: row.at_ms, by, what })
    }
}

/// A stored agent, under the names that a query gives him beside other things.
#[derive(FromRow)]
pub(super) struct AgentRow {
    agent_id: String,
    agent_email: String,
    agent_name: String,
    agent_role: String,
}

impl TryFrom<AgentRow> for Agent {
    type Error = StoreError;

    fn try_from(row: AgentRow) -> Result<Self, StoreError> {
        let role = meaning(row.agent_role)?;
        Ok(Self { id: row.agent_id, email: row.agent_email, name: row.agent_name, role })
    }
}

/// A conversation as the queue shows it.
#[derive(FromRow)]
pub(super) struct SummaryRow {
    id: String,
    receipt: String,
    state: String,
    name: Option<String>,
    latest: String,
    cause: String,
    lang: String,
    created_ms: u64,
    waiting_since_ms: Option<u64>,
    last_seq: u64,
    agent_id: Option<String>,
    agent_email: Option<String>,
    agent_name: Option<String>,
    agent_role: Option<String>,
}

impl TryFrom<SummaryRow> for Summary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        let assigned = match (row.agent_id, row.agent_email, row.agent_name, row.agent_role) {
            (Some(id), Some(email), Some(name), Some(role)) => Some(Agent { id, email, name, role: meaning(role)? }),
            _ => None,
        };
        Ok(Self {
            conversation: row.id,
            receipt: row.receipt,
            state: meaning(row.state)?,
            assigned,
            name: row.name,
            latest: row.latest,
            cause: meaning(row.cause)?,
            lang: row.lang,
            created_ms: row.created_ms,
            waiting_since_ms: row.waiting_since_ms,
            last: row.last_seq,
        })
    }
}
