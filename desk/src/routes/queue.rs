use std::sync::Arc;

use axum::extract::State;
use handoff::api::Queue;

use crate::{agents::session::SignedIn, clock, problem::Fault, state::Desk};

/// Closed conversations that the queue still shows.
const CLOSED: u32 = 50;

/// The queue
///
/// Open conversations, those that wait first, the longest wait first; then those that are assigned, then the latest
/// closed ones.
#[utoipa::path(
    get,
    path = "/v1/queue",
    tag = "agents",
    security(("agent" = [])),
    responses((status = 200, description = "The conversations", body = Queue))
)]
pub(super) async fn get_queue(State(desk): State<Arc<Desk>>, _: SignedIn) -> Result<axum::Json<Queue>, Fault> {
    let conversations = desk.store.queue(CLOSED).await?;
    Ok(axum::Json(Queue { now_ms: clock::now_ms(), conversations }))
}
