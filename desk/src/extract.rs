//! What handlers take out of a request. Whatever does not fit is answered with a problem document.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request, rejection::PathRejection},
    http::{
        HeaderMap,
        header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName},
        request::Parts,
    },
};
use futures_util::StreamExt;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    intake,
    problem::{Fault, Kind},
    random,
    state::Desk,
    token,
};

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much of a body that is too large is still read, so that the answer is: a connection closed with something unread
/// would take it along.
const DRAINED_BYTES: usize = 16 * 1024 * 1024;
/// How long that may take.
const DRAINING: Duration = Duration::from_secs(2);
/// Longest explanation of what is wrong in a body.
const DETAIL_CHARS: usize = 300;
/// Longest token that is looked up.
const TOKEN_BYTES_MAX: usize = 256;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A body in JSON of at most `LIMIT` bytes.
pub(crate) struct Json<T, const LIMIT: usize>(pub(crate) T);

impl<T: DeserializeOwned + Serialize, const LIMIT: usize> FromRequest<Arc<Desk>> for Json<T, LIMIT> {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &Arc<Desk>) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let bytes = read(&parts.headers, body, LIMIT).await?;
        if !is_json(&parts.headers) {
            return Err(Fault::new(Kind::NotJsonType, "Send JSON, with the header Content-Type: application/json."));
        }
        parse(&bytes).map(Self).map_err(|error| {
            let kind = if error.is_data() { Kind::WrongShape } else { Kind::NotJson };
            let detail: String = error.to_string().chars().take(DETAIL_CHARS).collect();
            Fault::new(kind, format!("{detail}. See /v1/openapi.json for what belongs here."))
        })
    }
}

/// Reads JSON to the letter: serde takes a list of an object's values for the object, and this does not.
fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> serde_json::Result<T> {
    let value: T = serde_json::from_slice(bytes)?;
    if has_its_shape(&serde_json::from_slice(bytes)?, &serde_json::to_value(&value)?) {
        Ok(value)
    } else {
        Err(serde::de::Error::custom("a list stands where an object belongs"))
    }
}

/// Whether objects stand where objects belong.
fn has_its_shape(given: &Value, read: &Value) -> bool {
    match (given, read) {
        (Value::Array(given), Value::Array(read)) => {
            given.iter().zip(read).all(|(given, read)| has_its_shape(given, read))
        }
        (Value::Object(given), Value::Object(read)) => {
            given.iter().all(|(key, given)| read.get(key).is_none_or(|read| has_its_shape(given, read)))
        }
        (Value::Array(_), _) => false,
        _ => true,
    }
}

/// No body: an empty one, or none.
pub(crate) struct NoBody;

impl FromRequest<Arc<Desk>> for NoBody {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &Arc<Desk>) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        read(&parts.headers, body, 0).await.map(|_| Self)
    }
}

/// A query string.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<Desk>> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Desk>) -> Result<Self, Fault> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|query| Self(query.0)).map_err(|error| {
            let detail: String = error.body_text().chars().take(DETAIL_CHARS).collect();
            Fault::new(Kind::BadRequest, format!("{detail}. See /v1/openapi.json for what belongs here."))
        })
    }
}

/// The conversation that the path names.
pub(crate) struct Conversation(pub(crate) String);

impl FromRequestParts<Arc<Desk>> for Conversation {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Fault> {
        let path: Result<axum::extract::Path<String>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, desk).await;
        match path {
            Ok(axum::extract::Path(id)) if random::is_id(&id) => Ok(Self(id)),
            _ => Err(Fault::no_conversation()),
        }
    }
}

/// The header `Idempotency-Key`.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl FromRequestParts<Arc<Desk>> for IdempotencyKey {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Desk>) -> Result<Self, Fault> {
        intake::idempotency_key(only(&parts.headers, IDEMPOTENCY_KEY).unwrap_or_default())
            .map(|key| Self(key.to_owned()))
    }
}

