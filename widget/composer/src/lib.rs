//! The box in which people write: one Enter, one whole message, whatever the input method.
//!
//! The box is never written to while an input method composes, and never controlled by state: what is in it is the truth.
//! The bubble, the chat and the console wire theirs with [`wire()`].

#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod ime;
#[cfg(all(test, target_arch = "wasm32"))]
mod traces;
mod wire;

pub use wire::{coarse_pointer, normalized, wire};
