//! What is said with every answer besides the answer: what a browser may do with it.

use axum::http::{
    HeaderMap, HeaderValue, Uri,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

use crate::origin::Origins;

/// What is no page may do nothing, and stand in no frame.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";
/// What both faces need: their own scripts, styles, pictures and WebAssembly. No policy of Trusted Types is needed:
/// text becomes nodes, and no string becomes a script.
const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/// One year.
const HSTS: &str = "max-age=31536000";

const CROSS_ORIGIN_EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");
const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// The headers of this desk.
pub(crate) struct Headers {
    chat: Option<HeaderValue>,
    console: Option<HeaderValue>,
    is_https: bool,
}

impl Headers {
    pub(crate) fn new(origins: &Origins) -> Self {
        let desk = origins.desk();
        // `'self'` covers sockets in some browsers only.
        let page = format!("{PAGE}; connect-src 'self' {}", desk.socket());
        let ancestors = origins.all().collect::<Vec<_>>().join(" ");
        let value = |text: String| HeaderValue::from_str(&text).ok();
        Self {
            chat: value(format!("{page}; frame-ancestors {ancestors}")),
            console: value(format!("{page}; frame-ancestors 'none'")),
            is_https: desk.is_https(),
        }
    }

    /// Adds what is missing to the answer for an address.
    pub(crate) fn add(&self, uri: &Uri, headers: &mut HeaderMap) {
        let mut set = |name: HeaderName, value: &'static str| {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        };
        set(X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(REFERRER_POLICY, "no-referrer");
        set(CACHE_CONTROL, "no-store");
        if self.is_https {
            set(STRICT_TRANSPORT_SECURITY, HSTS);
        }
        let is_page = headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
        let is_chat = is_page && uri.path().starts_with("/chat");
        let mut set = |name: HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        if is_page {
            set(PERMISSIONS_POLICY, "camera=(), geolocation=(), microphone=()");
        }
        if is_chat {
            // A host page that isolates itself may show the chat all the same.
            set(CROSS_ORIGIN_EMBEDDER_POLICY, "require-corp");
            set(CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin");
        } else {
            set(CROSS_ORIGIN_OPENER_POLICY, "same-origin");
            set(X_FRAME_OPTIONS, "DENY");
        }
        let policy = if is_chat { &self.chat } else { &self.console };
        let policy = policy.clone().filter(|_| is_page).unwrap_or(HeaderValue::from_static(NOTHING));
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use crate::origin::Origin;

    use super::*;

    fn headers(desk: &str, path: &'static str, content_type: &'static str) -> Vec<String> {
        let others =
            vec![Origin::parse("https://www.example").unwrap(), Origin::parse("http://127.0.0.1:8080").unwrap()];
        let origins = Origins::new(Origin::parse(desk).unwrap(), others);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Headers::new(&origins).add(&Uri::from_static(path), &mut headers);
        headers.remove(CONTENT_TYPE);
        let mut lines: Vec<_> =
            headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.sort();
        lines
    }

    #[test]
    fn the_chat_may_stand_in_listed_pages() {
        insta::assert_snapshot!(headers("https://desk.example", "/chat/", "text/html; charset=utf-8").join("\n"), @r"
        cache-control: no-store
        content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; connect-src 'self' wss://desk.example; frame-ancestors https://desk.example https://www.example http://127.0.0.1:8080
        cross-origin-embedder-policy: require-corp
        cross-origin-resource-policy: cross-origin
        permissions-policy: camera=(), geolocation=(), microphone=()
        referrer-policy: no-referrer
        strict-transport-security: max-age=31536000
        x-content-type-options: nosniff
        ");
    }

    #[test]
    fn the_console_stands_in_none() {
        insta::assert_snapshot!(headers("http://127.0.0.1:8081", "/desk/", "text/html; charset=utf-8").join("\n"), @r"
        cache-control: no-store
        content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; connect-src 'self' ws://127.0.0.1:8081; frame-ancestors 'none'
        cross-origin-opener-policy: same-origin
        permissions-policy: camera=(), geolocation=(), microphone=()
        referrer-policy: no-referrer
        x-content-type-options: nosniff
        x-frame-options: DENY
        ");
    }

    #[test]
    fn answers_to_programs() {
        insta::assert_snapshot!(headers("https://desk.example", "/v1/queue", "application/json").join("\n"), @r"
        cache-control: no-store
        content-security-policy: default-src 'none'; frame-ancestors 'none'
        cross-origin-opener-policy: same-origin
        referrer-policy: no-referrer
        strict-transport-security: max-age=31536000
        x-content-type-options: nosniff
        x-frame-options: DENY
        ");
    }
}
