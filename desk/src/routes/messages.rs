use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use handoff::{
    api::{NewMessage, Stored},
    chat::Participant,
    limits::FRAME_BYTES,
};

use crate::{
    conversation::{self, Unsaid},
    extract::{Json, Visitor},
    problem::Fault,
    state::Desk,
};

/// Write as the visitor
///
/// The answer is given only after the message is on the disk. A repetition with the same id gives the first one's number.
#[utoipa::path(
    post,
    path = "/v1/messages",
    tag = "visitors",
    security(("visitor" = [])),
    request_body = NewMessage,
    responses((status = 201, description = "The message is stored", body = Stored))
)]
pub(super) async fn post_message(
    State(desk): State<Arc<Desk>>,
    Visitor(conversation): Visitor,
    Json(new): Json<NewMessage, FRAME_BYTES>,
) -> Result<(StatusCode, axum::Json<Stored>), Fault> {
    say(&desk, &conversation, Participant::Visitor, new).await
}

/// What somebody says over HTTP.
pub(super) async fn say(
    desk: &Desk,
    conversation: &str,
    by: Participant,
    new: NewMessage,
) -> Result<(StatusCode, axum::Json<Stored>), Fault> {
    match conversation::say(desk, conversation, by, new).await {
        Ok(stored) => Ok((StatusCode::CREATED, axum::Json(stored))),
        Err(Unsaid::Never(fault)) => Err(fault),
        Err(Unsaid::Now(error)) => Err(error.into()),
    }
}
