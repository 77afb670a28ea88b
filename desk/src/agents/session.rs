//! Sessions: a cookie of 256 random bits that the store knows by its SHA-256.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::COOKIE, request::Parts},
};
use handoff::api::Agent;

use crate::{
    clock,
    problem::{Fault, Kind},
    state::Desk,
    token,
};

/// Name of the cookie. The prefix makes browsers hold to `Secure`, `Path=/` and no `Domain`.
pub(crate) const COOKIE_NAME: &str = "__Host-porchlight";
/// How long a session lasts.
pub(crate) const LIFE: Duration = Duration::from_secs(12 * 60 * 60);
/// Longest value that is looked up.
const VALUE_BYTES_MAX: usize = 128;

/// An agent who has signed in. As an extractor it answers 401 where the request has no session that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) agent: Agent,
    /// SHA-256 of the cookie.
    pub(crate) session: [u8; 32],
}

impl FromRequestParts<Arc<Desk>> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Fault> {
        let missing = || Fault::new(Kind::NotSignedIn, "Sign in at /desk/.");
        let session = hash_in(&parts.headers).ok_or_else(missing)?;
        let agent = desk.store.session(session, clock::now_ms()).await?.ok_or_else(missing)?;
        Ok(Self { agent, session })
    }
}

/// SHA-256 of the session cookie, if there is one.
pub(crate) fn hash_in(headers: &HeaderMap) -> Option<[u8; 32]> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE_NAME && (1..=VALUE_BYTES_MAX).contains(&value.len()))
        .map(|(_, value)| token::hash(value))
}

/// `Set-Cookie` for a new session.
pub(crate) fn set(value: &str) -> String {
    format!("{COOKIE_NAME}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={}", LIFE.as_secs())
}

/// `Set-Cookie` that takes the cookie away.
pub(crate) fn clear() -> String {
    format!("{COOKIE_NAME}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies() {
        let check = |values: &[&'static str], expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(COOKIE, value.parse().unwrap());
            }
            assert_eq!(hash_in(&headers), expected.map(token::hash), "{values:?}");
        };
        check(&[], None);
        check(&["a=b"], None);
        check(&["__Host-porchlight=abc"], Some("abc"));
        check(&["a=b; __Host-porchlight=abc; c=d"], Some("abc"));
        check(&["a=b", "__Host-porchlight=abc"], Some("abc"));
        check(&["__host-porchlight=abc"], None);
        check(&["__Host-porchlight="], None);
        check(&["__Host-porchlight"], None);
        check(&["x__Host-porchlight=abc"], None);
        check(&["__Host-porchlight=a=b"], Some("a=b"));
    }

    #[test]
    fn set_cookies() {
        insta::assert_snapshot!(set("abc"), @"__Host-porchlight=abc; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200");
        insta::assert_snapshot!(clear(), @"__Host-porchlight=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    }
}
