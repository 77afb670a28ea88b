//! The agents' console (Yew): queue, conversation, brief.
//!
//! `state` takes in what happens and says what is to be done, without a browser; `app` does it; `views` draw the
//! state. The desk serves the page, and nothing else is ever called.

mod app;
mod browser;
#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod state;
mod text;
mod typed;
mod views;

use gloo::utils::document;
use wasm_bindgen::prelude::*;

/// Draws the console into the page.
///
/// # Errors
/// Where the page has no element with the id `console`.
#[wasm_bindgen]
pub fn start() -> Result<(), JsError> {
    let root = document()
        .get_element_by_id("console")
        .ok_or_else(|| JsError::new("the page has no element with the id \"console\": serve the page of this build"))?;
    yew::Renderer::<app::App>::with_root(root).render();
    Ok(())
}
