use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use handoff::{
    api::{NewMessage, Page, Stored},
    chat::{Participant, What},
    limits::FRAME_BYTES,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    agents::session::SignedIn,
    conversation,
    extract::{Conversation, Json, NoBody, Query},
    problem::Fault,
    state::Desk,
};

use super::{events::Which, messages};

/// Something is so, since this event.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Happened {
    /// Number of the event.
    seq: u64,
    /// When it was stored, in milliseconds since 1970.
    at_ms: u64,
}

/// A conversation with its transcript
#[utoipa::path(
    get,
    path = "/v1/conversations/{id}",
    tag = "agents",
    security(("agent" = [])),
    params(("id" = String, Path, description = "The conversation")),
    responses((status = 200, description = "All but the events", body = handoff::api::Conversation))
)]
pub(super) async fn get_conversation(
    State(desk): State<Arc<Desk>>,
    _: SignedIn,
    Conversation(id): Conversation,
) -> Result<axum::Json<handoff::api::Conversation>, Fault> {
    desk.store.conversation(&id).await?.map(axum::Json).ok_or_else(Fault::no_conversation)
}

/// What happens in a conversation
#[utoipa::path(
    get,
    path = "/v1/conversations/{id}/events",
    tag = "agents",
    security(("agent" = [])),
    params(("id" = String, Path, description = "The conversation"), Which),
    responses((status = 200, description = "Events, in order", body = Page))
)]
pub(super) async fn get_conversation_events(
    State(desk): State<Arc<Desk>>,
    _: SignedIn,
    Conversation(id): Conversation,
    Query(which): Query<Which>,
) -> Result<axum::Json<Page>, Fault> {
    which.page(&desk, &id).await
}

/// Reply
///
/// The answer is given only after the message is on the disk. A repetition with the same id gives the first one's number.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/messages",
    tag = "agents",
    security(("agent" = [])),
    params(("id" = String, Path, description = "The conversation")),
    request_body = NewMessage,
    responses((status = 201, description = "The message is stored", body = Stored))
)]
pub(super) async fn post_conversation_message(
    State(desk): State<Arc<Desk>>,
    who: SignedIn,
    Conversation(id): Conversation,
    Json(new): Json<NewMessage, FRAME_BYTES>,
) -> Result<(StatusCode, axum::Json<Stored>), Fault> {
    messages::say(&desk, &id, by(who), new).await
}

/// Take a conversation
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/assign",
    tag = "agents",
    security(("agent" = [])),
    params(("id" = String, Path, description = "The conversation")),
    responses((status = 200, description = "It is assigned to whoever asked", body = Happened))
)]
pub(super) async fn assign_conversation(
    State(desk): State<Arc<Desk>>,
    who: SignedIn,
    Conversation(id): Conversation,
    _: NoBody,
) -> Result<axum::Json<Happened>, Fault> {
    happen(&desk, &id, who, What::Assigned).await
}

/// Close a conversation
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/close",
    tag = "agents",
    security(("agent" = [])),
    params(("id" = String, Path, description = "The conversation")),
    responses((status = 200, description = "It is closed", body = Happened))
)]
pub(super) async fn close_conversation(
    State(desk): State<Arc<Desk>>,
    who: SignedIn,
    Conversation(id): Conversation,
    _: NoBody,
) -> Result<axum::Json<Happened>, Fault> {
    happen(&desk, &id, who, What::Closed).await
}

/// Open a conversation again
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/reopen",
    tag = "agents",
    security(("agent" = [])),
    params(("id" = String, Path, description = "The conversation")),
    responses((status = 200, description = "It is open", body = Happened))
)]
pub(super) async fn reopen_conversation(
    State(desk): State<Arc<Desk>>,
    who: SignedIn,
    Conversation(id): Conversation,
    _: NoBody,
) -> Result<axum::Json<Happened>, Fault> {
    happen(&desk, &id, who, What::Reopened).await
}

async fn happen(desk: &Desk, id: &str, who: SignedIn, what: What) -> Result<axum::Json<Happened>, Fault> {
    let event = conversation::append(desk, id, by(who), what).await?.event;
    Ok(axum::Json(Happened { seq: event.seq, at_ms: event.at_ms }))
}

fn by(who: SignedIn) -> Participant {
    Participant::Agent { id: who.agent.id, name: who.agent.name }
}
