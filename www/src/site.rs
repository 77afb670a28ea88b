//! The folder as a web site.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

use crate::headers::Headers;
use crate::request_log::RequestLog;

/// A longer body is refused: nothing on this site takes one at all.
const MAX_BODY: usize = 1 << 20;

/// A folder to serve.
pub(crate) struct Site {
    root: PathBuf,
    files: ServeDir,
    log: Option<RequestLog>,
    headers: Headers,
}

impl Site {
    /// Serves `root` with these headers; each request is written to `log`.
    pub(crate) fn new(root: PathBuf, log: Option<RequestLog>, headers: Headers) -> Self {
        let files = ServeDir::new(&root).precompressed_br().precompressed_gzip();
        Self { files, root, log, headers }
    }

    /// As an axum application.
    pub(crate) fn into_router(self) -> Router {
        Router::new().fallback(answer).with_state(Arc::new(self))
    }

    async fn file(&self, request: Request) -> Response {
        let path = request.uri().path().to_owned();
        match self.files.clone().try_call(request).await {
            Ok(response) if response.status() != StatusCode::NOT_FOUND => response.map(Body::new),
            Err(error) if !is_absence(&error) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            _ => self.not_found(&path).await,
        }
    }

    /// The site's own page for what is not there, in the language of the part that was asked for.
    async fn not_found(&self, path: &str) -> Response {
        let language = path.split('/').nth(1).unwrap_or_default();
        let known = !language.is_empty() && language.chars().all(|c| c.is_ascii_alphabetic());
        let mut pages = vec![self.root.join("404.html")];
        if known {
            pages.insert(0, self.root.join(language).join("404.html"));
        }
        for page in pages {
            if let Ok(bytes) = tokio::fs::read(page).await {
                let html = (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
                return (StatusCode::NOT_FOUND, [html], bytes).into_response();
            }
        }
        (StatusCode::NOT_FOUND, "Not found.\n").into_response()
    }
}

/// Whether a file cannot be had, as seen from outside.
fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied)
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let mut response = match to_bytes(body, MAX_BODY).await {
        Err(_) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Ok(body) => match site.log.as_ref().map(|log| log.write(&parts, &body)) {
            // A log that misses requests would prove nothing.
            Some(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            _ => site.file(Request::from_parts(parts, Body::empty())).await,
        },
    };
    let status = response.status();
    site.headers.add(&path, status, response.headers_mut());
    response
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// A site with a page, a file in three forms and two pages for what is missing.
    async fn start(name: &str) -> (PathBuf, u16) {
        let root = std::env::temp_dir().join(format!("site-{name}-{}", std::process::id()));
        let put = |path: &str, text: &str| {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        put("index.html", "home");
        put("ko/index.html", "집");
        put("404.html", "gone");
        put("ko/404.html", "없음");
        put("porchlight/assets/a.wasm", "plain wasm");
        put("porchlight/assets/a.wasm.br", "br");
        put("porchlight/assets/a.wasm.gz", "gzip");
        put("kb/index/1.head", "0123456789");
        let log = RequestLog::open(&root.join("requests.jsonl")).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let app = Site::new(root.clone(), Some(log), Headers::new(None).unwrap()).into_router();
        tokio::spawn(async move { axum::serve(listener, app).await });
        (root, port)
    }

    /// Sends `GET path` with one more header line and gives the raw response.
    async fn get(port: u16, path: &str, header: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let line = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{line}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).await.unwrap();
        String::from_utf8(response).unwrap()
    }

    #[track_caller]
    fn check(response: &str, parts: &[&str]) {
        for part in parts {
            assert!(response.contains(part), "no {part:?} in {response:?}");
        }
    }

    fn remove(root: &Path) {
        std::fs::remove_dir_all(root).unwrap();
    }

    #[tokio::test]
    async fn pages() {
        let (root, port) = start("pages").await;
        check(
            &get(port, "/", "").await,
            &["200 OK", "text/html", "no-cache", "trusted-types porchlight", "\r\n\r\nhome"],
        );
        check(&get(port, "/ko/", "").await, &["200 OK", "집"]);
        check(&get(port, "/ko", "").await, &["307", "location: /ko/"]);
        check(&get(port, "/nothing/", "").await, &["404", "text/html", "gone"]);
        check(&get(port, "/ko/nothing/", "").await, &["404", "없음"]);
        check(&get(port, "/nothing.js", "").await, &["404", "text/html", "no-cache", "gone"]);
        check(&get(port, "/index.html/deeper", "").await, &["404", "gone"]);
        check(&get(port, "/..%2f..%2fetc/passwd", "").await, &["404"]);
        remove(&root);
    }

    #[tokio::test]
    async fn compressed_forms_and_ranges() {
        let (root, port) = start("forms").await;
        let wasm = "/porchlight/assets/a.wasm";
        check(&get(port, wasm, "").await, &["application/wasm", "immutable", "nosniff", "plain wasm"]);
        check(
            &get(port, wasm, "accept-encoding: gzip, br").await,
            &["content-encoding: br", "application/wasm", "vary: accept-encoding", "\r\n\r\nbr"],
        );
        check(&get(port, wasm, "accept-encoding: gzip").await, &["content-encoding: gzip", "\r\n\r\ngzip"]);
        check(
            &get(port, "/kb/index/1.head", "range: bytes=2-4").await,
            &["206", "content-range: bytes 2-4/10", "immutable", "\r\n\r\n234"],
        );
        remove(&root);
    }

    #[tokio::test]
    async fn every_request_is_written_down() {
        let (root, port) = start("log").await;
        get(port, "/?q=1", "x-test: one").await;
        get(port, "/gone", "").await;
        let log = std::fs::read_to_string(root.join("requests.jsonl")).unwrap();
        let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["path"], "/");
        assert_eq!(lines[0]["query"], "q=1");
        assert_eq!(lines[0]["headers"]["x-test"], "one");
        assert_eq!(lines[1]["path"], "/gone");
        remove(&root);
    }
}
