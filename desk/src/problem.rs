//! What went wrong, told as a problem document ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)).

use std::borrow::Cow;

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use handoff::api::Problem;

use crate::store::StoreError;

/// Media type of problem documents.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// Kinds of failure; programs can tell them apart by the `type` of the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    BadRequest,
    NotJson,
    WrongShape,
    NoToken,
    NotSignedIn,
    WrongPassword,
    ForeignOrigin,
    NotFound,
    NoConversation,
    WrongMethod,
    TooSlow,
    Conflict,
    TooLarge,
    NotJsonType,
    TooMany,
    Refused,
    Stopping,
    StoreFailed,
    Failed,
}

impl Kind {
    /// Status, path below the desk's documentation, title.
    const fn row(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, "problems/bad-request", "Bad request"),
            Self::NotJson => (StatusCode::BAD_REQUEST, "problems/not-json", "The body is not JSON"),
            Self::WrongShape => (StatusCode::UNPROCESSABLE_ENTITY, "problems/wrong-shape", "The content is not right"),
            Self::NoToken => (StatusCode::UNAUTHORIZED, "problems/no-token", "No valid token"),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "problems/not-signed-in", "Not signed in"),
            Self::WrongPassword => (StatusCode::UNAUTHORIZED, "problems/wrong-password", "Wrong e-mail or password"),
            Self::ForeignOrigin => (StatusCode::FORBIDDEN, "problems/foreign-origin", "This page may not do that"),
            Self::NotFound => (StatusCode::NOT_FOUND, "problems/not-found", "Not found"),
            Self::NoConversation => (StatusCode::NOT_FOUND, "problems/no-conversation", "No such conversation"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "problems/wrong-method", "Wrong method"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "problems/too-slow", "The request came too slowly"),
            Self::Conflict => (StatusCode::CONFLICT, "problems/conflict", "Already there"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "problems/too-large", "Too large"),
            Self::NotJsonType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "problems/not-json-type", "Not sent as JSON"),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "problems/too-many", "Too many tries"),
            Self::Refused => (StatusCode::BAD_REQUEST, "problems/refused", "The request was refused"),
            Self::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "problems/stopping", "The desk is being restarted"),
            Self::StoreFailed => (StatusCode::SERVICE_UNAVAILABLE, "problems/store-failed", "The store failed"),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "problems/failed", "The desk failed"),
        }
    }

    /// HTTP status.
    pub(crate) const fn status(self) -> StatusCode {
        self.row().0
    }
}

/// A failure that is told to whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    kind: Kind,
    detail: Cow<'static, str>,
    retry_after_s: Option<u32>,
}

impl Fault {
    /// `detail`: what happened here and what to do.
    pub(crate) fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, detail: detail.into(), retry_after_s: None }
    }

    /// Says when to try again, in seconds.
    pub(crate) fn retry_after(self, seconds: u32) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// The desk is being stopped; another will be there soon.
    pub(crate) fn stopping() -> Self {
        Self::new(Kind::Stopping, "The desk is being restarted. Try again in a moment.").retry_after(1)
    }

    /// There is no conversation of this id, or it is nobody's business.
    pub(crate) fn no_conversation() -> Self {
        Self::new(Kind::NoConversation, "There is no conversation of this id. Take ids from the queue.")
    }

    /// Its kind.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// As document.
    pub(crate) fn problem(&self) -> Problem {
        let (status, path, title) = self.kind.row();
        Problem {
            kind: path.to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.detail.clone().into_owned(),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoConversation(_) => Self::no_conversation(),
            StoreError::Conflict(detail) => Self::new(Kind::Conflict, detail),
            StoreError::Closed => Self::stopping(),
            StoreError::Database(_) => {
                tracing::error!(%error, "the store failed");
                Self::new(Kind::StoreFailed, "The store did not answer. Send the same again in a moment: what was stored all the same is stored once.").retry_after(2)
            }
            StoreError::Migration(_) | StoreError::Newer { .. } | StoreError::Damaged(_) => {
                tracing::error!(%error, "the store failed");
                Self::new(Kind::Failed, "A record cannot be read. The desk's log says more.")
            }
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let problem = self.problem();
        // Strings and a number always become JSON.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (self.kind.status(), [(CONTENT_TYPE, MEDIA_TYPE)], body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == Kind::NoToken {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A failure that a library answered in its own way, as a problem document; its headers (such as `Allow`) are kept. Pages
/// for people stay as they are.
pub(crate) fn told_properly(response: Response) -> Response {
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    let is_told = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|value| value == MEDIA_TYPE || value.as_bytes().starts_with(b"text/html"));
    if !is_failure || is_told {
        return response;
    }
    let fault = match status {
        StatusCode::NOT_FOUND => Fault::new(Kind::NotFound, "There is nothing at this address. See /v1/openapi.json."),
        StatusCode::METHOD_NOT_ALLOWED => {
            Fault::new(Kind::WrongMethod, "This address takes other methods: the header Allow names them.")
        }
        _ if status.is_client_error() => Fault::new(Kind::Refused, "The request cannot be read. See /v1/openapi.json."),
        _ => Fault::new(Kind::Failed, "The desk failed. Its log says more."),
    };
    let mut headers = response.into_parts().0.headers;
    headers.remove(CONTENT_TYPE);
    headers.remove(CONTENT_LENGTH);
    let mut told = fault.into_response();
    told.headers_mut().extend(headers);
    told
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn documents() {
        let response = Fault::stopping().into_response();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[CONTENT_TYPE], MEDIA_TYPE);
        assert_eq!(response.headers()[RETRY_AFTER], "1");
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let problem: Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!((problem.kind.as_str(), problem.status), ("problems/stopping", 503));
    }

    #[test]
    fn bare_failures_become_documents() {
        let bare = (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET,HEAD")]).into_response();
        let told = told_properly(bare);
        assert_eq!(
            (told.status(), &told.headers()["allow"]),
            (StatusCode::METHOD_NOT_ALLOWED, &HeaderValue::from_static("GET,HEAD"))
        );
        assert_eq!(told.headers()[CONTENT_TYPE], MEDIA_TYPE);
        let fine = told_properly("text".into_response());
        assert_eq!(fine.status(), StatusCode::OK);
        assert_ne!(fine.headers()[CONTENT_TYPE], MEDIA_TYPE);
    }
}
