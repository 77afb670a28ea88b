//! SQLite, embedded.
//!
//! One task owns the only connection that writes. It takes all commands that wait into one transaction, and answers them
//! and tells of their events only when SQLite has synced the commit (`journal_mode=WAL`, `synchronous=FULL`): many
//! callers share one sync. Reading goes over a small pool beside it.

mod batch;
mod open;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod writer;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use handoff::{
    Transcript,
    api::{Agent, Conversation, Summary},
    chat::Event,
};
use sqlx::SqlitePool;
use tokio::{
    sync::{Mutex, broadcast, mpsc},
    task::JoinHandle,
};

use super::{
    Appended, Committed, Credentials, NewAgent, NewConversation, NewEvent, Opened, Session, Store, StoreError,
};
use writer::{Command, Slot, Writer};

/// Commands that may wait before callers are made to wait with them.
const WAITING: usize = 1024;
/// Events that a listener may be behind before it must read again.
const WATCHED: usize = 4096;

/// The store in one SQLite database.
#[derive(Debug)]
pub struct SqliteStore {
    commands: mpsc::Sender<Command>,
    events: broadcast::Sender<Arc<Committed>>,
    readers: SqlitePool,
    /// Until the store is closed.
    writer: Mutex<Option<JoinHandle<()>>>,
    /// The desk's clock when a session was last asked for: sessions that ended before it are forgotten.
    session_clock_ms: AtomicU64,
}

impl SqliteStore {
    /// Opens a database, `sqlite:PATH` or `sqlite://PATH`, and brings it to this version's form. What is missing, folder
    /// and file, is made; the file can be read by its owner only. `sqlite::memory:` keeps nothing and is for tests.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Migration`] where the database is not of this version or before;
    /// [`StoreError::Database`] where it cannot be opened.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let place = open::Place::of(url)?;
        let connection = place.prepare().await?;
        let readers = place.readers().await?;
        let (commands, queue) = mpsc::channel(WAITING);
        let (events, _) = broadcast::channel(WATCHED);
        let writer = Writer::new(place, connection, queue, events.clone());
        let writer = Mutex::new(Some(tokio::spawn(writer.run())));
        Ok(Self { commands, events, readers, writer, session_clock_ms: AtomicU64::new(0) })
    }

    /// Hands a command to the writer and waits for its answer. A caller that stops waiting undoes nothing.
    async fn ask<T>(&self, command: impl FnOnce(Slot<T>) -> Command) -> Result<T, StoreError> {
        let (slot, answer) = Slot::new();
        self.commands.send(command(slot)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn open(&self, new: NewConversation) -> Result<Opened, StoreError> {
        let transcript = rows::to_json(&new.transcript)?;
        // Never seen to differ; a hand-off that could not be read again as it came must not be acknowledged.
        if rows::from_json::<Transcript>(&transcript)? != new.transcript {
            return Err(StoreError::Damaged("the transcript would not be read as it was given".into()));
        }
        let new = Box::new(new);
        self.ask(|slot| Command::Open { new, transcript, slot }).await
    }

    async fn append(&self, new: NewEvent) -> Result<Appended, StoreError> {
        self.ask(|slot| Command::Append { new, slot }).await
    }

    async fn events(&self, conversation: &str, after: u64, limit: u32) -> Result<(Vec<Event>, u64), StoreError> {
        read::events(&self.readers, conversation, after, limit).await
    }

    async fn conversation(&self, conversation: &str) -> Result<Option<Conversation>, StoreError> {
        read::conversation(&self.readers, conversation).await
    }

    async fn queue(&self, closed: u32) -> Result<Vec<Summary>, StoreError> {
        read::queue(&self.readers, closed).await
    }

    async fn position(&self, conversation: &str) -> Result<Option<u32>, StoreError> {
        read::position(&self.readers, conversation).await
    }

    async fn first_reply_waits(&self, limit: u32) -> Result<Vec<u64>, StoreError> {
        read::first_reply_waits(&self.readers, limit).await
    }

    async fn conversation_of(&self, token_hash: [u8; 32]) -> Result<Option<String>, StoreError> {
        read::conversation_of(&self.readers, token_hash).await
    }

    async fn add_agent(&self, new: NewAgent) -> Result<Agent, StoreError> {
        self.ask(|slot| Command::AddAgent { new, slot }).await
    }

    async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError> {
        read::credentials(&self.readers, email).await
    }

    async fn open_session(&self, session: Session) -> Result<(), StoreError> {
        let ended_ms = self.session_clock_ms.load(Ordering::Relaxed);
        self.ask(|slot| Command::OpenSession { session, ended_ms, slot }).await
    }

    async fn session(&self, hash: [u8; 32], now_ms: u64) -> Result<Option<Agent>, StoreError> {
        self.session_clock_ms.store(now_ms, Ordering::Relaxed);
        read::session(&self.readers, hash, now_ms).await
    }

    async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.ask(|slot| Command::EndSession { hash, slot }).await
    }

    fn watch(&self) -> broadcast::Receiver<Arc<Committed>> {
        self.events.subscribe()
    }

    async fn close(&self) {
        let mut writer = self.writer.lock().await;
        if let Some(task) = writer.take() {
            // Fails only where the task has ended already.
            let _ = self.commands.send(Command::Close).await;
            let _ = task.await;
        }
        self.readers.close().await;
    }
}
