//! The desk's two faces: `/chat/` for visitors, `/desk/` for agents, and the files below `/assets/`, which are named by
//! their content. A release build carries them; a debug build reads them from `www/dist/desk` while it runs.

use std::{borrow::Cow, fmt::Write, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
    },
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};

use crate::{
    problem::{Fault, Kind},
    state::Desk,
};

/// Stands in the chat's page for the list of allowed origins.
const ORIGINS_TOKEN: &str = "__ORIGINS__";

const MISSING: &str = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Not built</title>\n\
    <p>This desk was built without its pages. Run <code>cargo xtask web</code> and build the desk again.</p></html>\n";

/// The routes of the pages.
pub(crate) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(async || Redirect::temporary("/desk/")))
        .route("/chat", get(async || Redirect::temporary("/chat/")))
        .route("/desk", get(async || Redirect::temporary("/desk/")))
        .route("/chat/", get(chat))
        .route("/desk/", get(async || page(file("console.html"))))
        .route("/assets/{name}", get(asset))
}

async fn chat(State(desk): State<Arc<Desk>>) -> Response {
    page(file("chat.html").map(|page| with_origins(&page, desk.origins.all())))
}

fn page(page: Option<Cow<'static, [u8]>>) -> Response {
    match page {
        Some(page) => ([(CACHE_CONTROL, "no-cache")], Html(page)).into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, Html(MISSING)).into_response(),
    }
}

/// The chat's page with the origins that it may listen to.
fn with_origins<'a>(page: &[u8], origins: impl Iterator<Item = &'a str>) -> Cow<'static, [u8]> {
    let list = serde_json::Value::from_iter(origins).to_string();
    String::from_utf8_lossy(page).replace(ORIGINS_TOKEN, &escaped(&list)).into_bytes().into()
}

/// A text as it may stand between quotes in HTML.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, sign| {
        match sign {
            '&' | '<' | '>' | '"' | '\'' => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "&#{};", u32::from(sign));
            }
            _ => escaped.push(sign),
        }
        escaped
    })
}

async fn asset(name: Result<Path<String>, axum::extract::rejection::PathRejection>, headers: HeaderMap) -> Response {
    let missing = || Fault::new(Kind::NotFound, "There is no such file. Load the page again.").into_response();
    let Ok(Path(name)) = name else { return missing() };
    let Some(media_type) = media_type(&name) else { return missing() };
    let accepted: Vec<_> = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
    let accepted = accepted.join(",");
    let found = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(&accepted, encoding))
        .find_map(|(encoding, end)| Some((Some(encoding), file(&format!("assets/{name}{end}"))?)))
        .or_else(|| Some((None, file(&format!("assets/{name}"))?)));
    let Some((encoding, bytes)) = found else { return missing() };
    let mut response = (
        [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable"), (VARY, "accept-encoding")],
        bytes,
    )
        .into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Media type of a file by its name; `None` for a name that no file of ours has.
fn media_type(name: &str) -> Option<&'static str> {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    let (stem, end) = name.rsplit_once('.')?;
    if !is_plain || stem.is_empty() || stem.starts_with('.') {
        return None;
    }
    Some(match end {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// Whether `Accept-Encoding` takes an encoding: named and not with quality 0. `*` is not taken at its word, as nobody
/// who sends it alone needs it.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut parts = part.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let is_refused = parts
            .filter_map(|parameter| parameter.split_once('='))
            .any(|(name, value)| name.trim() == "q" && value.trim().parse().is_ok_and(|quality: f32| quality <= 0.0));
        is_named && !is_refused
    })
}

#[cfg(debug_assertions)]
fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/dist/desk");
    std::fs::read(folder.join(path)).ok().map(Cow::Owned)
}

#[cfg(not(debug_assertions))]
fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../www/dist/desk"]
    #[allow_missing = true]
    struct Files;

    Files::get(path).map(|file| file.data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_stand_in_the_page() {
        let page = b"<meta name=\"porchlight-origins\" content=\"__ORIGINS__\">";
        let page = with_origins(page, ["https://desk.example", "http://127.0.0.1:8080"].into_iter());
        assert_eq!(
            String::from_utf8_lossy(&page),
            "<meta name=\"porchlight-origins\" \
             content=\"[&#34;https://desk.example&#34;,&#34;http://127.0.0.1:8080&#34;]\">"
        );
        assert_eq!(escaped("<&>'\""), "&#60;&#38;&#62;&#39;&#34;");
    }

    #[test]
    fn names() {
        let check = |name: &str, expected| assert_eq!(media_type(name), expected, "{name}");
        check("chat.0123.js", Some("text/javascript; charset=utf-8"));
        check("chat.0123.wasm", Some("application/wasm"));
        check("chat.0123.css", Some("text/css; charset=utf-8"));
        check("chat.0123.js.br", None);
        check("chat.html", None);
        check("..", None);
        check("../x.js", None);
        check(".js", None);
        check("..js", None);
        check("a/b.js", None);
        check("a\\b.js", None);
        check("a\0.js", None);
        check("한.js", None);
        check("js", None);
        check("", None);
    }

    #[test]
    fn encodings() {
        let check = |header: &str, encoding: &str, expected| {
            assert_eq!(accepts(header, encoding), expected, "{header:?} {encoding}");
        };
        check("gzip, deflate, br, zstd", "br", true);
        check("gzip, deflate", "br", false);
        check("BR", "br", true);
        check("br;q=0.5", "br", true);
        check("br;q=0", "br", false);
        check("br; q = 0.000", "br", false);
        check("brr", "br", false);
        check("*", "br", false);
        check("", "gzip", false);
    }
}
