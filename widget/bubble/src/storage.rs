//! Local storage that may be denied, full or cleared at any time: whatever fails, the bubble goes on from memory.
//!
//! gloo's storage is not used: it throws where storage is denied, and its JSON would be a sixth of what visitors
//! download. Values are postcard, as between page and worker, in Base64 by the browser.

use answer_messages::wire::{decode, encode};
use gloo::utils::window;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// The one key that the loader reads: `1` while the panel is open.
pub(crate) const OPEN: &str = "porchlight.open";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The value under `key`, where there is one of this shape.
pub(crate) fn load<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = storage()?.get_item(key).ok()??;
    // `atob` gives one character a byte.
    let bytes: Vec<u8> = window().atob(&text).ok()?.chars().map(|byte| byte as u8).collect();
    decode(&bytes).ok()
}

/// Keeps a value, if it can.
pub(crate) fn save<T: Serialize>(key: &str, value: &T) {
    let bytes: String = encode(value).into_iter().map(char::from).collect();
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

/// Tells the loader of the next page whether the panel stands open.
pub(crate) fn mark_open(open: bool) {
    match storage() {
        Some(storage) if open => {
            let _ = storage.set_item(OPEN, "1");
        }
        _ => remove(OPEN),
    }
}
