//! Lets the search get ready for a question while it is typed: the link is idle then.

use std::{cell::Cell, rc::Rc};

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;

use crate::{search::prepare, setup::Setup};

/// Follows what is typed, as fast as the search takes it. Dropping the listener ends it.
pub(crate) fn follow(area: &HtmlTextAreaElement, setup: &Rc<Setup>) -> EventListener {
    let (field, setup) = (area.clone(), setup.clone());
    let (changed, running) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    EventListener::new(area, "input", move |_| {
        changed.set(true);
        if running.replace(true) {
            return;
        }
        let (field, setup, changed, running) = (field.clone(), setup.clone(), changed.clone(), running.clone());
        spawn_local(async move {
            while changed.replace(false) && !setup.retired.get() {
                prepare(&setup, field.value()).await;
            }
            running.set(false);
        });
    })
}
