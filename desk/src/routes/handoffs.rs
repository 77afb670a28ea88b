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
    problem::{Fault, Kind},
    random, receipt,
    state::Desk,
    store::NewConversation,
    token,
};

/// Hand off to a person
///
/// Opens a conversation. The answer is given only after the hand-off is on the disk. A repetition with the same key
/// gives the first conversation and its token again, whatever else it says. A key of fewer than 16 characters might be
/// guessed: with it, a hand-off that says something else is a conflict.
#[utoipa::path(
    post,
    path = "/v1/handoffs",
    tag = "visitors",
    security(()),
    params(("Idempotency-Key" = String, Header, description = "1 to 64 of `A-Z a-z 0-9 _ -`, chosen at random and kept until the answer is there")),
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
    let proof = proof(&key, &new);
    let opened = desk
        .store
        .open(NewConversation {
            token_hash: token::hash(&desk.key.token(&id, &proof)),
            id,
            receipt: receipt::name()?,
            idempotency_key: key,
            message: new.message,
            name: new.name,
            email: new.email,
            transcript: new.transcript,
            now_ms: clock::now_ms(),
        })
        .await?;
    let token = desk.key.token(&opened.conversation, &proof);
    // Only the same hand-off makes the same token.
    if !opened.fresh && desk.store.conversation_of(token::hash(&token)).await?.is_none() {
        return Err(Fault::new(
            Kind::Conflict,
            "This Idempotency-Key was used for another hand-off. Make a new one of 128 random bits.",
        ));
    }
    let (position, wait) = desk.standing(&opened.conversation).await?;
    let receipt = Receipt { token, conversation: opened.conversation, receipt: opened.receipt, position, wait };
    Ok((StatusCode::CREATED, axum::Json(receipt)))
}

/// Fewest characters of a key that nobody guesses: 16 of 64 signs hold 96 bits.
const SECRET_CHARS: usize = 16;

/// What a visitor must repeat to get his token again: the key, and of a key that might be guessed the content too.
fn proof(key: &str, new: &NewHandoff) -> String {
    if key.len() >= SECRET_CHARS {
        return key.to_owned();
    }
    // Plain data: it always becomes JSON.
    let json = serde_json::to_string(new).unwrap_or_default();
    format!("{key} {json}")
}
