use answer_engine::bundle::sha256_hex;
use answer_messages::wire::{Failure, FailureKind};
use gloo::net::http::{Request, RequestBuilder};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, Response};

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
    Err(damaged(url))
}

/// Whether bytes have this SHA-256 in hexadecimal digits.
pub(crate) fn has_hash(bytes: &[u8], sha256: &str) -> bool {
    sha256_hex(bytes) == sha256
}

/// Fetches the part of an immutable file that is `length` bytes from `offset` on, and decompresses it, which tells whether it
/// is whole. Where the server gives no parts, the file is fetched whole, and the browser keeps it.
pub(crate) async fn part(url: &str, offset: u32, length: u32) -> Result<Vec<u8>, Failure> {
    let end = offset.saturating_add(length);
    for cache in [RequestCache::Default, RequestCache::Reload] {
        let range = format!("bytes={offset}-{}", end.saturating_sub(1));
        let (status, bytes) = get(url, Request::get(url).cache(cache).header("Range", &range)).await?;
        let part = if status == PARTIAL { Some(&bytes[..]) } else { bytes.get(offset as usize..end as usize) };
        if let Some(part) = part
            && let Ok(bytes) = decompressed(part).await
        {
            return Ok(bytes);
        }
    }
    Err(damaged(url))
}

/// "Partial Content".
const PARTIAL: u16 = 206;

#[wasm_bindgen]
extern "C" {
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// What the browser makes of gzip.
async fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let packed = Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes)))?;
    let stream = DecompressionStream::new("gzip")?;
    let plain = packed.body().ok_or(JsValue::NULL)?.pipe_through(stream.unchecked_ref());
    let plain = Response::new_with_opt_readable_stream(Some(&plain))?;
    let plain = JsFuture::from(plain.array_buffer()?).await?;
    Ok(Uint8Array::new(&plain).to_vec())
}

fn damaged(url: &str) -> Failure {
    failure(FailureKind::Damaged, format!("{url} is not the file that the bundle names"))
}

async fn fetch(url: &str, cache: RequestCache) -> Result<Vec<u8>, Failure> {
    Ok(get(url, Request::get(url).cache(cache)).await?.1)
}

/// Status and body.
async fn get(url: &str, request: RequestBuilder) -> Result<(u16, Vec<u8>), Failure> {
    let unreachable = |detail: String| failure(FailureKind::Unreachable, format!("{url}: {detail}"));
    let response = request.send().await.map_err(|error| unreachable(error.to_string()))?;
    if !response.ok() {
        return Err(unreachable(format!("status {}", response.status())));
    }
    let bytes = response.binary().await.map_err(|error| unreachable(error.to_string()))?;
    Ok((response.status(), bytes))
}
