//! What the desk keeps, behind one trait: conversations and their events, agents and their sessions.
//!
//! Every writing call returns only after its transaction is synced to the disk. SQLite is the embedded default
//! ([`sqlite`]); the stories in `stories` hold for every store.

mod error;
mod records;
mod rules;
pub mod sqlite;
#[cfg(test)]
pub(crate) mod stories;

use async_trait::async_trait;
use handoff::{
    api::{Agent, Conversation, Summary},
    chat::Event,
};
use std::sync::Arc;
use tokio::sync::broadcast;

pub use error::StoreError;
pub use records::{Appended, Committed, Credentials, NewAgent, NewConversation, NewEvent, Opened, Session};

/// What the desk keeps.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Stores a hand-off as a new conversation with its first two events ([`handoff::chat::What::HandedOff`] and the
    /// visitor's message). A key that was seen before gives the conversation of the first time, whatever else is said.
    /// The message's id is `handoff`.
    async fn open(&self, new: NewConversation) -> Result<Opened, StoreError>;

    /// Appends an event and gives its number, 1 more than the last. A client's message id that the conversation has seen
    /// before gives the first event, whatever the text says ([`StoreError::Conflict`] where somebody else wrote it).
    /// Repeating an assignment to the same agent, closing what is closed or opening what is open gives the event that did
    /// it. A visitor's message to a closed conversation opens it again: [`handoff::chat::What::Reopened`] comes first.
    /// What was opened again waits, and nobody has it. To take a closed conversation, or one for an agent that the store
    /// does not know, is a [`StoreError::Conflict`].
    async fn append(&self, new: NewEvent) -> Result<Appended, StoreError>;

    /// Events with a number above `after`, in order, at most `limit`, and the number of the conversation's last event.
    async fn events(&self, conversation: &str, after: u64, limit: u32) -> Result<(Vec<Event>, u64), StoreError>;

    /// A conversation with its transcript.
    async fn conversation(&self, conversation: &str) -> Result<Option<Conversation>, StoreError>;

    /// Conversations as an agent's queue shows them: waiting ones, longest wait first; assigned ones; the latest `closed`
    /// closed ones.
    async fn queue(&self, closed: u32) -> Result<Vec<Summary>, StoreError>;

    /// Place among the waiting conversations, 1 for the next; `None` where it does not wait.
    async fn position(&self, conversation: &str) -> Result<Option<u32>, StoreError>;

    /// How long the last conversations (at most `limit`) waited for an agent's first word, in milliseconds, latest first.
    async fn first_reply_waits(&self, limit: u32) -> Result<Vec<u64>, StoreError>;

    /// The conversation that a visitor's token opens, by the token's SHA-256.
    async fn conversation_of(&self, token_hash: [u8; 32]) -> Result<Option<String>, StoreError>;

    /// Adds an agent.
    async fn add_agent(&self, new: NewAgent) -> Result<Agent, StoreError>;

    /// An agent with the hash of his password, by e-mail address (letter case does not matter).
    async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError>;

    /// Stores a session.
    async fn open_session(&self, session: Session) -> Result<(), StoreError>;

    /// The agent of a session that has not expired at `now_ms`, by the SHA-256 of the cookie.
    async fn session(&self, hash: [u8; 32], now_ms: u64) -> Result<Option<Agent>, StoreError>;

    /// Ends a session.
    async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError>;

    /// Tells of every event after its commit, in the order of commits. Whoever lags must read again.
    fn watch(&self) -> broadcast::Receiver<Arc<Committed>>;

    /// Writes what is left and closes. Calls after this fail.
    async fn close(&self);
}
