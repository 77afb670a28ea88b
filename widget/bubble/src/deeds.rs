//! What clicks, choices and keys in the panel do.
//!
//! An element that does something carries the place of its deed in one list, as a property that does not show in the page,
//! and one listener for all of the panel does it. yew's own listeners are a closure and an entry in three maps for each
//! element, and five kilobytes of what a visitor downloads.

use std::{cell::RefCell, rc::Rc};

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};
use yew::{Callback, NodeRef};

use crate::{
    events_view::scroll_to,
    node::DEED,
    setup::get,
    state::{Action, Place},
};

/// What a click does.
pub(crate) enum Deed {
    /// It happened. The panel is drawn anew then, so that two clicks in a row are one.
    Done,
    /// This happens.
    Act(Action),
    /// A plain click shows the article. Another asks for a new tab or the like, and is the browser's.
    Read(Place),
    /// A plain click scrolls to the section.
    Scroll(String),
}

/// The deeds of what was last drawn.
#[derive(Clone, Default)]
pub(crate) struct Deeds(Rc<RefCell<Vec<Deed>>>);

impl Deeds {
    /// Before drawing: all are forgotten.
    pub(crate) fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Adds one, and tells where it is.
    #[inline(never)]
    pub(crate) fn add(&self, deed: Deed) -> usize {
        let mut all = self.0.borrow_mut();
        all.push(deed);
        all.len() - 1
    }

    fn click(&self, event: &Event, act: &Callback<Action>) {
        let Some(target) = target(event) else {
            return;
        };
        let mut around = Some(target.clone());
        let place = loop {
            let Some(element) = around else {
                return;
            };
            if let Some(place) = get(&element, DEED).as_f64() {
                break place as usize;
            }
            around = element.parent_element();
        };
        let mut all = self.0.borrow_mut();
        let Some(deed) = all.get_mut(place) else {
            return;
        };
        if matches!(deed, Deed::Read(_) | Deed::Scroll(_)) && !plain(event) {
            return;
        }
        let action = match deed {
            Deed::Scroll(section) => {
                let view = target.closest(".view").ok().flatten();
                if let Some(view) = view.and_then(|view| view.dyn_into::<HtmlElement>().ok()) {
                    scroll_to(&view, section);
                }
                return;
            }
            deed => match std::mem::replace(deed, Deed::Done) {
                Deed::Act(action) => action,
                Deed::Read(place) => Action::Read(place),
                _ => return,
            },
        };
        drop(all);
        act.emit(action);
    }
}

/// Lets the panel do its deeds; `page` is the language of the page. Dropping the listeners ends it.
pub(crate) fn listen(panel: &NodeRef, deeds: &Deeds, act: &Callback<Action>, page: &str) -> Vec<EventListener> {
    let Some(root) = panel.get() else {
        return Vec::new();
    };
    let on = |name: &'static str, react: Box<dyn FnMut(&Event)>| {
        EventListener::new_with_options(&root, name, EventListenerOptions::enable_prevent_default(), react)
    };
    let click = {
        let (deeds, act) = (deeds.clone(), act.clone());
        move |event: &Event| deeds.click(event, &act)
    };
    let change = {
        let (page, act) = (page.to_owned(), act.clone());
        // The one choice there is; the box for questions changes too.
        move |event: &Event| {
            let chosen = target(event).filter(|target| target.matches("select").unwrap_or_default());
            if let Some(tag) = chosen.and_then(|select| get(&select, "value").as_string()) {
                act.emit(Action::Speak(page.clone(), tag));
            }
        }
    };
    let keydown = {
        let act = act.clone();
        move |event: &Event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                key(event, &act);
            }
        }
    };
    vec![on("click", Box::new(click)), on("change", Box::new(change)), on("keydown", Box::new(keydown))]
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether a click asks for nothing special such as a new tab; the browser then leaves it alone.
fn plain(event: &Event) -> bool {
    let plain = event.dyn_ref::<MouseEvent>().is_none_or(|event| {
        event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
    });
    if plain {
        event.prevent_default();
    }
    plain
}

fn key(event: &KeyboardEvent, act: &Callback<Action>) {
    // 229: the key belongs to an input method.
    if event.is_composing() || event.key_code() == 229 {
        return;
    }
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            act.emit(Action::Close);
        }
        // A button is pressed by the space bar too, a link that is called one is not.
        " " => {
            let pressed = target(event).filter(|target| target.matches("a[role=button]").unwrap_or_default());
            if let Some(pressed) = pressed.and_then(|pressed| pressed.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                pressed.click();
            }
        }
        _ => {}
    }
}
