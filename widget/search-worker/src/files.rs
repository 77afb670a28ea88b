use answer_engine::bundle::sha256_hex;
use answer_messages::wire::{Failure, FailureKind};
use gloo::net::http::Request;
use web_sys::RequestCache;

use crate::failure;

/// Fetches the manifest as the browser has it: the loader has just asked the server whether it changed. `afresh` asks
/// again.
pub(crate) async fn manifest(kb: &str, afresh: bool) -> Result<Vec<u8>, Failure> {
    let cache = if afresh { RequestCache::NoCache } else { RequestCache::ForceCache };
    fetch(&format!("{kb}manifest.json"), cache).await
}

/// Fetches an immutable file and checks it. A copy that does not fit is fetched once more past the browser's cache.
pub(crate) async fn checked(url: &str, is_right: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>, Failure> {
    for cache in [RequestCache::Default, RequestCache::Reload] {
        let bytes = fetch(url, cache).await?;
        if is_right(&bytes) {
            return Ok(bytes);
        }
    }
    Err(failure(FailureKind::Damaged, format!("{url} is not the file that the bundle names")))
}

/// Whether bytes have this SHA-256 in hexadecimal digits.
pub(crate) fn has_hash(bytes: &[u8], sha256: &str) -> bool {
    sha256_hex(bytes) == sha256
}

async fn fetch(url: &str, cache: RequestCache) -> Result<Vec<u8>, Failure> {
    let unreachable = |detail: String| failure(FailureKind::Unreachable, format!("{url}: {detail}"));
    let response = Request::get(url).cache(cache).send().await.map_err(|error| unreachable(error.to_string()))?;
    if !response.ok() {
        return Err(unreachable(format!("status {}", response.status())));
    }
    response.binary().await.map_err(|error| unreachable(error.to_string()))
}
