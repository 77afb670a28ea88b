//! Reading: each call is one statement, and so sees one moment.

use handoff::{
    Transcript,
    api::{Agent, Conversation, Summary},
    chat::Event,
};
use sqlx::{FromRow, Row, SqlitePool, query, query_as, query_scalar};

use super::rows::{AgentRow, EventRow, SummaryRow, from_json, integer};
use crate::store::{Credentials, StoreError, rules::email_key};

pub(super) async fn events(
    db: &SqlitePool,
    conversation: &str,
    after: u64,
    limit: u32,
) -> Result<(Vec<Event>, u64), StoreError> {
    let rows = query(
        "SELECT c.last_seq, e.seq, e.at_ms, e.agent, e.agent_name, e.kind, e.client_message_id, e.text
         FROM conversations AS c LEFT JOIN events AS e ON e.conversation = c.number AND e.seq > ?2
         WHERE c.id = ?1 ORDER BY e.seq LIMIT ?3",
    )
    .bind(conversation)
    .bind(integer(after))
    // The number of the last event is wanted in any case.
    .bind(limit.max(1))
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first() else { return Err(StoreError::NoConversation(conversation.into())) };
    let last: u64 = first.try_get("last_seq")?;
    if limit == 0 || first.try_get::<Option<u64>, _>("seq")?.is_none() {
        return Ok((Vec::new(), last));
    }
    let events = rows.iter().map(|row| EventRow::from_row(row)?.try_into()).collect::<Result<_, StoreError>>()?;
    Ok((events, last))
}

#[derive(FromRow)]
struct ConversationRow {
    #[sqlx(flatten)]
    summary: SummaryRow,
    email: Option<String>,
    body: String,
}

pub(super) async fn conversation(db: &SqlitePool, id: &str) -> Result<Option<Conversation>, StoreError> {
    let row: Option<ConversationRow> = query_as(
        "SELECT c.id, c.receipt, c.state, c.name, c.latest, c.cause, c.lang, c.created_ms, c.waiting_since_ms, c.last_seq,
                a.id AS agent_id, a.email AS agent_email, a.name AS agent_name, a.role AS agent_role,
                c.email, t.body
         FROM conversations AS c JOIN transcripts AS t ON t.conversation = c.number LEFT JOIN agents AS a ON a.id = c.assigned
         WHERE c.id = ?1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    let Some(ConversationRow { summary, email, body }) = row else { return Ok(None) };
    let transcript: Transcript = from_json(&body)?;
    Ok(Some(Conversation { summary: summary.try_into()?, email, transcript }))
}

pub(super) async fn queue(db: &SqlitePool, closed: u32) -> Result<Vec<Summary>, StoreError> {
    let rows: Vec<SummaryRow> = query_as(
        "SELECT c.id, c.receipt, c.state, c.name, c.latest, c.cause, c.lang, c.created_ms, c.waiting_since_ms, c.last_seq,
                a.id AS agent_id, a.email AS agent_email, a.name AS agent_name, a.role AS agent_role
         FROM (SELECT 1 AS part, turn AS place, * FROM conversations WHERE state = 'waiting'
               UNION ALL
               SELECT 2, turn, * FROM conversations WHERE state = 'assigned'
               UNION ALL
               SELECT * FROM (SELECT 3, -turn, * FROM conversations WHERE state = 'closed' ORDER BY turn DESC LIMIT ?1))
              AS c
         LEFT JOIN agents AS a ON a.id = c.assigned
         ORDER BY c.part, c.place",
    )
    .bind(closed)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Summary::try_from).collect()
}

pub(super) async fn position(db: &SqlitePool, conversation: &str) -> Result<Option<u32>, StoreError> {
    let position = query_scalar(
        "SELECT (SELECT count(*) FROM conversations AS other WHERE other.state = 'waiting' AND other.turn <= own.turn)
         FROM conversations AS own WHERE own.id = ?1 AND own.state = 'waiting'",
    )
    .bind(conversation)
    .fetch_optional(db)
    .await?;
    Ok(position)
}

pub(super) async fn first_reply_waits(db: &SqlitePool, limit: u32) -> Result<Vec<u64>, StoreError> {
    let waits = query_scalar(
        "SELECT first_reply_ms FROM conversations WHERE replied_turn IS NOT NULL ORDER BY replied_turn DESC LIMIT ?1",
    )
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(waits)
}

pub(super) async fn conversation_of(db: &SqlitePool, token_hash: [u8; 32]) -> Result<Option<String>, StoreError> {
    let id = query_scalar("SELECT id FROM conversations WHERE token_hash = ?1")
        .bind(token_hash.to_vec())
        .fetch_optional(db)
        .await?;
    Ok(id)
}

#[derive(FromRow)]
struct CredentialsRow {
    #[sqlx(flatten)]
    agent: AgentRow,
    password_hash: String,
}

pub(super) async fn credentials(db: &SqlitePool, email: &str) -> Result<Option<Credentials>, StoreError> {
    let row: Option<CredentialsRow> = query_as(
        "SELECT id AS agent_id, email AS agent_email, name AS agent_name, role AS agent_role, password_hash
         FROM agents WHERE email_key = ?1",
    )
    .bind(email_key(email))
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok(Credentials { agent: row.agent.try_into()?, password_hash: row.password_hash })).transpose()
}

pub(super) async fn session(db: &SqlitePool, hash: [u8; 32], now_ms: u64) -> Result<Option<Agent>, StoreError> {
    let row: Option<AgentRow> = query_as(
        "SELECT a.id AS agent_id, a.email AS agent_email, a.name AS agent_name, a.role AS agent_role
         FROM sessions AS s JOIN agents AS a ON a.id = s.agent WHERE s.hash = ?1 AND s.expires_ms > ?2",
    )
    .bind(hash.to_vec())
    .bind(integer(now_ms))
    .fetch_optional(db)
    .await?;
    row.map(Agent::try_from).transpose()
}
