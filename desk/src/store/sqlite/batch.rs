//! What one transaction does: it reads all that the commands ask about at once, settles them one after another in memory,
//! and writes all events at once. A statement costs a way to SQLite's thread and back, so their number must not grow with
//! the number of messages.

use std::{collections::HashMap, sync::Arc};

use handoff::{
    api::{Agent, State},
    chat::{Event, Participant, What},
};
use sqlx::{FromRow, Row, SqliteConnection, query, query_as, query_scalar};

use super::{
    rows::{EventColumns, EventRow, integer, meaning, to_json, word},
    writer::Command,
};
use crate::store::{
    Appended, Committed, NewAgent, NewConversation, NewEvent, Opened, Session, StoreError,
    rules::{Admitted, Standing, conflict, email_key, same_person},
};

/// A transaction at work.
pub(super) struct Batch<'t> {
    db: &'t mut SqliteConnection,
    /// Conversations that the commands name, as they stand after those that were settled.
    known: HashMap<String, Known>,
    /// Messages that the commands repeat or have said, by number of the conversation and client's message id.
    said: HashMap<(i64, String), Event>,
    /// Hand-offs, by idempotency key.
    opened: HashMap<String, Opened>,
    /// What is to be stored and told, with the number of the conversation.
    events: Vec<(i64, Arc<Committed>)>,
    /// The last turn that was given, once it was asked for.
    turn: Option<i64>,
}

struct Known {
    number: i64,
    standing: Standing,
    changed: bool,
    /// Set where the state has changed.
    turn: Option<i64>,
    /// Set where an agent has said his first word.
    replied_turn: Option<i64>,
}

#[derive(FromRow)]
struct StandingRow {
    id: String,
    number: i64,
    state: String,
    assigned: Option<String>,
    state_seq: u64,
    last_seq: u64,
    created_ms: u64,
    waiting_since_ms: Option<u64>,
    first_reply_ms: Option<u64>,
    latest: String,
}

impl<'t> Batch<'t> {
    /// Reads what the commands are about.
    pub(super) async fn read(db: &'t mut SqliteConnection, commands: &[Command]) -> Result<Self, StoreError> {
        let batch = Self {
            db,
            known: HashMap::new(),
            said: HashMap::new(),
            opened: HashMap::new(),
            events: Vec::new(),
            turn: None,
        };
        batch.read_opened(commands).await?.read_known(commands).await?.read_said(commands).await
    }

    async fn read_opened(mut self, commands: &[Command]) -> Result<Self, StoreError> {
        let keys: Vec<&str> = commands
            .iter()
            .filter_map(|command| match command {
                Command::Open { new, .. } => Some(new.idempotency_key.as_str()),
                _ => None,
            })
            .collect();
        if keys.is_empty() {
            return Ok(self);
        }
        let rows: Vec<(String, String, String)> = query_as(
            "SELECT idempotency_key, id, receipt FROM conversations
             WHERE idempotency_key IN (SELECT value FROM json_each(?1))",
        )
        .bind(to_json(&keys)?)
        .fetch_all(&mut *self.db)
        .await?;
        let opened = |(key, conversation, receipt)| (key, Opened { conversation, receipt, fresh: false });
        self.opened = rows.into_iter().map(opened).collect();
        Ok(self)
    }

    async fn read_known(mut self, commands: &[Command]) -> Result<Self, StoreError> {
        let mut ids: Vec<&str> = appended(commands).map(|new| new.conversation.as_str()).collect();
        if ids.is_empty() {
            return Ok(self);
        }
        ids.sort_unstable();
        ids.dedup();
        let rows: Vec<StandingRow> = query_as(
            "SELECT id, number, state, assigned, state_seq, last_seq, created_ms, waiting_since_ms, first_reply_ms, latest
             FROM conversations WHERE id IN (SELECT value FROM json_each(?1))",
        )
        .bind(to_json(&ids)?)
        .fetch_all(&mut *self.db)
        .await?;
        for row in rows {
            let standing = Standing {
                state: meaning(row.state)?,
                assigned: row.assigned,
                state_seq: row.state_seq,
                last: row.last_seq,
                created_ms: row.created_ms,
                waiting_since_ms: row.waiting_since_ms,
                first_reply_ms: row.first_reply_ms,
                latest: row.latest,
            };
            self.known.insert(row.id, Known::new(row.number, standing));
        }
        Ok(self)
    }

