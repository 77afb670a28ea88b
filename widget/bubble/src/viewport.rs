//! What the browser shows: whether the panel fills the screen, and how much of the screen a keyboard leaves.

use gloo::{events::EventListener, utils::window};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Below this width the panel is the whole screen. The style sheets say the same.
const NARROW: &str = "(max-width: 639.98px)";

/// Whether the panel fills the screen.
#[hook]
pub(crate) fn use_narrow() -> bool {
    let query = use_memo((), |()| window().match_media(NARROW).ok().flatten());
    let narrow = use_state_eq(|| query.as_ref().as_ref().is_some_and(web_sys::MediaQueryList::matches));
    let set = narrow.setter();
    use_effect_with((), move |()| {
        let listener = (*query).clone().map(|query| {
            let target = query.clone();
            EventListener::new(&target, "change", move |_| set.set(query.matches()))
        });
        move || drop(listener)
    });
    *narrow
}

/// Keeps `--seen-height` and `--seen-top` of the panel at what is visible: on phones a keyboard covers the page
/// without resizing it. Written through the object model, which policies on inline styles leave alone.
#[hook]
pub(crate) fn use_visible_area(panel: NodeRef) {
    use_effect_with((), move |()| {
        let listeners = window().visual_viewport().map(|viewport| {
            let fit = {
                let viewport = viewport.clone();
                move || {
                    let Some(panel) = panel.cast::<HtmlElement>() else {
                        return;
                    };
                    for (name, value) in [("--seen-height", viewport.height()), ("--seen-top", viewport.offset_top())] {
                        // Never fails for custom properties.
                        let _ = panel.style().set_property(name, &[&value.to_string(), "px"].concat());
                    }
                }
            };
            fit();
            ["resize", "scroll"].map(|name| {
                let fit = fit.clone();
                EventListener::new(&viewport, name, move |_| fit())
            })
        });
        move || drop(listeners)
    });
}

/// Whether the visitor's main pointer is a finger.
pub(crate) fn coarse_pointer() -> bool {
    let query = window().match_media("(pointer: coarse)");
    matches!(query, Ok(Some(query)) if query.matches())
}
