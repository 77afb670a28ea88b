//! Local storage that may be denied, full or cleared at any time: whatever fails, the bubble goes on from memory.
//!
//! gloo's storage is not used: it throws where storage is denied, and its JSON would be a sixth of what visitors
//! download. Values are postcard, as between page and worker, in Base64 by the browser.

use gloo::utils::window;
use search_client::form::{Form, decode};
use web_sys::Storage;

/// Written by `frame.js`: has a `t` while the visitor is talking with a person, and a `v` while that view is to be shown.
pub(crate) const PERSON: &str = "porchlight.person";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The text under `key`.
pub(crate) fn text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// The value under `key`, where there is one of this shape.
pub(crate) fn load<T: Form>(key: &str) -> Option<T> {
    let text = text(key)?;
    // `atob` gives one character a byte.
    let bytes: Vec<u8> = window().atob(&text).ok()?.chars().map(|byte| byte as u8).collect();
    decode(&bytes)
}

/// Keeps bytes, if it can.
pub(crate) fn save(key: &str, bytes: Vec<u8>) {
    let bytes: String = bytes.into_iter().map(char::from).collect();
    if let (Some(storage), Ok(text)) = (storage(), window().btoa(&bytes)) {
        // Full storage: the conversation goes on in memory.
        let _ = storage.set_item(key, &text);
    }
}

/// Forgets the value under `key`.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}
