use std::{sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, Request, State, ws::WebSocketUpgrade},
    http::{header::UPGRADE, request::Parts},
    response::{IntoResponse, Response},
};
use handoff::api::Page;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    conversation::{self, WAIT_MAX},
    extract::{Query, Visitor},
    live::socket,
    origin::Claim,
    problem::{Fault, Kind},
    state::Desk,
};

/// Which events, and how long to wait for them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Number of the last event that is known; 0, the default, for none.
    #[serde(default)]
    after: u64,
    /// Seconds to wait where there is none yet, 0 (the default) to 25.
    #[serde(default)]
    #[param(maximum = 25)]
    wait: u64,
}

impl Which {
    /// Reads on, by the rules of both kinds of routes.
    pub(super) async fn page(self, desk: &Desk, conversation: &str) -> Result<axum::Json<Page>, Fault> {
        let wait = Duration::from_secs(self.wait);
        if wait > WAIT_MAX {
            let most = WAIT_MAX.as_secs();
            return Err(Fault::new(
                Kind::BadRequest,
                format!("`wait` may be at most {most} seconds: ask again after it."),
            ));
        }
        Ok(axum::Json(conversation::page(desk, conversation, self.after, wait).await?))
    }
}

/// What happens in the visitor's conversation
///
/// Events after `after`; where there are none, as soon as there is one, or none after `wait` seconds. With the header
/// `Upgrade: websocket` the same address is the chat protocol's socket, for visitors and agents: its first frame names
/// the token or ticket, so no `Authorization` is needed; `Origin` is.
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "visitors",
    security(("visitor" = [])),
    params(Which),
    responses(
        (status = 200, description = "Events, in order", body = Page),
        (status = 101, description = "The socket is open; the first frame is a hello")
    )
)]
pub(super) async fn get_events(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let answer = if parts.headers.contains_key(UPGRADE) {
        open_socket(desk, &mut parts).await
    } else {
        poll(&desk, &mut parts).await.map(IntoResponse::into_response)
    };
    answer.unwrap_or_else(IntoResponse::into_response)
}

async fn poll(desk: &Arc<Desk>, parts: &mut Parts) -> Result<axum::Json<Page>, Fault> {
    let Visitor(conversation) = Visitor::from_request_parts(parts, desk).await?;
    let Query(which) = Query::<Which>::from_request_parts(parts, desk).await?;
    which.page(desk, &conversation).await
}

async fn open_socket(desk: Arc<Desk>, parts: &mut Parts) -> Result<Response, Fault> {
    let upgrade = WebSocketUpgrade::from_request_parts(parts, &desk).await.map_err(|rejection| {
        Fault::new(
            Kind::BadRequest,
            format!("{}. Open a WebSocket of version 13, or leave Upgrade out.", rejection.body_text()),
        )
    })?;
    // The guard has let nobody else in.
    let at_home = desk.origins.claim(&parts.headers) == Claim::Desk;
    Ok(socket::limited(upgrade).on_upgrade(move |socket| socket::attend(desk, socket, at_home)))
}
