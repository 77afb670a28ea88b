//! The one task that writes: what waits goes into one transaction, one sync, and then everybody is answered.

use std::sync::Arc;

use handoff::api::Agent;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{broadcast, mpsc, oneshot};

use super::{batch::Batch, open::Place};
use crate::store::{Appended, Committed, NewAgent, NewConversation, NewEvent, Opened, Session, StoreError};

/// Commands in one transaction. More would make the first wait for the last without saving a sync worth speaking of.
const TOGETHER: usize = 256;

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Command {
    Open {
        new: Box<NewConversation>,
        transcript: String,
        slot: Slot<Opened>,
    },
    Append {
        new: NewEvent,
        slot: Slot<Appended>,
    },
    AddAgent {
        new: NewAgent,
        slot: Slot<Agent>,
    },
    /// Also forgets sessions that ended before `ended_ms`.
    OpenSession {
        session: Session,
        ended_ms: u64,
        slot: Slot<()>,
    },
    EndSession {
        hash: [u8; 32],
        slot: Slot<()>,
    },
    /// Write what waits, and end.
    Close,
    /// Runs this first in every transaction from now on, to make it fail as a bad disk would.
    #[cfg(test)]
    Sabotage {
        sql: Option<&'static str>,
        slot: Slot<()>,
    },
}

/// Where the answer to a command goes: first kept, given only after the commit.
#[derive(Debug)]
pub(super) struct Slot<T> {
    caller: oneshot::Sender<Result<T, StoreError>>,
    outcome: Option<Result<T, StoreError>>,
}

