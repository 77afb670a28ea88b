use std::{sync::Arc, time::Instant};

use axum::{extract::State, http::StatusCode};
use handoff::api::Ticket;

use crate::{
    agents::{session::SignedIn, ticket},
    extract::NoBody,
    problem::Fault,
    state::Desk,
};

/// A ticket for a socket
///
/// Opens one socket, once. Goes into the hello's `token`.
#[utoipa::path(
    post,
    path = "/v1/tickets",
    tag = "agents",
    security(("agent" = [])),
    responses((status = 201, description = "The ticket", body = Ticket))
)]
pub(super) async fn post_ticket(
    State(desk): State<Arc<Desk>>,
    who: SignedIn,
    _: NoBody,
) -> Result<(StatusCode, axum::Json<Ticket>), Fault> {
    let ticket = desk.tickets.issue(who, Instant::now())?;
    let expires_in_s = u32::try_from(ticket::LIFE.as_secs()).unwrap_or(u32::MAX);
    Ok((StatusCode::CREATED, axum::Json(Ticket { ticket, expires_in_s })))
}
