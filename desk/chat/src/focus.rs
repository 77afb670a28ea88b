//! Where the focus goes.

use composer::coarse_pointer;
use gloo::utils::document;
use web_sys::HtmlElement;
use yew::NodeRef;

use crate::{
    state::{Field, Target},
    view::Nodes,
};

/// Where the focus is to go as soon as it can.
#[derive(Default)]
pub(crate) struct Focus {
    wanted: Option<Target>,
    /// The host page wants it in this frame.
    asked: bool,
    /// Something in the page had it before the last drawing.
    had: bool,
}

impl Focus {
    /// It is to go there once that is drawn.
    pub(crate) fn want(&mut self, target: Target) {
        self.wanted = Some(target);
    }

    /// The host page wants it where one writes.
    pub(crate) fn ask(&mut self) {
        self.asked = true;
    }

    /// Before drawing.
    pub(crate) fn remember(&mut self) {
        self.had = is_inside();
    }

    /// After drawing: to where it is wanted, or, where what had it has gone, to the next best place. `ready`: there is more
    /// than a page that waits. Unasked it is never drawn away from the host page.
    pub(crate) fn settle(&mut self, nodes: &Nodes, ready: bool) {
        let wanted = self.wanted.take().filter(|_| document().has_focus().unwrap_or(false));
        if ready && std::mem::take(&mut self.asked) {
            let _ = give(place(Target::Area, nodes)) || give(&nodes.status) || give(&nodes.heading);
        } else if !wanted.is_some_and(|target| give(place(target, nodes))) && self.had && !is_inside() {
            let _ = give(&nodes.status) || give(&nodes.heading);
        }
        self.had = is_inside();
    }
}

fn place(target: Target, nodes: &Nodes) -> &NodeRef {
    match target {
        Target::Status => &nodes.status,
        // The box would call a phone's keyboard up over what one has not read yet.
        Target::Area if coarse_pointer() => &nodes.heading,
        Target::Area | Target::Field(Field::Message) => &nodes.area,
        Target::Field(Field::Name) => &nodes.name,
        Target::Field(Field::Email) => &nodes.email,
    }
}

/// Gives an element the focus; `false` where it is not there.
fn give(node: &NodeRef) -> bool {
    node.cast::<HtmlElement>().is_some_and(|element| element.focus().is_ok())
}

/// Whether something in the page has the focus.
fn is_inside() -> bool {
    let document = document();
    let body = document.body().map(Into::into);
    document.has_focus().unwrap_or(false) && document.active_element().is_some_and(|active| Some(active) != body)
}