impl<T> Slot<T> {
    pub(super) fn new() -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (caller, answer) = oneshot::channel();
        (Self { caller, outcome: None }, answer)
    }

    /// Keeps what came out. Refused is one caller only; what hits the database hits all, and is given back.
    pub(super) fn keep(&mut self, outcome: Result<T, StoreError>) -> Result<(), StoreError> {
        match outcome {
            Ok(_) | Err(StoreError::NoConversation(_) | StoreError::Conflict(_)) => {
                self.outcome = Some(outcome);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// After the commit. A caller that has gone away does not matter: what is committed stays.
    fn answer(self) {
        if let Some(outcome) = self.outcome {
            let _ = self.caller.send(outcome);
        }
    }

    fn fail(self, error: StoreError) {
        let _ = self.caller.send(Err(error));
    }
}

impl Command {
    fn answer(self) {
        match self {
            Self::Open { slot, .. } => slot.answer(),
            Self::Append { slot, .. } => slot.answer(),
            Self::AddAgent { slot, .. } => slot.answer(),
            Self::OpenSession { slot, .. } | Self::EndSession { slot, .. } => slot.answer(),
            Self::Close => {}
            #[cfg(test)]
            Self::Sabotage { slot, .. } => slot.answer(),
        }
    }

    fn fail(self, error: StoreError) {
        match self {
            Self::Open { slot, .. } => slot.fail(error),
            Self::Append { slot, .. } => slot.fail(error),
            Self::AddAgent { slot, .. } => slot.fail(error),
            Self::OpenSession { slot, .. } | Self::EndSession { slot, .. } => slot.fail(error),
            Self::Close => {}
            #[cfg(test)]
            Self::Sabotage { slot, .. } => slot.fail(error),
        }
    }
}

/// The task.
#[derive(Debug)]
pub(super) struct Writer {
    place: Place,
    /// `None` after something failed: a handle whose sync failed once may say of the next one that it went well, though
    /// the pages of the first are lost.
    connection: Option<SqliteConnection>,
    commands: mpsc::Receiver<Command>,
    events: broadcast::Sender<Arc<Committed>>,
    #[cfg(test)]
    sabotage: Option<&'static str>,
}

impl Writer {
    pub(super) fn new(
        place: Place,
        connection: SqliteConnection,
        commands: mpsc::Receiver<Command>,
        events: broadcast::Sender<Arc<Committed>>,
    ) -> Self {
        Self {
            place,
            connection: Some(connection),
            commands,
            events,
            #[cfg(test)]
            sabotage: None,
        }
    }

    /// Works until it is told to close or all callers are gone.
    pub(super) async fn run(mut self) {
        let mut commands = Vec::with_capacity(TOGETHER);
        while self.commands.recv_many(&mut commands, TOGETHER).await > 0 {
            if commands.iter().any(|command| matches!(command, Command::Close)) {
                // What waits already is still received.
                self.commands.close();
            }
            self.write(&mut commands).await;
        }
        if let Some(connection) = self.connection {
            let _ = connection.close().await;
        }
    }

    /// Writes commands and answers them.
    async fn write(&mut self, commands: &mut Vec<Command>) {
        match self.transact(commands).await {
            Ok(events) => self.answer(commands.drain(..), events),
            // Nothing was written of any. The others must not suffer for the one that does not fit.
            Err(Failure { error, about_one: true }) if commands.len() > 1 => {
                tracing::warn!(%error, "a transaction is taken apart");
                for command in commands.drain(..) {
                    let mut alone = [command];
                    match self.transact(&mut alone).await {
                        Ok(events) => self.answer(alone, events),
                        Err(failure) => alone.into_iter().for_each(|command| command.fail(failure.error.clone())),
                    }
                }
            }
            Err(Failure { error, .. }) => {
                tracing::error!(%error, callers = commands.len(), "nothing of a transaction was stored");
                commands.drain(..).for_each(|command| command.fail(error.clone()));
            }
        }
    }

    /// Writes commands in one transaction. When it returns well, the commit is synced.
    async fn transact(&mut self, commands: &mut [Command]) -> Result<Vec<Arc<Committed>>, Failure> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.place.writer().await?,
        };
        #[cfg(test)]
        for command in &*commands {
            if let Command::Sabotage { sql, .. } = command {
                self.sabotage = *sql;
            }
        }
        let written = async {
            let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
            #[cfg(test)]
            if let Some(sql) = self.sabotage {
                sqlx::query(sql).execute(&mut *transaction).await?;
            }
            let mut batch = Batch::read(&mut transaction, commands).await?;
            for command in &mut *commands {
                match command {
                    Command::Open { new, transcript, slot } => slot.keep(batch.open(new, transcript).await)?,
                    Command::Append { new, slot } => slot.keep(batch.append(new).await)?,
                    Command::AddAgent { new, slot } => slot.keep(batch.add_agent(new).await)?,
                    Command::OpenSession { session, ended_ms, slot } => {
                        slot.keep(batch.open_session(session, *ended_ms).await)?;
                    }
                    Command::EndSession { hash, slot } => slot.keep(batch.end_session(hash).await)?,
                    Command::Close => {}
                    #[cfg(test)]
                    Command::Sabotage { slot, .. } => slot.keep(Ok(()))?,
                }
            }
            let events = batch.write().await?;
            transaction.commit().await.map_err(|error| Failure { error: error.into(), about_one: false })?;
            Ok(events)
        }
        .await;
        match &written {
            Err(Failure { about_one: false, .. }) => {
                let _ = connection.close().await;
            }
            _ => self.connection = Some(connection),
        }
        written
    }

    /// Tells of what was committed, and answers the callers.
    fn answer(&self, commands: impl IntoIterator<Item = Command>, events: Vec<Arc<Committed>>) {
        for event in events {
            // Fails only where nobody listens.
            let _ = self.events.send(event);
        }
        commands.into_iter().for_each(Command::answer);
    }
}

/// Why a transaction failed.
#[derive(Debug)]
struct Failure {
    error: StoreError,
    /// Whether one command is at fault and not the database as a whole: it breaks a constraint, is too large, or is about
    /// a record that cannot be read. Never so when the commit itself has failed.
    about_one: bool,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        /// SQLite's primary result codes TOOBIG, CONSTRAINT and MISMATCH.
        const ABOUT_ONE: [i32; 3] = [18, 19, 20];
        let about_one = match &error {
            StoreError::Damaged(_) => true,
            StoreError::Database(error) => error
                .as_database_error()
                .and_then(|error| error.code()?.parse::<i32>().ok())
                .is_some_and(|code| ABOUT_ONE.contains(&(code & 0xff))),
            _ => false,
        };
        Self { error, about_one }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}
