//! A store in memory for tests in which time stands still: it answers at once, or when it is told to.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use handoff::{
    Cause, Transcript,
    api::{Agent, Conversation, Role, State, Summary},
    chat::{Event, Participant, What},
    transcript::{Page, VERSION},
};
use tokio::sync::{Semaphore, broadcast};

use crate::store::{
    Appended, Committed, Credentials, NewAgent, NewConversation, NewEvent, Opened, Session, Store, StoreError,
};

/// The store.
pub(crate) struct MemoryStore {
    conversations: Mutex<BTreeMap<String, Kept>>,
    sessions: Mutex<BTreeMap<[u8; 32], (Agent, u64)>>,
    commits: broadcast::Sender<Arc<Committed>>,
    /// Each append takes a permit before it is stored; many at first.
    pub(crate) gate: Semaphore,
    /// Writing fails.
    pub(crate) fails: AtomicBool,
}

struct Kept {
    token_hash: [u8; 32],
    events: Vec<Event>,
}

impl Kept {
    fn state(&self) -> State {
        let change = self.events.iter().rev().find(|event| !matches!(event.what, What::Message { .. }));
        match change.map(|event| &event.what) {
            Some(What::Assigned) => State::Assigned,
            Some(What::Closed) => State::Closed,
            _ => State::Waiting,
        }
    }
}

impl MemoryStore {
    /// An empty store whose watchers may be so many commits behind.
    pub(crate) fn new(watched: usize) -> Arc<Self> {
        Arc::new(Self {
            conversations: Mutex::default(),
            sessions: Mutex::default(),
            commits: broadcast::Sender::new(watched),
            gate: Semaphore::new(1_000_000),
            fails: AtomicBool::new(false),
        })
    }

    /// No append is stored until [`Self::gate`] gets permits.
    pub(crate) fn hold(&self) {
        self.gate.forget_permits(usize::MAX);
    }

    fn is_working(&self) -> Result<(), StoreError> {
        if self.fails.load(Ordering::Relaxed) { Err(sqlx::Error::WorkerCrashed.into()) } else { Ok(()) }
    }

