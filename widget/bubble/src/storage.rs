//! Local storage that may be denied, full or cleared at any time: whatever fails, the bubble goes on from memory.

use gloo::storage::{LocalStorage, Storage as _};
use serde::{Serialize, de::DeserializeOwned};

/// The one key that the loader reads: `1` while the panel is open.
pub(crate) const OPEN: &str = "porchlight.open";

/// gloo throws where storage is denied, so it is asked only where there is one.
fn granted() -> bool {
    gloo::utils::window().local_storage().is_ok_and(|storage| storage.is_some())
}

/// The value under `key`, where there is one of this shape.
pub(crate) fn load<T: DeserializeOwned>(key: &str) -> Option<T> {
    granted().then(|| LocalStorage::get(key).ok()).flatten()
}

/// Keeps a value, if it can.
pub(crate) fn save<T: Serialize>(key: &str, value: &T) {
    if granted() {
        // Full storage: the conversation goes on in memory.
        let _ = LocalStorage::set(key, value);
    }
}

/// Forgets the value under `key`.
pub(crate) fn remove(key: &str) {
    if granted() {
        LocalStorage::delete(key);
    }
}

/// Tells the loader of the next page whether the panel stands open.
pub(crate) fn mark_open(open: bool) {
    if open {
        save(OPEN, &1);
    } else {
        remove(OPEN);
    }
}
