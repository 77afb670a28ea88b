//! What the browser shows: whether the panel fills the screen, and how much of the screen a keyboard leaves.

use gloo::{events::EventListener, utils::window};
use web_sys::HtmlElement;

use crate::text::{digits, joined};

/// Below this width the panel is the whole screen. The style sheets say the same.
const NARROW: &str = "(max-width: 639.98px)";

/// Whether the panel fills the screen.
pub(crate) fn narrow() -> bool {
    matches!(window().match_media(NARROW), Ok(Some(query)) if query.matches())
}

/// Keeps `--seen-height` and `--seen-top` of the panel at what is visible, for on phones a keyboard covers the page
/// without resizing it, and `aria-modal` at whether the panel covers all else. Written through the object model, which
/// policies on inline styles leave alone.
pub(crate) fn follow(panel: HtmlElement) -> Vec<EventListener> {
    let Some(viewport) = window().visual_viewport() else {
        return Vec::new();
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
        }
    };
    fit();
    ["resize", "scroll"]
        .map(|name| {
            EventListener::new(&viewport, name, {
                let fit = fit.clone();
                move |_| fit()
            })
        })
        .into()
}
