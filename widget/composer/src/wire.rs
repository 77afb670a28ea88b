use std::{cell::RefCell, rc::Rc};

use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
    utils::window,
};
use wasm_bindgen::JsCast;
use web_sys::{CompositionEvent, Event, HtmlFormElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::Callback;

use crate::ime::{Enter, Typing, Verdict};

/// `keyCode` of a key that an input method has taken.
const INPUT_METHOD: u32 = 229;
/// Milliseconds in which an input method puts the last syllable in after it has ended its composition.
const LAST_SYLLABLE: u32 = 50;
/// Lines up to which the box grows where the browser cannot size it by its content.
const LINES: usize = 5;

struct Wire {
    area: HtmlTextAreaElement,
    typing: RefCell<Typing>,
    send: Callback<String>,
}

/// Wires a text box and its form: each message is sent once, without white space around it, in NFC. The box is emptied.
/// Dropping the listeners ends it.
pub fn wire(area: &HtmlTextAreaElement, form: &HtmlFormElement, send: Callback<String>) -> Vec<EventListener> {
    let shared = Rc::new(Wire { area: area.clone(), typing: RefCell::default(), send });
    let on = |name: &'static str, react: fn(&Rc<Wire>, &Event)| {
        let shared = shared.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(area, name, options, move |event| react(&shared, event))
    };
    let submitted = {
        let shared = shared.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(form, "submit", options, move |event| {
            event.prevent_default();
            shared.submit();
        })
    };
    vec![
        on("compositionstart", |shared, _| shared.typing.borrow_mut().start()),
        on("compositionupdate", |shared, event| {
            shared.typing.borrow_mut().update(&composed(event));
        }),
        on("compositionend", |shared, event| {
            let verdict = shared.typing.borrow_mut().end(&composed(event));
            shared.follow(verdict, event);
        }),
        on("keydown", |shared, event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                let verdict = shared.key(event);
                shared.follow(verdict, event);
            }
        }),
        on("beforeinput", |shared, event| {
            let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type);
            if kind.is_some_and(|kind| kind == "insertLineBreak" || kind == "insertParagraph") {
                let verdict = shared.typing.borrow_mut().line_break();
                shared.follow(verdict, event);
            }
        }),
        on("input", |shared, event| {
            shared.fit();
            let verdict = shared.typing.borrow_mut().input();
            shared.follow(verdict, event);
        }),
        on("blur", |shared, event| {
            let verdict = shared.typing.borrow_mut().blur();
            shared.follow(verdict, event);
        }),
        submitted,
    ]
}

impl Wire {
    fn key(&self, event: &KeyboardEvent) -> Verdict {
        let mut typing = self.typing.borrow_mut();
        // Windows names every key that an input method takes "Process": the physical key tells.
        if event.key() != "Enter" && !matches!(event.code().as_str(), "Enter" | "NumpadEnter") {
            let verdict = typing.other_key();
            drop(typing);
            if verdict == Verdict::Send {
                self.send();
            }
            // The key itself is the browser's.
            return Verdict::Pass;
        }
        typing.enter(Enter {
            newline: event.shift_key() || event.alt_key() || coarse_pointer(),
            composing: event.is_composing(),
            input_method: event.key_code() == INPUT_METHOD,
        })
    }

    fn submit(self: &Rc<Self>) {
        let verdict = self.typing.borrow_mut().submit();
        match verdict {
            Verdict::Send => self.send(),
            _ => {
                // Leaving the box makes the input method commit; the end of the composition then sends.
                let _ = self.area.blur();
                let _ = self.area.focus();
            }
        }
    }

    fn follow(self: &Rc<Self>, verdict: Verdict, event: &Event) {
        match verdict {
            Verdict::Pass => {}
            Verdict::Hold => event.prevent_default(),
            Verdict::Send => {
                event.prevent_default();
                self.send();
            }
            Verdict::Later => {
                event.prevent_default();
                self.look_again();
            }
            Verdict::Await => {
                let shared = self.clone();
                Timeout::new(LAST_SYLLABLE, move || {
                    let verdict = shared.typing.borrow_mut().input();
                    if verdict == Verdict::Later {
                        shared.look_again();
                    }
                })
                .forget();
            }
        }
    }

    fn look_again(self: &Rc<Self>) {
        let shared = self.clone();
        Timeout::new(0, move || {
            let verdict = shared.typing.borrow_mut().next_task();
            if verdict == Verdict::Send {
                shared.send();
            }
        })
        .forget();
    }

    fn send(&self) {
        if let Some(text) = normalized(&self.area.value()) {
            if coarse_pointer() {
                // iOS puts the last syllable of Korean into the emptied box again, unless its own memory of it ends first.
                let _ = self.area.blur();
                let _ = self.area.focus();
            }
            self.area.set_value("");
            self.fit();
            self.send.emit(text);
        }
    }

    fn fit(&self) {
        let lines = self.area.value().matches('\n').count() + 1;
        self.area.set_rows(lines.min(LINES) as u32);
    }
}

fn composed(event: &Event) -> String {
    let event = event.dyn_ref::<CompositionEvent>();
    event.and_then(CompositionEvent::data).unwrap_or_default()
}

/// A text as it is sent: in NFC, without white space around it; nothing where there are no words.
pub fn normalized(text: &str) -> Option<String> {
    let text = String::from(js_sys::JsString::from(text).normalize("NFC"));
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether the main pointer is a finger: then Enter makes a new line, for the button is near.
pub fn coarse_pointer() -> bool {
    matches!(window().match_media("(pointer: coarse)"), Ok(Some(query)) if query.matches())
}