    async fn read_said(mut self, commands: &[Command]) -> Result<Self, StoreError> {
        let asked: Vec<(i64, &str)> = appended(commands)
            .filter_map(|new| match &new.what {
                What::Message { client_message_id, .. } => {
                    Some((self.known.get(&new.conversation)?.number, client_message_id.as_str()))
                }
                _ => None,
            })
            .collect();
        if asked.is_empty() {
            return Ok(self);
        }
        let rows = query(
            "SELECT e.conversation, e.seq, e.at_ms, e.agent, e.agent_name, e.kind, e.client_message_id, e.text
             FROM json_each(?1) AS asked CROSS JOIN events AS e
                  ON e.conversation = asked.value ->> 0 AND e.client_message_id = asked.value ->> 1",
        )
        .bind(to_json(&asked)?)
        .fetch_all(&mut *self.db)
        .await?;
        for row in &rows {
            let event = EventRow::from_row(row)?.try_into()?;
            self.said.insert((row.try_get("conversation")?, row.try_get("client_message_id")?), event);
        }
        Ok(self)
    }

    pub(super) async fn open(&mut self, new: &NewConversation, transcript: &str) -> Result<Opened, StoreError> {
        if let Some(first) = self.opened.get(&new.idempotency_key) {
            return Ok(first.clone());
        }
        let turn = self.next_turn().await?;
        let (standing, events) = Standing::opened(new);
        let stored = query(
            "INSERT INTO conversations (id, receipt, token_hash, idempotency_key, name, email, lang, cause, created_ms,
                                        state, state_seq, turn, last_seq, waiting_since_ms, latest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT DO NOTHING",
        )
        .bind(&new.id)
        .bind(&new.receipt)
        .bind(new.token_hash.to_vec())
        .bind(&new.idempotency_key)
        .bind(&new.name)
        .bind(&new.email)
        .bind(&new.transcript.lang)
        .bind(word(new.transcript.cause)?)
        .bind(integer(standing.created_ms))
        .bind(word(standing.state)?)
        .bind(integer(standing.state_seq))
        .bind(turn)
        .bind(integer(standing.last))
        .bind(standing.waiting_since_ms.map(integer))
        .bind(&standing.latest)
        .execute(&mut *self.db)
        .await?;
        if stored.rows_affected() == 0 {
            return Err(conflict("the conversation's id or token is taken; make a new one"));
        }
        let number = stored.last_insert_rowid();
        query("INSERT INTO transcripts (conversation, body) VALUES (?1, ?2)")
            .bind(number)
            .bind(transcript)
            .execute(&mut *self.db)
            .await?;
        self.keep(number, &new.id, events);
        self.known.insert(new.id.clone(), Known::new(number, standing));
        let opened = Opened { conversation: new.id.clone(), receipt: new.receipt.clone(), fresh: false };
        self.opened.insert(new.idempotency_key.clone(), opened.clone());
        Ok(Opened { fresh: true, ..opened })
    }

