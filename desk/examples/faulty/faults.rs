//! Stores with a fault. Each is a pure wrapper: the desk itself has no place where a fault could be switched on.

use std::sync::Arc;

use async_trait::async_trait;
use desk::store::{
    Appended, Committed, Credentials, NewAgent, NewConversation, NewEvent, Opened, Session, Store, StoreError,
};
use handoff::{
    api::{Agent, Conversation, Summary},
    chat::{Event, What},
};
use tokio::sync::broadcast;

/// What is wrong with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Answers before the event is stored, with the number that it will probably have.
    AckFirst,
    /// Stores a repetition again.
    NoUniqueKey,
    /// Forgets what happened while somebody was away: of what he asks for, only the last event is given.
    NoResume,
}

impl Fault {
    /// Names, as on the command line.
    pub(crate) const ALL: [(&'static str, Self); 3] =
        [("ack-first", Self::AckFirst), ("no-unique-key", Self::NoUniqueKey), ("no-resume", Self::NoResume)];

    /// A fault by its name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(other, fault)| (other == name).then_some(fault))
    }
}

/// A store with a fault.
pub(crate) struct Faulty {
    /// What is wrong with it.
    pub(crate) fault: Fault,
    /// The store that does the work.
    pub(crate) inner: Arc<dyn Store>,
}

impl Faulty {
    async fn ack_first(&self, new: NewEvent) -> Result<Appended, StoreError> {
        let (_, last) = self.inner.events(&new.conversation, 0, 0).await?;
        let event = Event { seq: last + 1, at_ms: new.now_ms, by: new.by.clone(), what: new.what.clone() };
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { inner.append(new).await });
        Ok(Appended { event, fresh: true })
    }

    async fn without_key(&self, mut new: NewEvent) -> Result<Appended, StoreError> {
        let What::Message { client_message_id, .. } = &mut new.what else { return self.inner.append(new).await };
        let mut fresh = [0; 16];
        getrandom_03::fill(&mut fresh).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let theirs = std::mem::replace(client_message_id, format!("{:032x}", u128::from_ne_bytes(fresh)));
        let mut appended = self.inner.append(new).await?;
        if let What::Message { client_message_id, .. } = &mut appended.event.what {
            *client_message_id = theirs;
        }
        Ok(appended)
    }
}

#[async_trait]
impl Store for Faulty {
    async fn open(&self, new: NewConversation) -> Result<Opened, StoreError> {
        self.inner.open(new).await
    }

    async fn append(&self, new: NewEvent) -> Result<Appended, StoreError> {
        match self.fault {
            Fault::AckFirst => self.ack_first(new).await,
            Fault::NoUniqueKey => self.without_key(new).await,
            Fault::NoResume => self.inner.append(new).await,
        }
    }

    async fn events(&self, conversation: &str, after: u64, limit: u32) -> Result<(Vec<Event>, u64), StoreError> {
        if self.fault != Fault::NoResume {
            return self.inner.events(conversation, after, limit).await;
        }
        let (_, last) = self.inner.events(conversation, after, 0).await?;
        self.inner.events(conversation, after.max(last.saturating_sub(1)), limit).await
    }

    async fn conversation(&self, conversation: &str) -> Result<Option<Conversation>, StoreError> {
        self.inner.conversation(conversation).await
    }

    async fn queue(&self, closed: u32) -> Result<Vec<Summary>, StoreError> {
        self.inner.queue(closed).await
    }

    async fn position(&self, conversation: &str) -> Result<Option<u32>, StoreError> {
        self.inner.position(conversation).await
    }

    async fn first_reply_waits(&self, limit: u32) -> Result<Vec<u64>, StoreError> {
        self.inner.first_reply_waits(limit).await
    }

    async fn conversation_of(&self, token_hash: [u8; 32]) -> Result<Option<String>, StoreError> {
        self.inner.conversation_of(token_hash).await
    }

    async fn add_agent(&self, new: NewAgent) -> Result<Agent, StoreError> {
        self.inner.add_agent(new).await
    }

    async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError> {
        self.inner.credentials(email).await
    }

    async fn open_session(&self, session: Session) -> Result<(), StoreError> {
        self.inner.open_session(session).await
    }

    async fn session(&self, hash: [u8; 32], now_ms: u64) -> Result<Option<Agent>, StoreError> {
        self.inner.session(hash, now_ms).await
    }

    async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.inner.end_session(hash).await
    }

    fn watch(&self) -> broadcast::Receiver<Arc<Committed>> {
        self.inner.watch()
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}
