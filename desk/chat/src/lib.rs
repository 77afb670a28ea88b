//! The visitor's form and live chat (Yew), served by the desk in a frame of its own origin.
//!
//! The help bubble opens this page beside itself and hands over what the visitor asked and saw, through one port
//! ([`port`](crate)). The visitor sees what will be sent, strikes out what he does not want to share, and sends; from then
//! on he talks to a person. Token and words stay in this frame: the page around is told only whether there is a
//! conversation and how many messages were not read.
//!
//! `state` is what happens, as plain data; `app` carries it out in the browser; `view` shows it.

mod app;
#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod clock;
mod focus;
mod links;
mod looks;
mod names;
mod outbox;
mod port;
mod scroll;
mod state;
mod storage;
mod text;
mod view;

use gloo::utils::document;
use wasm_bindgen::prelude::*;

use crate::app::{App, AppProps};

/// Draws the chat into the page's element `chat`. `early` are the messages that came while this module was loading; the
/// port may be in one of them.
///
/// # Errors
/// Where the page has no such element.
#[wasm_bindgen]
pub fn start(early: js_sys::Array) -> Result<(), JsError> {
    let root = document().get_element_by_id("chat").ok_or_else(|| JsError::new("the page has no element `chat`"))?;
    yew::Renderer::<App>::with_root_and_props(root, AppProps { early }).render();
    Ok(())
}
