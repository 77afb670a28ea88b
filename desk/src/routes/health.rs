use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{problem::Fault, state::Desk};

/// How the desk is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// Always `ok`; otherwise there is a problem document.
    status: &'static str,
}

/// Whether the desk works
///
/// It does where its store answers.
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "everybody",
    responses((status = 200, description = "It works", body = Health))
)]
pub(super) async fn get_health(State(desk): State<Arc<Desk>>) -> Result<axum::Json<Health>, Fault> {
    if desk.is_stopping() {
        return Err(Fault::stopping());
    }
    desk.store.first_reply_waits(1).await?;
    Ok(axum::Json(Health { status: "ok" }))
}