    pub(super) async fn append(&mut self, new: &NewEvent) -> Result<Appended, StoreError> {
        let Some(known) = self.known.get_mut(&new.conversation) else {
            return Err(StoreError::NoConversation(new.conversation.clone()));
        };
        let number = known.number;
        match (&new.what, &new.by) {
            (What::Message { client_message_id, .. }, by) => {
                if let Some(first) = self.said.get(&(number, client_message_id.clone())) {
                    return if same_person(&first.by, by) {
                        Ok(Appended { event: first.clone(), fresh: false })
                    } else {
                        Err(conflict("somebody else has used this client_message_id; choose a new one"))
                    };
                }
            }
            (What::Assigned, Participant::Agent { id, .. }) => {
                let there: Option<i64> =
                    query_scalar("SELECT 1 FROM agents WHERE id = ?1").bind(id).fetch_optional(&mut *self.db).await?;
                if there.is_none() {
                    return Err(conflict(format!("there is no agent {id}")));
                }
            }
            _ => {}
        }
        let (state_seq, replied) = (known.standing.state_seq, known.standing.first_reply_ms.is_some());
        let events = match known.standing.admit(new)? {
            Admitted::Already(seq) => return Ok(Appended { event: self.event(number, seq).await?, fresh: false }),
            Admitted::New(events) => events,
        };
        known.changed = true;
        let moved = known.standing.state_seq != state_seq;
        let replied = known.standing.first_reply_ms.is_some() != replied;
        if moved || replied {
            let turn = self.next_turn().await?;
            if let Some(known) = self.known.get_mut(&new.conversation) {
                known.turn = if moved { Some(turn) } else { known.turn };
                known.replied_turn = if replied { Some(turn) } else { known.replied_turn };
            }
        }
        let asked = events.last().cloned();
        self.keep(number, &new.conversation, events);
        let event = asked.ok_or_else(|| StoreError::Damaged("nothing came of an event".into()))?;
        Ok(Appended { event, fresh: true })
    }

    pub(super) async fn add_agent(&mut self, new: &NewAgent) -> Result<Agent, StoreError> {
        let stored = query(
            "INSERT INTO agents (id, email, email_key, name, role, password_hash, created_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )
        .bind(&new.id)
        .bind(&new.email)
        .bind(email_key(&new.email))
        .bind(&new.name)
        .bind(word(new.role)?)
        .bind(&new.password_hash)
        .bind(integer(new.now_ms))
        .execute(&mut *self.db)
        .await?;
        if stored.rows_affected() == 0 {
            return Err(conflict(format!("there is an agent with the address {} already", new.email)));
        }
        Ok(Agent { id: new.id.clone(), email: new.email.clone(), name: new.name.clone(), role: new.role })
    }

    pub(super) async fn open_session(&mut self, session: &Session, ended_ms: u64) -> Result<(), StoreError> {
        query("DELETE FROM sessions WHERE expires_ms <= ?1").bind(integer(ended_ms)).execute(&mut *self.db).await?;
        let stored = query(
            "INSERT INTO sessions (hash, agent, expires_ms) SELECT ?1, id, ?3 FROM agents WHERE id = ?2
             ON CONFLICT DO NOTHING",
        )
        .bind(session.hash.to_vec())
        .bind(&session.agent)
        .bind(integer(session.expires_ms))
        .execute(&mut *self.db)
        .await?;
        if stored.rows_affected() == 0 {
            return Err(conflict("there is no such agent, or the session's cookie is taken; sign in again"));
        }
        Ok(())
    }

    pub(super) async fn end_session(&mut self, hash: &[u8; 32]) -> Result<(), StoreError> {
        query("DELETE FROM sessions WHERE hash = ?1").bind(hash.to_vec()).execute(&mut *self.db).await?;
        Ok(())
    }

    /// Writes events and what has become of their conversations; gives the events in their order.
    pub(super) async fn write(self) -> Result<Vec<Arc<Committed>>, StoreError> {
        if self.events.is_empty() {
            return Ok(Vec::new());
        }
        let events: Vec<_> = self.events.iter().map(|(number, told)| event_values(*number, &told.event)).collect();
        query(
            "INSERT INTO events (conversation, seq, at_ms, agent, agent_name, kind, client_message_id, text)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
             FROM json_each(?1)",
        )
        .bind(to_json(&events)?)
        .execute(&mut *self.db)
        .await?;

        let changed: Vec<_> = self.known.values().filter(|known| known.changed).collect();
        if !changed.is_empty() {
            let values: Vec<_> = changed.iter().map(|known| known.values()).collect();
            query(
                "UPDATE conversations SET last_seq = now.value ->> 1, waiting_since_ms = now.value ->> 2,
                                          latest = now.value ->> 3
                 FROM json_each(?1) AS now WHERE number = now.value ->> 0",
            )
            .bind(to_json(&values)?)
            .execute(&mut *self.db)
            .await?;
        }
        // Apart, because these stand in indexes, and most messages leave them alone.
        let moved: Vec<_> = changed.iter().filter_map(|known| known.moved_values()).collect();
        if !moved.is_empty() {
            query(
                "UPDATE conversations SET state = now.value ->> 1, assigned = now.value ->> 2,
                                          state_seq = now.value ->> 3, turn = coalesce(now.value ->> 4, turn),
                                          first_reply_ms = now.value ->> 5,
                                          replied_turn = coalesce(now.value ->> 6, replied_turn)
                 FROM json_each(?1) AS now WHERE number = now.value ->> 0",
            )
            .bind(to_json(&moved)?)
            .execute(&mut *self.db)
            .await?;
        }
        Ok(self.events.into_iter().map(|(_, told)| told).collect())
    }

    /// An event that is stored, or will be by this transaction.
    async fn event(&mut self, number: i64, seq: u64) -> Result<Event, StoreError> {
        let fresh = self.events.iter().find(|(other, told)| *other == number && told.event.seq == seq);
        if let Some((_, told)) = fresh {
            return Ok(told.event.clone());
        }
        let row: EventRow = query_as(
            "SELECT seq, at_ms, agent, agent_name, kind, client_message_id, text FROM events
             WHERE conversation = ?1 AND seq = ?2",
        )
        .bind(number)
        .bind(integer(seq))
        .fetch_optional(&mut *self.db)
        .await?
        .ok_or_else(|| StoreError::Damaged(format!("event {seq} is missing")))?;
        row.try_into()
    }

    fn keep(&mut self, number: i64, conversation: &str, events: Vec<Event>) {
        for event in events {
            if let What::Message { client_message_id, .. } = &event.what {
                self.said.insert((number, client_message_id.clone()), event.clone());
            }
            self.events.push((number, Arc::new(Committed { conversation: conversation.to_owned(), event })));
        }
    }

    async fn next_turn(&mut self) -> Result<i64, StoreError> {
        let last = match self.turn {
            Some(turn) => turn,
            None => {
                query_scalar(
                    "SELECT coalesce(max(turn), 0) FROM (
                         SELECT max(turn) AS turn FROM conversations WHERE state = 'waiting'
                         UNION ALL SELECT max(turn) FROM conversations WHERE state = 'assigned'
                         UNION ALL SELECT max(turn) FROM conversations WHERE state = 'closed'
                         UNION ALL SELECT max(replied_turn) FROM conversations WHERE replied_turn IS NOT NULL)",
                )
                .fetch_one(&mut *self.db)
                .await?
            }
        };
        self.turn = Some(last + 1);
        Ok(last + 1)
    }
}

