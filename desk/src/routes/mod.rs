//! The routes, each declared once: what is served and what `/v1/openapi.json` says come from the same lines.

mod conversations;
mod events;
mod handoffs;
mod health;
mod messages;
mod openapi;
mod queue;
mod session;
mod tickets;

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    assets, guard,
    headers::Headers,
    problem::{self, Fault, Kind},
    state::Desk,
};

/// Largest body of requests that carry little.
const SMALL_BYTES: usize = 16 * 1024;

type Routes = OpenApiRouter<Arc<Desk>>;

fn visitors() -> Routes {
    OpenApiRouter::default()
        .routes(routes!(handoffs::post_handoff))
        .routes(routes!(events::get_events))
        .routes(routes!(messages::post_message))
}

fn agents() -> Routes {
    OpenApiRouter::default()
        .routes(routes!(session::get_session, session::post_session, session::delete_session))
        .routes(routes!(tickets::post_ticket))
        .routes(routes!(queue::get_queue))
        .routes(routes!(conversations::get_conversation))
        .routes(routes!(conversations::get_conversation_events))
        .routes(routes!(conversations::post_conversation_message))
        .routes(routes!(conversations::assign_conversation))
        .routes(routes!(conversations::close_conversation))
        .routes(routes!(conversations::reopen_conversation))
}

fn anybody() -> Routes {
    OpenApiRouter::default().routes(routes!(openapi::get_openapi)).routes(routes!(health::get_health))
}

/// Everything that the desk serves.
pub(crate) fn app(desk: Arc<Desk>) -> Router {
    let headers = Arc::new(Headers::new(&desk.origins));
    let guard = |routes: Router<Arc<Desk>>| routes.layer(from_fn_with_state(Arc::clone(&desk), guard::anybody));
    Router::new()
        .merge(Router::from(visitors()).layer(from_fn_with_state(Arc::clone(&desk), guard::visitors)))
        .merge(Router::from(agents()).layer(from_fn_with_state(Arc::clone(&desk), guard::agents)))
        .merge(guard(anybody().into()))
        .merge(guard(assets::routes()))
        .merge(guard(Router::new().fallback(missing)))
        .layer(from_fn_with_state(headers, finish))
        .layer(from_fn(log))
        .with_state(desk)
}

async fn missing() -> Fault {
    Fault::new(Kind::NotFound, "There is nothing at this address. See /v1/openapi.json.")
}

/// Whatever happened, the answer has the desk's headers, and a failure is told as a problem document.
async fn finish(State(headers): State<Arc<Headers>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = problem::told_properly(next.run(request).await);
    headers.add(&uri, response.headers_mut());
    response
}

/// Notes what was asked by its route, never by its content.
async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    tracing::debug!(%method, route, status = response.status().as_u16(), took = ?started.elapsed(), "answered");
    response
}