    fn push(&self, conversation: &str, kept: &mut Kept, by: Participant, what: What, at_ms: u64) -> Event {
        let event = Event { seq: kept.events.len() as u64 + 1, at_ms, by, what };
        kept.events.push(event.clone());
        let committed = Committed { conversation: conversation.to_owned(), event: event.clone() };
        let _ = self.commits.send(Arc::new(committed));
        event
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn open(&self, new: NewConversation) -> Result<Opened, StoreError> {
        self.is_working()?;
        let mut kept = Kept { token_hash: new.token_hash, events: Vec::new() };
        self.push(&new.id, &mut kept, Participant::Visitor, What::HandedOff, new.now_ms);
        let what = What::Message { client_message_id: "handoff".into(), text: new.message };
        self.push(&new.id, &mut kept, Participant::Visitor, what, new.now_ms);
        self.conversations.lock().unwrap().insert(new.id.clone(), kept);
        Ok(Opened { conversation: new.id, receipt: new.receipt, fresh: true })
    }

    async fn append(&self, new: NewEvent) -> Result<Appended, StoreError> {
        self.gate.acquire().await.map_err(|_| StoreError::Closed)?.forget();
        self.is_working()?;
        let mut conversations = self.conversations.lock().unwrap();
        let kept = conversations
            .get_mut(&new.conversation)
            .ok_or_else(|| StoreError::NoConversation(new.conversation.clone()))?;
        if let What::Message { client_message_id: new_id, .. } = &new.what {
            let first = kept.events.iter().find(
                |event| matches!(&event.what, What::Message { client_message_id, .. } if client_message_id == new_id),
            );
            match first {
                Some(first) if first.by == new.by => return Ok(Appended { event: first.clone(), fresh: false }),
                Some(_) => return Err(StoreError::Conflict("somebody else used this id".into())),
                None => {}
            }
        }
        let event = self.push(&new.conversation, kept, new.by, new.what, new.now_ms);
        Ok(Appended { event, fresh: true })
    }

    async fn events(&self, conversation: &str, after: u64, limit: u32) -> Result<(Vec<Event>, u64), StoreError> {
        // Lets others go between listening and reading.
        tokio::task::yield_now().await;
        let conversations = self.conversations.lock().unwrap();
        let kept =
            conversations.get(conversation).ok_or_else(|| StoreError::NoConversation(conversation.to_owned()))?;
        let events = kept.events.iter().filter(|event| event.seq > after).take(limit as usize).cloned().collect();
        Ok((events, kept.events.len() as u64))
    }

    async fn conversation(&self, id: &str) -> Result<Option<Conversation>, StoreError> {
        let conversations = self.conversations.lock().unwrap();
        Ok(conversations.get(id).map(|kept| Conversation {
            summary: Summary {
                conversation: id.to_owned(),
                receipt: "AAAA-AAAA".into(),
                state: kept.state(),
                assigned: None,
                name: None,
                latest: String::new(),
                cause: Cause::VisitorChose,
                lang: "en".into(),
                created_ms: 0,
                waiting_since_ms: None,
                last: kept.events.len() as u64,
            },
            email: None,
            transcript: transcript(),
        }))
    }

    async fn queue(&self, _: u32) -> Result<Vec<Summary>, StoreError> {
        Ok(Vec::new())
    }

    async fn position(&self, conversation: &str) -> Result<Option<u32>, StoreError> {
        let conversations = self.conversations.lock().unwrap();
        let mut waiting = conversations.iter().filter(|(_, kept)| kept.state() == State::Waiting);
        Ok(waiting.position(|(id, _)| id == conversation).map(|place| place as u32 + 1))
    }

    async fn first_reply_waits(&self, _: u32) -> Result<Vec<u64>, StoreError> {
        self.is_working()?;
        Ok(vec![60_000; 5])
    }

    async fn conversation_of(&self, token_hash: [u8; 32]) -> Result<Option<String>, StoreError> {
        let conversations = self.conversations.lock().unwrap();
        Ok(conversations.iter().find(|(_, kept)| kept.token_hash == token_hash).map(|(id, _)| id.clone()))
    }

    async fn add_agent(&self, new: NewAgent) -> Result<Agent, StoreError> {
        Ok(Agent { id: new.id, email: new.email, name: new.name, role: new.role })
    }

    async fn credentials(&self, _: &str) -> Result<Option<Credentials>, StoreError> {
        Ok(None)
    }

    async fn open_session(&self, session: Session) -> Result<(), StoreError> {
        let kept = (agent(&session.agent), session.expires_ms);
        self.sessions.lock().unwrap().insert(session.hash, kept);
        Ok(())
    }

    async fn session(&self, hash: [u8; 32], now_ms: u64) -> Result<Option<Agent>, StoreError> {
        let sessions = self.sessions.lock().unwrap();
        Ok(sessions.get(&hash).filter(|(_, expires_ms)| *expires_ms > now_ms).map(|(agent, _)| agent.clone()))
    }

    async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.sessions.lock().unwrap().remove(&hash);
        Ok(())
    }

    fn watch(&self) -> broadcast::Receiver<Arc<Committed>> {
        self.commits.subscribe()
    }

    async fn close(&self) {
        self.gate.close();
    }
}

/// An agent of this id.
pub(crate) fn agent(id: &str) -> Agent {
    Agent { id: id.into(), email: format!("{id}@example"), name: "Mina".into(), role: Role::Agent }
}

/// A transcript in which nothing was said.
pub(crate) fn transcript() -> Transcript {
    let page = Page { url: "https://www.example/".into(), title: String::new() };
    Transcript { version: VERSION, lang: "en".into(), page, cause: Cause::VisitorChose, entries: vec![], struck: 0 }
}