impl Known {
    fn new(number: i64, standing: Standing) -> Self {
        Self { number, standing, changed: false, turn: None, replied_turn: None }
    }

    fn values(&self) -> (i64, i64, Option<i64>, &str) {
        let Standing { last, waiting_since_ms, latest, .. } = &self.standing;
        (self.number, integer(*last), waiting_since_ms.map(integer), latest)
    }

    fn moved_values(&self) -> Option<MovedValues<'_>> {
        let Standing { state, assigned, state_seq, first_reply_ms, .. } = &self.standing;
        let (turn, replied_turn) = (self.turn, self.replied_turn);
        (turn.is_some() || replied_turn.is_some()).then(|| {
            let first_reply_ms = first_reply_ms.map(integer);
            (self.number, *state, assigned.as_deref(), integer(*state_seq), turn, first_reply_ms, replied_turn)
        })
    }
}

type MovedValues<'k> = (i64, State, Option<&'k str>, i64, Option<i64>, Option<i64>, Option<i64>);

type EventValues<'e> =
    (i64, i64, i64, Option<&'e str>, Option<&'e str>, &'static str, Option<&'e str>, Option<&'e str>);

fn event_values(number: i64, event: &Event) -> EventValues<'_> {
    let EventColumns { agent, agent_name, kind, client_message_id, text } = EventColumns::of(event);
    (number, integer(event.seq), integer(event.at_ms), agent, agent_name, kind, client_message_id, text)
}

fn appended(commands: &[Command]) -> impl Iterator<Item = &NewEvent> {
    commands.iter().filter_map(|command| match command {
        Command::Append { new, .. } => Some(new),
        _ => None,
    })
}
