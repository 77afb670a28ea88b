//! Hands the preview's files out, on this machine alone.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderMap, StatusCode, Uri,
        header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION},
    },
    middleware::{self, Next},
    response::{
        Html, IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use futures_util::{Stream, stream};
use serde_json::json;
use tokio::sync::watch;
use tower_http::services::ServeDir;

use super::{Preview, Shown};
use crate::library::percent_decode;

const CLIENT: &str = include_str!("client.js");

/// The preview as an axum application.
pub fn router(preview: &Arc<Preview>) -> Router {
    let mut router = Router::new()
        .route("/_preview/events", get(events))
        .route("/_preview/client.js", get(client))
        .fallback(file)
        .with_state(preview.clone());
    if let Some(widget) = &preview.widget {
        router = router.nest_service("/porchlight", ServeDir::new(widget));
    }
    router.layer(middleware::from_fn(local_only))
}

/// Other sites' pages may name this server by a name of theirs; drafts are not for them.
async fn local_only(request: Request, next: Next) -> Response {
    if !is_local(request.headers()) {
        return (StatusCode::FORBIDDEN, "The preview answers to 127.0.0.1 and localhost only.\n").into_response();
    }
    let mut response = next.run(request).await;
    // What changes at any moment is asked for anew each time.
    response.headers_mut().insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}

fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

async fn client() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], CLIENT).into_response()
}

/// What is shown, at once and at every change.
async fn events(State(preview): State<Arc<Preview>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = stream::unfold((preview.subscribe(), true), |(mut news, is_first)| async move {
        if !is_first && news.changed().await.is_err() {
            return None;
        }
        let event = Event::default().event("build").data(tell(&mut news));
        Some((Ok(event), (news, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn tell(news: &mut watch::Receiver<Shown>) -> String {
    let shown = news.borrow_and_update();
    json!({"build": shown.id, "errors": *shown.errors}).to_string()
}

async fn file(State(preview): State<Arc<Preview>>, uri: Uri) -> Response {
    let Shown { files, id, .. } = preview.subscribe().borrow().clone();
    let path = percent_decode(uri.path().trim_start_matches('/'));
    let page = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
    if let Some(bytes) = files.get(&page) {
        let bytes = if page.ends_with(".html") { with_build(bytes, &id) } else { bytes.clone() };
        return ([(CONTENT_TYPE, content_type(&page))], bytes).into_response();
    }
    if files.contains_key(&format!("{path}/index.html")) {
        return (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("{}/", uri.path()))]).into_response();
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not here</title>\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n<body><main>\n<h1>There is no page here</h1>\n\
         <p>It appears when an article gets this address. <a href=\"/\">All articles</a></p>\n</main>\n\
         <script type=\"module\" src=\"{SCRIPT}?build={id}\"></script>\n</body>\n</html>\n"
    );
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

const SCRIPT: &str = "/_preview/client.js";

/// The page knows which build it is of: one that came while it was on its way must not be missed.
fn with_build(page: &[u8], id: &str) -> Vec<u8> {
    String::from_utf8_lossy(page).replace(SCRIPT, &format!("{SCRIPT}?build={id}")).into_bytes()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "png" | "apng" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        assert_eq!(is_local(&headers), expected, "{host}");
    }

    #[test]
    fn only_this_machine_is_answered() {
        check("127.0.0.1:8090", true);
        check("localhost", true);
        check("evil.example:8090", false);
        check("localhost.evil.example", false);
        assert!(!is_local(&HeaderMap::new()));
    }
}
