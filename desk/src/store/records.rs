use handoff::{
    Transcript,
    api::{Agent, Role},
    chat::{Event, Participant, What},
};

/// A hand-off to be stored.
#[derive(Clone, Debug)]
pub struct NewConversation {
    /// Id, made by the caller: 128 random bits.
    pub id: String,
    /// Short name for people.
    pub receipt: String,
    /// SHA-256 of the visitor's token. The token derives from `idempotency_key`, so a repetition brings the same.
    pub token_hash: [u8; 32],
    /// The client's key.
    pub idempotency_key: String,
    /// What the visitor wants to say, redacted and storable.
    pub message: String,
    /// Visitor's name.
    pub name: Option<String>,
    /// Visitor's e-mail address.
    pub email: Option<String>,
    /// Redacted and storable.
    pub transcript: Transcript,
    /// The desk's clock, in milliseconds since 1970.
    pub now_ms: u64,
}

/// A stored hand-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Id of the conversation: the first one's where the key was seen before.
    pub conversation: String,
    /// Its short name.
    pub receipt: String,
    /// Whether it is new.
    pub fresh: bool,
}

/// An event to be appended.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Id of the conversation.
    pub conversation: String,
    /// Who did it.
    pub by: Participant,
    /// What; texts redacted and storable.
    pub what: What,
    /// The desk's clock, in milliseconds since 1970.
    pub now_ms: u64,
}

/// An appended event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The event, or the first one where it is a repetition.
    pub event: Event,
    /// Whether it is new.
    pub fresh: bool,
}

/// Tells of an event after its commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Id of the conversation.
    pub conversation: String,
    /// The event.
    pub event: Event,
}

/// An agent to be added.
#[derive(Clone, Debug)]
pub struct NewAgent {
    /// Id, made by the caller: 128 random bits.
    pub id: String,
    /// E-mail address.
    pub email: String,
    /// Name that visitors see.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// The desk's clock, in milliseconds since 1970.
    pub now_ms: u64,
}

/// What signing in needs.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The agent.
    pub agent: Agent,
    /// argon2id, PHC string.
    pub password_hash: String,
}

/// An agent's session.
#[derive(Clone, Debug)]
pub struct Session {
    /// SHA-256 of the cookie.
    pub hash: [u8; 32],
    /// Id of the agent.
    pub agent: String,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: u64,
}
