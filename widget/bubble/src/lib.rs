//! The help bubble's panel: conversation, answers, articles.
//!
//! The loader imports this module when a visitor first wants help, and calls [`mount`] with an element of its shadow
//! root. Everything that the visitor types stays here and in the search worker; the page is told only that something
//! happened, never what was asked.

mod address;
mod app;
mod components;
mod deeds;
mod events_view;
mod focus;
mod glob;
mod history;
mod node;
mod search;
mod setup;
mod sheet;
mod shell;
mod snippet;
mod state;
mod storage;
mod text;
mod typing;

use std::{cell::RefCell, rc::Rc};

use composer::normalized;
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::AppHandle;

use crate::{
    app::{App, AppProps},
    setup::Setup,
    state::{Action, Place},
};

/// The panel, for the loader.
#[wasm_bindgen]
pub struct Panel {
    stage: Rc<RefCell<Stage>>,
}

/// How far the panel is. Code is made ready, the panel's frame drawn, then what is in it, and opened, each in a task of its
/// own: the page has its turn between them, for on a slow device all together would hold it up for longer than one notices.
enum Stage {
    /// It is to be drawn.
    Ahead,
    /// It is there.
    Drawn(AppHandle<App>),
    /// It was taken down.
    Gone,
}

/// Draws the panel, closed, into an element of a shadow root.
///
/// `config` is an object with `kb` (absolute address of the bundle), `worker` (address of the worker's script, or a
/// `TrustedScriptURL`), `module` (function that imports that script), and if wished `lang`, `contact`, `desk`, `site`,
/// `onclose(hadFocus)`, `onshown(shown)`, `save()`, `live()` once the panel is drawn, `latest()` to scroll to the latest entry,
/// `emit(name, detail)` and `frame(view, record)`, which brings the desk's chat into a view.
///
/// # Errors
/// Says which part of the configuration is wrong and what it must be.
#[wasm_bindgen]
pub fn mount(root: &HtmlElement, config: &JsValue) -> Result<Panel, JsError> {
    let setup = Rc::new(Setup::read(config)?);
    let shadow = root
        .get_root_node()
        .dyn_into()
        .map_err(|_| JsError::new("porchlight: mount needs an element inside a shadow root"))?;
    sheet::adopt(&shadow).map_err(|_| JsError::new("porchlight: this browser has no constructable style sheets"))?;
    let renderer = yew::Renderer::<App>::with_root_and_props(root.clone().into(), AppProps { setup });
    let stage = Rc::new(RefCell::new(Stage::Ahead));
    Timeout::new(0, {
        let stage = stage.clone();
        move || {
            if matches!(*stage.borrow(), Stage::Ahead) {
                stage.replace(Stage::Drawn(renderer.render()));
            }
        }
    })
    .forget();
    let panel = Panel { stage };
    panel.does(Action::Draw);
    Ok(panel)
}

#[wasm_bindgen]
impl Panel {
    /// Shows the panel; asks a question or shows an article if one is given. `quiet` leaves the focus alone.
    pub fn open(&self, question: Option<String>, article: Option<String>, quiet: Option<bool>) {
        self.does(Action::Open { quiet: quiet.unwrap_or_default() });
        if let Some(question) = question.and_then(|text| normalized(&text)) {
            self.does(Action::Ask(question));
        }
        if let Some(slug) = article {
            self.does(Action::Read(Place::new(&slug, "")));
        }
    }

    /// Hides the panel. The conversation stays.
    pub fn close(&self) {
        self.does(Action::Close);
    }

    /// Takes the panel down and ends the worker. What is kept for the next page stays.
    pub fn destroy(&mut self) {
        if let Stage::Drawn(app) = self.stage.replace(Stage::Gone) {
            app.destroy();
        }
        search_client::end_early();
    }
}

impl Panel {
    /// Lets an action happen as soon as the panel is drawn and idle.
    fn does(&self, action: Action) {
        match &*self.stage.borrow() {
            Stage::Drawn(app) => app.send_message(action),
            Stage::Ahead => {
                let stage = self.stage.clone();
                // Timers of equal delay keep their order: it is drawn by then.
                let later = move || {
                    if let Stage::Drawn(app) = &*stage.borrow() {
                        app.send_message(action);
                    }
                };
                Timeout::new(0, later).forget();
            }
            Stage::Gone => {}
        }
    }
}
