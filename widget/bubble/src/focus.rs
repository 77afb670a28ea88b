//! Where the focus is, where it goes, and where it goes back to.

use composer::coarse_pointer;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRoot};
use yew::prelude::*;

use crate::{app::Nodes, state::Action};

/// Where the focus is to go, and where it came from.
#[derive(Default)]
pub(crate) struct Focus {
    /// Into the panel as soon as it shows.
    wanted: bool,
    /// It was in the panel before the latest action.
    was_inside: bool,
    /// What had it when each view was opened.
    openers: Vec<Option<HtmlElement>>,
    /// What gets it back when what had it has gone.
    back: Option<HtmlElement>,
}

impl Focus {
    /// Whether it was in the panel before the latest action.
    pub(crate) fn was_inside(&self) -> bool {
        self.was_inside
    }

    /// Before an action: what has the focus now may be about to go.
    pub(crate) fn follow(&mut self, action: &Action, nodes: &Nodes) {
        let now = focused(&nodes.panel);
        self.was_inside = now.is_some();
        match action {
            Action::Open { quiet } => self.wanted |= !quiet,
            // A suggestion goes with what was typed.
            Action::Read(_) => self.openers.push(match now {
                Some(now) if now.closest(".suggest").is_ok_and(|list| list.is_some()) => nodes.area.cast(),
                now => now,
            }),
            Action::Browse => self.openers = vec![now],
            Action::Back => self.back = self.openers.pop().flatten().or_else(|| nodes.panel.cast()),
            Action::Ask(..) | Action::Again(_) | Action::Clear => {
                self.openers.clear();
                if self.was_inside {
                    // The box would call a phone's keyboard up.
                    self.back = if coarse_pointer() { nodes.panel.cast() } else { nodes.area.cast() };
                }
            }
            _ => {}
        }
    }

    /// The way to a person was taken, by whatever way: the row's button is where it leads back to.
    pub(crate) fn left_for_person(&mut self, nodes: &Nodes) {
        self.openers.push(nodes.way_in.cast());
    }

    /// After drawing; `deeper`: a view has come; `person`: the desk's chat is shown, and the box is away.
    pub(crate) fn settle(&mut self, nodes: &Nodes, open: bool, deeper: bool, person: bool) {
        let opened = open && std::mem::take(&mut self.wanted);
        let target = if self.back.is_some() {
            self.back.take()
        } else if opened && person || deeper && (opened || self.was_inside) {
            if person { nodes.person.cast() } else { nodes.top.cast() }
        } else if opened {
            nodes.area.cast()
        } else {
            None
        };
        if let Some(target) = target {
            // All that was drawn is laid out for it. In the task that has just drawn the panel that would be too much. The
            // desk's chat, which takes the focus over from its view, comes in the same task.
            if opened && !person {
                Timeout::new(0, move || give(&target)).forget();
            } else {
                give(&target);
            }
        }
    }
}

fn give(target: &HtmlElement) {
    let _ = target.focus();
}

/// What in the panel has the focus.
pub(crate) fn focused(panel: &NodeRef) -> Option<HtmlElement> {
    let panel = panel.get()?;
    let root: ShadowRoot = panel.get_root_node().dyn_into().ok()?;
    let active = root.active_element()?.dyn_into::<HtmlElement>().ok()?;
    panel.contains(Some(&active)).then_some(active)
}
