//! Lets the search get ready for a question while it is typed: the link is idle then.

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, timers::callback::Timeout};
use web_sys::HtmlTextAreaElement;

use crate::{search::prepare, setup::Setup};

/// A pause this long may be the end of a question.
const PAUSE_MS: u32 = 400;

/// Follows what is typed, word by word: half a word would be looked for in vain. Dropping the listener ends it.
pub(crate) fn follow(area: &HtmlTextAreaElement, setup: &Rc<Setup>) -> EventListener {
    let (field, setup) = (area.clone(), setup.clone());
    let pause: RefCell<Option<Timeout>> = RefCell::default();
    EventListener::new(area, "input", move |_| {
        let text = field.value();
        if text.ends_with(' ') {
            pause.replace(None);
            prepare(&setup, text);
            return;
        }
        let (field, setup) = (field.clone(), setup.clone());
        pause.replace(Some(Timeout::new(PAUSE_MS, move || prepare(&setup, field.value()))));
    })
}
