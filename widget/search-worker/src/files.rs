use answer_engine::bundle::sha256_hex;
use answer_messages::wire::{Failure, FailureKind};
use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::failure;

/// Asks the server whether the browser's copy is the newest.
const NO_CACHE: &str = "no-cache";
/// Takes the browser's copy without asking.
const FORCE_CACHE: &str = "force-cache";
const DEFAULT: &str = "default";
/// Passes the browser's copy over.
const RELOAD: &str = "reload";

// What stands in `shim.js`, beside which the module's own script ends up.
#[wasm_bindgen]
extern "C" {
    /// Fetches a file, or its compressed part from one byte up to another, where that is not 0: its bytes as a
    /// `Uint8Array`, or a text that says why they cannot be had.
    fn load(url: &str, cache: &str, from: u32, to: u32) -> Promise;

    /// Waits.
    #[wasm_bindgen(js_name = pause)]
    fn pause_js(milliseconds: u32) -> Promise;
}

/// Waits so many milliseconds.
pub(crate) async fn pause(milliseconds: u32) {
    let _ = JsFuture::from(pause_js(milliseconds)).await;
}

/// Fetches an immutable file and checks it. A copy that does not fit is fetched once more past the browser's cache. The
/// request is sent before this is waited for.
pub(crate) fn checked(url: String, is_right: impl Fn(&[u8]) -> bool) -> impl Future<Output = Result<Vec<u8>, Failure>> {
    let mut first = Some(load(&url, DEFAULT, 0, 0));
    async move {
        for _ in 0..2 {
            let promise = first.take().unwrap_or_else(|| load(&url, RELOAD, 0, 0));
            let bytes = bytes_of(&url, promise).await?;
            if is_right(&bytes) {
                return Ok(bytes);
            }
        }
        Err(failure(FailureKind::Damaged, [&url, " is not the file that the bundle names"].concat()))
    }
}

/// The same of a compressed part of an immutable file, which tells by itself whether it is whole.
pub(crate) fn part(url: String, from: u32, to: u32) -> impl Future<Output = Result<Vec<u8>, Failure>> {
    let first = load(&url, DEFAULT, from, to);
    async move {
        match bytes_of(&url, first).await {
            Ok(bytes) => Ok(bytes),
            Err(_) => bytes_of(&url, load(&url, RELOAD, from, to)).await,
        }
    }
}

/// Fetches the manifest as the browser has it: the loader has just asked the server whether it changed. `afresh` asks
/// again.
pub(crate) async fn manifest(kb: &str, afresh: bool) -> Result<Vec<u8>, Failure> {
    let url = [kb, "manifest.json"].concat();
    bytes_of(&url, load(&url, if afresh { NO_CACHE } else { FORCE_CACHE }, 0, 0)).await
}

/// Whether bytes have this SHA-256 in hexadecimal digits.
pub(crate) fn has_hash(bytes: &[u8], sha256: &str) -> bool {
    sha256_hex(bytes) == sha256
}

async fn bytes_of(url: &str, promise: Promise) -> Result<Vec<u8>, Failure> {
    let loaded: JsValue = JsFuture::from(promise).await.unwrap_or_default();
    match loaded.dyn_ref::<js_sys::Uint8Array>() {
        Some(bytes) => Ok(bytes.to_vec()),
        None => {
            let detail = loaded.as_string().unwrap_or_default();
            Err(failure(FailureKind::Unreachable, [url, ": ", &detail].concat()))
        }
    }
}
