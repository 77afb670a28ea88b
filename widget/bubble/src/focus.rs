//! Where the focus is, where it goes, and where it goes back to.

use composer::coarse_pointer;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRoot};
use yew::prelude::*;

use crate::{app::Nodes, state::Action};

/// Where the focus is to go, and where it came from.
#[derive(Default)]
pub(crate) struct Focus {
    /// Into the box as soon as the panel shows.
    wanted: bool,
    /// It was in the panel when that was closed.
    was_inside: bool,
    /// What had it when each view was opened.
    openers: Vec<Option<HtmlElement>>,
    /// What gets it back when what had it has gone.
    back: Option<HtmlElement>,
}

impl Focus {
    /// The visitor opens the panel: the box is to have the focus as soon as it can.
    pub(crate) fn want(&mut self) {
        self.wanted = true;
    }

    /// Whether it was in the panel when that was closed.
    pub(crate) fn was_inside(&self) -> bool {
        self.was_inside
    }

    /// Before an action: what has the focus now may be about to go.
    pub(crate) fn follow(&mut self, action: &Action, nodes: &Nodes) {
        let now = focused(&nodes.panel);
        match action {
            Action::Close => self.was_inside = now.is_some(),
            Action::Read(_) => self.openers.push(now),
            Action::Browse => self.openers = vec![now],
            Action::Back => self.back = self.openers.pop().flatten().or_else(|| nodes.panel.cast()),
            Action::Ask(..) | Action::Again(_) | Action::Clear => {
                self.openers.clear();
                if now.is_some() {
                    // The box would call a phone's keyboard up.
                    self.back = if coarse_pointer() { nodes.panel.cast() } else { nodes.area.cast() };
                }
            }
            _ => {}
        }
    }

    /// After drawing; `deeper`: a view has come.
    pub(crate) fn settle(&mut self, nodes: &Nodes, deeper: bool) {
        self.give(&nodes.area);
        if let Some(back) = self.back.take() {
            let _ = back.focus();
        } else if deeper
            && focused(&nodes.panel).is_some()
            && let Some(view) = nodes.top.cast::<HtmlElement>()
        {
            let _ = view.focus();
        }
    }

    /// Gives the text box the focus where that is wanted and possible.
    pub(crate) fn give(&mut self, area: &NodeRef) {
        // In a hidden panel it has no place on the screen and cannot take it yet.
        if let Some(area) = area.cast::<HtmlElement>().filter(|area| self.wanted && area.offset_height() > 0) {
            self.wanted = false;
            let _ = area.focus();
        }
    }
}

/// What in the panel has the focus.
pub(crate) fn focused(panel: &NodeRef) -> Option<HtmlElement> {
    let panel = panel.get()?;
    let root: ShadowRoot = panel.get_root_node().dyn_into().ok()?;
    let active = root.active_element()?.dyn_into::<HtmlElement>().ok()?;
    panel.contains(Some(&active)).then_some(active)
}

/// While the panel is the whole screen, Tab goes round in it: what lies behind cannot be seen.
pub(crate) fn wrap(event: &KeyboardEvent, panel: &NodeRef) {
    const STOPS: &str = "a[href], button, textarea, summary, [tabindex='0']";
    let Some(all) = panel.cast::<HtmlElement>().and_then(|panel| panel.query_selector_all(STOPS).ok()) else {
        return;
    };
    let visible = |element: &HtmlElement| element.closest("[data-away]").is_ok_and(|away| away.is_none());
    let mut stops = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok()).filter(visible);
    let Some(first) = stops.next() else {
        return;
    };
    let last = stops.next_back().unwrap_or_else(|| first.clone());
    let (edge, other) = if event.shift_key() { (first, last) } else { (last, first) };
    if focused(panel) == Some(edge) {
        event.prevent_default();
        let _ = other.focus();
    }
}