/// A visitor, by the token in the header `Authorization`: his conversation.
pub(crate) struct Visitor(pub(crate) String);

impl FromRequestParts<Arc<Desk>> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Fault> {
        let refused =
            || Fault::new(Kind::NoToken, "Send the token of the hand-off's receipt: Authorization: Bearer TOKEN.");
        let token = bearer(&parts.headers).ok_or_else(refused)?;
        desk.store.conversation_of(token::hash(token)).await?.map(Self).ok_or_else(refused)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = only(headers, AUTHORIZATION)?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && (1..=TOKEN_BYTES_MAX).contains(&token.len())).then_some(token)
}

/// A header that is there once, as text.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = only(headers, CONTENT_TYPE) else { return false };
    let mut parts = value.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    is_json && parts.all(|parameter| parameter.is_empty() || parameter.eq_ignore_ascii_case("charset=utf-8"))
}

async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Vec<u8>, Fault> {
    let too_large = || {
        Fault::new(
            Kind::TooLarge,
            match limit {
                0 => "This address takes no body.".to_owned(),
                _ => format!("This address takes at most {limit} bytes."),
            },
        )
    };
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let mut chunks = body.into_data_stream();
    let collected = timeout(PATIENCE, async {
        let mut bytes = Vec::with_capacity(announced.unwrap_or(0).min(limit));
        if announced.is_some_and(|announced| announced > limit) {
            return Err(too_large());
        }
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| Fault::new(Kind::BadRequest, "The body broke off. Send it again."))?;
            if bytes.len() + chunk.len() > limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    })
    .await;
    match collected {
        Ok(Err(fault)) if fault.kind() == Kind::TooLarge => {
            let drain = async {
                let mut drained = 0;
                while let Some(Ok(chunk)) = chunks.next().await {
                    drained += chunk.len();
                    if drained > DRAINED_BYTES {
                        break;
                    }
                }
            };
            let _ = timeout(DRAINING, drain).await;
            Err(fault)
        }
        Ok(result) => result,
        Err(_) => Err(Fault::new(Kind::TooSlow, "The body came too slowly. Send it again.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn tokens() {
        let check = |value: &'static str, expected: Option<&str>| {
            assert_eq!(bearer(&headers(&[("authorization", value)])), expected, "{value:?}");
        };
        check("Bearer abc", Some("abc"));
        check("bearer abc", Some("abc"));
        check("Bearer", None);
        check("Bearer ", None);
        check("Basic abc", None);
        check("abc", None);
        assert_eq!(bearer(&HeaderMap::new()), None);
        let mut twice = headers(&[("authorization", "Bearer abc")]);
        twice.append(AUTHORIZATION, "Bearer abc".parse().unwrap());
        assert_eq!(bearer(&twice), None);
    }

    #[test]
    fn objects_are_objects() {
        use handoff::api::{NewMessage, SignIn};
        assert!(parse::<NewMessage>(br#"{"client_message_id":"a","text":"b"}"#).is_ok());
        assert!(parse::<NewMessage>(br#"["a","b"]"#).unwrap_err().is_data());
        assert!(parse::<SignIn>(br#"["a","b"]"#).unwrap_err().is_data());
        assert!(parse::<Vec<NewMessage>>(br#"[["a","b"]]"#).unwrap_err().is_data());
        assert!(parse::<Vec<Option<u32>>>(b"[1,null]").is_ok());
    }

    #[test]
    fn media_types() {
        let check = |value: &'static str, expected| {
            assert_eq!(is_json(&headers(&[("content-type", value)])), expected, "{value:?}");
        };
        check("application/json", true);
        check("Application/JSON; charset=UTF-8", true);
        check("application/json;", true);
        check("application/json; charset=euc-kr", false);
        check("text/plain", false);
        check("application/x-www-form-urlencoded", false);
        check("multipart/form-data; boundary=x", false);
        check("application/jsonp", false);
        assert!(!is_json(&HeaderMap::new()));
    }
}
