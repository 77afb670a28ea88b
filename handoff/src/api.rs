//! What is sent to the desk over HTTP, and what it answers: JSON bodies of the routes under `/v1/`.

use serde::{Deserialize, Serialize};

use crate::{Cause, Transcript, chat::Event};

/// Body of `POST /v1/handoffs`. The header `Idempotency-Key` (1 to 64 of `A-Z a-z 0-9 _ -`, chosen at random by the
/// client and kept until the answer is there) makes a repetition give the first conversation and its token again: so it
/// must not be guessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHandoff {
    /// What the visitor wants to say to a person.
    pub message: String,
    /// His name, if he gave one.
    #[serde(default)]
    pub name: Option<String>,
    /// His e-mail address, if he gave one.
    #[serde(default)]
    pub email: Option<String>,
    /// Everything that was asked and shown, as he approved it.
    pub transcript: Transcript,
}

/// Answer to `POST /v1/handoffs`: given only after the hand-off is on the desk's disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Id of the conversation.
    pub conversation: String,
    /// Short name of it for people, such as `K7QM-2XAT`.
    pub receipt: String,
    /// The visitor's token: opens the conversation, and nothing else.
    pub token: String,
    /// Place in the queue, 1 for the next; `null` where an agent has taken over already.
    pub position: Option<u32>,
    /// How long it may take.
    pub wait: Wait,
}

/// How long it may take until an agent replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// Not known: too few replies to tell from.
    Unknown,
    /// Probably between these, in minutes, from how long others waited lately.
    Minutes {
        /// From.
        from: u32,
        /// To.
        to: u32,
    },
}

/// Body of `POST /v1/messages` and of an agent's reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// Chosen by the client before sending: 1 to 64 of `A-Z a-z 0-9 _ -`. A repetition gives the first message's number.
    pub client_message_id: String,
    /// The text.
    pub text: String,
}

/// Answer to a message: given only after it is on the desk's disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stored {
    /// The message's id.
    pub client_message_id: String,
    /// Its number in the conversation.
    pub seq: u64,
    /// When it was stored, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Answer to `GET /v1/events?after=N&wait=S`: events after `N`, or none after `S` seconds of waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page {
    /// In order, without gaps.
    pub events: Vec<Event>,
    /// Number of the conversation's last event.
    pub last: u64,
    /// Place in the queue; `null` once an agent has taken over.
    pub position: Option<u32>,
    /// How long it may take.
    pub wait: Wait,
}

/// Body of `POST /v1/session`: an agent signs in. The answer sets the cookie `__Host-porchlight`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// An agent, as the console knows him. Answer to `GET` and `POST /v1/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Agent {
    /// Id.
    pub id: String,
    /// E-mail address.
    pub email: String,
    /// Name that visitors see.
    pub name: String,
    /// What he may do.
    pub role: Role,
}

/// What an agent may do. Today all may do the same; later issues tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sets the desk up.
    Admin,
    /// Leads a team.
    Lead,
    /// Answers visitors.
    Agent,
}

/// Answer to `POST /v1/tickets`: opens one socket, once, within [`Ticket::expires_in_s`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ticket {
    /// Goes into the hello's `token`.
    pub ticket: String,
    /// Seconds.
    pub expires_in_s: u32,
}

/// Answer to `GET /v1/queue`: open conversations, those that wait first, the longest wait first; then those that are
/// assigned, then the latest closed ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queue {
    /// The desk's clock, in milliseconds since 1970, so that waits can be told without trusting the browser's.
    pub now_ms: u64,
    /// The conversations.
    pub conversations: Vec<Summary>,
}

/// A conversation in the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Summary {
    /// Id.
    pub conversation: String,
    /// Short name for people.
    pub receipt: String,
    /// Where it stands.
    pub state: State,
    /// Who has taken it.
    pub assigned: Option<Agent>,
    /// Visitor's name, if he gave one.
    pub name: Option<String>,
    /// First line of what the visitor wrote last.
    pub latest: String,
    /// Why it was handed off.
    pub cause: Cause,
    /// Language of the bubble.
    pub lang: String,
    /// When the hand-off was stored.
    pub created_ms: u64,
    /// Since when the visitor has waited for a reply; `null` where the last word is an agent's.
    pub waiting_since_ms: Option<u64>,
    /// Number of the last event.
    pub last: u64,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has taken it.
    Waiting,
    /// An agent has it.
    Assigned,
    /// It is closed.
    Closed,
}

/// Answer to `GET /v1/conversations/{id}`: all that an agent knows besides the events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conversation {
    /// As in the queue.
    pub summary: Summary,
    /// Visitor's e-mail address, if he gave one.
    pub email: Option<String>,
    /// What was handed off, exactly as it was stored.
    pub transcript: Transcript,
}

/// What went wrong, by [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Kind, as a path below the desk's documentation: stable, for programs.
    #[serde(rename = "type")]
    pub kind: String,
    /// Kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened here and what to do.
    pub detail: String,
}
