//! While a question is typed: the search gets ready for it, for the link is idle then, and what it may be about is suggested.

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, timers::callback::Timeout};
use web_sys::HtmlTextAreaElement;
use yew::Callback;

use crate::{
    search::{Wish, look_up},
    setup::Setup,
    state::Action,
};

/// Milliseconds without a key after which suggestions are looked up: lists that change with every letter are not read.
const PAUSE: u32 = 300;

/// Follows what is typed. Dropping the listener ends it.
pub(crate) fn follow(area: &HtmlTextAreaElement, setup: &Rc<Setup>, act: &Callback<Action>) -> EventListener {
    let (field, setup, act) = (area.clone(), setup.clone(), act.clone());
    let pause = RefCell::new(None);
    EventListener::new(area, "input", move |_| {
        look_up(&setup, &act, Wish::Ahead(field.value()));
        let (field, setup, act) = (field.clone(), setup.clone(), act.clone());
        // The timer before this one is dropped, and with it what it would have done.
        pause.replace(Some(Timeout::new(PAUSE, move || {
            look_up(&setup, &act, Wish::Suggestions(field.value()));
        })));
    })
}
