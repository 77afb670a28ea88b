//! What is said about a file besides its bytes: how long it holds, and what it may do in a browser.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};

/// Pages may run our scripts and compile WebAssembly, start our worker and speak with their own origin; nothing else.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    worker-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types porchlight";

/// A worker lives by the policy of its own script, not by the page's.
const SCRIPT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; require-trusted-types-for 'script'; trusted-types porchlight";

/// Below these lie files named by their content.
const IMMUTABLE: [&str; 4] = ["/porchlight/assets/", "/kb/index/", "/kb/articles/", "/kb/media/"];

/// The headers of a site.
pub(crate) struct Headers {
    page_policy: Option<HeaderValue>,
}

impl Headers {
    /// Those of a site whose pages may frame the chat of the desk at this origin.
    pub(crate) fn new(desk: Option<&str>) -> anyhow::Result<Self> {
        let policy = match desk {
            None => PAGE_POLICY.to_owned(),
            Some(desk) => {
                let is_origin =
                    desk.starts_with("http") && desk.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';');
                anyhow::ensure!(is_origin, "{desk:?} is no origin: give one such as https://desk.example");
                format!("{PAGE_POLICY}; frame-src {desk}")
            }
        };
        Ok(Self { page_policy: Some(HeaderValue::try_from(policy)?) })
    }

    /// Those of a site whose pages bring their own policies, or have none.
    pub(crate) fn without_page_policy() -> Self {
        Self { page_policy: None }
    }

    /// Adds our headers to a response for `path`.
    pub(crate) fn add(&self, path: &str, status: StatusCode, headers: &mut HeaderMap) {
        add(self.page_policy.as_ref(), path, status, headers);
    }
}

fn add(page_policy: Option<&HeaderValue>, path: &str, status: StatusCode, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CACHE_CONTROL, cache_control(path, status));
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    let policy = match essence(headers) {
        "text/html" => page_policy.cloned(),
        "text/javascript" => Some(HeaderValue::from_static(SCRIPT_POLICY)),
        _ => None,
    };
    if let Some(policy) = policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// A file named by its content never changes; any other is asked for anew each time.
fn cache_control(path: &str, status: StatusCode) -> &'static str {
    let found = status.is_success() || status == StatusCode::NOT_MODIFIED;
    if found && IMMUTABLE.iter().any(|folder| path.starts_with(folder)) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// The media type without its parameters.
fn essence(headers: &HeaderMap) -> &str {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map_or("", str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, status: u16, expected: &str) {
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(cache_control(path, status), expected);
    }

    #[test]
    fn named_by_content_is_kept() {
        let kept = "public, max-age=31536000, immutable";
        check("/porchlight/assets/bubble.0.wasm", 200, kept);
        check("/kb/index/0123456789abcdef.head", 206, kept);
        check("/kb/articles/0123456789abcdef.pack", 304, kept);
        check("/kb/media/0123456789abcdef.png", 200, kept);
    }

    #[test]
    fn all_else_is_asked_for_anew() {
        check("/", 200, "no-cache");
        check("/kb/manifest.json", 200, "no-cache");
        check("/porchlight/loader.js", 200, "no-cache");
        check("/porchlight/assets/bubble.gone.wasm", 404, "no-cache");
    }

    #[test]
    fn pages_and_scripts_have_a_policy() {
        let policy = |with: &Headers, content_type: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            with.add("/", StatusCode::OK, &mut headers);
            headers.get(CONTENT_SECURITY_POLICY).map(|value| value.to_str().unwrap().to_owned())
        };
        let ours = Headers::new(None).unwrap();
        assert_eq!(policy(&ours, "text/html").as_deref(), Some(PAGE_POLICY));
        assert_eq!(policy(&ours, "text/javascript; charset=utf-8").as_deref(), Some(SCRIPT_POLICY));
        assert_eq!(policy(&ours, "application/wasm"), None);
        let theirs = Headers::without_page_policy();
        assert_eq!(policy(&theirs, "text/html"), None);
        assert_eq!(policy(&theirs, "text/javascript").as_deref(), Some(SCRIPT_POLICY));
    }

    #[test]
    fn the_desk_may_be_framed() {
        let headers = Headers::new(Some("https://desk.example")).unwrap();
        assert!(headers.page_policy.unwrap().to_str().unwrap().ends_with("; frame-src https://desk.example"));
        assert!(Headers::new(Some("https://a; script-src *")).is_err());
        assert!(Headers::new(Some("desk")).is_err());
    }
}
