//! A record of every request, whole: for proving that none carries what a visitor asked.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use axum::http::request::Parts;
use serde_json::{Map, Value, json};

/// A file that grows by one line of JSON a request.
pub(crate) struct RequestLog(Mutex<File>);

impl RequestLog {
    /// Opens the file; lines are appended.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .with_context(|| format!("cannot write the request log {}", path.display()))?;
        Ok(Self(Mutex::new(file)))
    }

    /// Writes a request down before it is answered.
    pub(crate) fn write(&self, parts: &Parts, body: &[u8]) -> std::io::Result<()> {
        let mut line = line(parts, body).to_string();
        line.push('\n');
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(line.as_bytes())?;
        file.flush()
    }
}

fn line(parts: &Parts, body: &[u8]) -> Value {
    let mut headers = Map::new();
    for name in parts.headers.keys() {
        let values: Vec<_> =
            parts.headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        headers.insert(name.to_string(), values.join(", ").into());
    }
    json!({
        "method": parts.method.as_str(),
        "path": parts.uri.path(),
        "query": parts.uri.query(),
        "headers": headers,
        "body_bytes": body.len(),
        "body": String::from_utf8_lossy(body),
    })
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_line_holds_all_of_a_request() {
        let (parts, ()) =
            Request::post("/kb/x?q=reset%20it").header("referer", "http://127.0.0.1/").body(()).unwrap().into_parts();
        assert_eq!(
            line(&parts, "my question\n".as_bytes()),
            json!({
                "method": "POST",
                "path": "/kb/x",
                "query": "q=reset%20it",
                "headers": {"referer": "http://127.0.0.1/"},
                "body_bytes": 12,
                "body": "my question\n",
            })
        );
    }
}
