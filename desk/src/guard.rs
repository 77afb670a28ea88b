//! Before each route: may the page that asks do so? See [`crate::origin`].
//!
//! An `Origin` that is not on the list is refused everywhere, reading included. Visitors' routes take the desk's own
//! pages and the listed ones, and say so to browsers (CORS). Agents' routes take the desk's own pages only, and want to
//! know where a request comes from before they change anything: cookies come along by themselves.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, UPGRADE,
            VARY,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    origin::Claim,
    problem::{Fault, Kind},
    state::Desk,
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Guards visitors' routes.
pub(crate) async fn visitors(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let claim = desk.origins.claim(request.headers());
    match claim {
        Claim::Foreign => return foreign(),
        // Only browsers need an origin here, and browsers always give it.
        Claim::Absent if request.headers().contains_key(UPGRADE) => {
            return refused("A WebSocket must say its origin: send the header Origin.");
        }
        Claim::Absent | Claim::Desk | Claim::Listed => {}
    }
    let origin = request.headers().get(ORIGIN).cloned();
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight && origin.is_some() { preflight() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
    response
}

fn preflight() -> Response {
    (
        StatusCode::NO_CONTENT,
        [
            (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, idempotency-key"),
            (ACCESS_CONTROL_MAX_AGE, "600"),
        ],
    )
        .into_response()
}

/// Guards agents' routes.
pub(crate) async fn agents(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    match desk.origins.claim(request.headers()) {
        Claim::Foreign | Claim::Listed => return foreign(),
        Claim::Absent if !request.method().is_safe() && !is_same_origin(request.headers()) => {
            return refused(
                "This changes something, so it must come from the desk's own pages: send the header Origin.",
            );
        }
        Claim::Absent | Claim::Desk => {}
    }
    next.run(request).await
}

/// Guards what is for everybody.
pub(crate) async fn anybody(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    match desk.origins.claim(request.headers()) {
        Claim::Foreign => foreign(),
        Claim::Absent | Claim::Desk | Claim::Listed => next.run(request).await,
    }
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    headers.get_all(SEC_FETCH_SITE).iter().map(HeaderValue::as_bytes).eq([b"same-origin"])
}

fn foreign() -> Response {
    refused("This page's origin is not on the desk's list: its owner can add it to `origins` in desk.toml.")
}

fn refused(detail: &'static str) -> Response {
    Fault::new(Kind::ForeignOrigin, detail).into_response()
}
