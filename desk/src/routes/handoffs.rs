use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use handoff::{
    api::{NewHandoff, Receipt},
    limits::HANDOFF_BYTES,
};

use crate::{
    clock,
    extract::{IdempotencyKey, Json},
    intake,
    problem::Fault,
    random, receipt,
    state::Desk,
    store::NewConversation,
    token,
};

/// Hand off to a person
///
/// Opens a conversation. The answer is given only after the hand-off is on the disk. A repetition with the same key
/// gives the first conversation and its token again, whatever else it says.
#[utoipa::path(
    post,
    path = "/v1/handoffs",
    tag = "visitors",
    security(()),
    params(("Idempotency-Key" = String, Header, description = "16 to 64 of `A-Z a-z 0-9 _ -`, chosen at random and kept until the answer is there: whoever knows it gets the token")),
    request_body = NewHandoff,
    responses((status = 201, description = "The hand-off is stored", body = Receipt))
)]
pub(super) async fn post_handoff(
    State(desk): State<Arc<Desk>>,
    IdempotencyKey(key): IdempotencyKey,
    Json(new): Json<NewHandoff, HANDOFF_BYTES>,
) -> Result<(StatusCode, axum::Json<Receipt>), Fault> {
    let new = intake::handoff(new)?;
    let id = random::id()?;
    let opened = desk
        .store
        .open(NewConversation {
            token_hash: token::hash(&desk.key.token(&id, &key)),
            id,
            receipt: receipt::name()?,
            idempotency_key: key.clone(),
            message: new.message,
            name: new.name,
            email: new.email,
            transcript: new.transcript,
            now_ms: clock::now_ms(),
        })
        .await?;
    let (position, wait) = desk.standing(&opened.conversation).await?;
    let token = desk.key.token(&opened.conversation, &key);
    let receipt = Receipt { token, conversation: opened.conversation, receipt: opened.receipt, position, wait };
    Ok((StatusCode::CREATED, axum::Json(receipt)))
}
