//! What the browser shows: whether the panel fills the screen, and how much of the screen a keyboard leaves.

use std::{cell::Cell, rc::Rc};

use gloo::{events::EventListener, utils::window};
use web_sys::HtmlElement;

use crate::{
    components::{show_latest, shows_latest},
    text::{digits, joined},
};

/// Below this width the panel is the whole screen. The style sheets say the same.
const NARROW: &str = "(max-width: 639.98px)";

/// Whether the panel fills the screen.
pub(crate) fn narrow() -> bool {
    matches!(window().match_media(NARROW), Ok(Some(query)) if query.matches())
}

/// Keeps `--seen-height` and `--seen-top` of the panel at what is visible, for on phones a keyboard covers the page
/// without resizing it, and `aria-modal` at whether the panel covers all else. Written through the object model, which
/// policies on inline styles leave alone. Where the latest entry could be seen before, it can be afterwards.
pub(crate) fn follow(panel: HtmlElement, scroller: HtmlElement) -> Vec<EventListener> {
    let Some(viewport) = window().visual_viewport() else {
        return Vec::new();
    };
    let at_latest = Rc::new(Cell::new(false));
    let scrolled = {
        let (scroller, at_latest) = (scroller.clone(), at_latest.clone());
        EventListener::new(&scroller.clone(), "scroll", move |_| at_latest.set(shows_latest(&scroller)))
    };
    let fit = {
        let viewport = viewport.clone();
        move || {
            for (name, value) in [("--seen-height", viewport.height()), ("--seen-top", viewport.offset_top())] {
                // Whole pixels: nobody sees less. Never fails for custom properties.
                let _ = panel.style().set_property(name, &joined(&[&digits(value as u64), "px"]));
            }
            let _ =
                if narrow() { panel.set_attribute("aria-modal", "true") } else { panel.remove_attribute("aria-modal") };
            if at_latest.get() {
                show_latest(&scroller);
            }
        }
    };
    fit();
    let [resized, moved] = ["resize", "scroll"].map(|name| {
        EventListener::new(&viewport, name, {
            let fit = fit.clone();
            move |_| fit()
        })
    });
    vec![scrolled, resized, moved]
}
