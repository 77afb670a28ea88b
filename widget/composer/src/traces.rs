//! Published event sequences of real browsers and input methods, played to a real text box. `traces.json` says where
//! each order was published, what must be sent and what must be left in the box.
//!
//! Place: `src/traces.rs` and `src/traces.json`; in `lib.rs`
//! `#[cfg(all(test, target_arch = "wasm32"))] mod traces;`. No new dependency.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function, JSON, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlFormElement, HtmlTextAreaElement};
use yew::Callback;

use crate::wire;

const TRACES: &str = include_str!("traces.json");

/// Plays a trace to the box that is `this`: at once, or, where `loose`, with a task of its own for each Enter and for
/// the key after it. An event marked `default` is a default action: it does not come when its key was held.
const REPLAY: &str = "
    return (async () => {
        const area = this, media = window.matchMedia;
        window.matchMedia = (query) => query === '(pointer: coarse)'
            ? { matches: trace.pointer === 'coarse' } : media.call(window, query);
        const pause = () => new Promise((done) => setTimeout(done, 8));
        const leave = area.blur;
        let held = false, blurred = false, after = false;
        area.blur = () => { blurred = true; leave.call(area); };
        area.focus();
        area.value = trace.starts_with;
        try {
            for (const event of trace.events) {
                const { type } = event;
                if (event.default && held) continue;
                if (type === 'pause') { await pause(); continue; }
                if (type === 'submit') { area.form.requestSubmit(); continue; }
                if (type === 'blur') { blurred = true; area.dispatchEvent(new FocusEvent('blur')); continue; }
                if (type === 'keydown') {
                    const enter = event.key === 'Enter' || event.code === 'Enter' || event.code === 'NumpadEnter';
                    held = false;
                    if (loose && (enter || after)) await pause();
                    after = enter;
                }
                const value = blurred && 'value_after_blur' in event ? event.value_after_blur : event.value;
                if (value !== undefined) area.value = value;
                const cancelable = type === 'keydown'
                    || type === 'beforeinput' && event.inputType !== 'insertCompositionText';
                const init = { ...event, bubbles: true, cancelable };
                const made = type.startsWith('key') ? new KeyboardEvent(type, init)
                    : type.startsWith('composition') ? new CompositionEvent(type, init)
                    : new InputEvent(type, init);
                if (!area.dispatchEvent(made)) held = true;
            }
            await pause();
            await pause();
        } finally {
            window.matchMedia = media;
        }
    })();";

fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}

fn text(value: &JsValue, name: &str) -> String {
    field(value, name).as_string().unwrap_or_default()
}

/// The texts of a list; none where there is no list.
fn texts(value: &JsValue, name: &str) -> Vec<String> {
    let list = field(value, name);
    if list.is_undefined() {
        return Vec::new();
    }
    let list: Array = list.unchecked_into();
    list.iter().filter_map(|text| text.as_string()).collect()
}

/// What is sent, and what is left in the box.
async fn replay(trace: &JsValue, loose: bool) -> (Vec<String>, String) {
    let document = gloo::utils::document();
    let form: HtmlFormElement = document.create_element("form").unwrap().unchecked_into();
    let area: HtmlTextAreaElement = document.create_element("textarea").unwrap().unchecked_into();
    form.append_child(&area).unwrap();
    document.body().unwrap().append_child(&form).unwrap();
    let sent = Rc::new(RefCell::new(Vec::new()));
    let heard = sent.clone();
    let listening = wire(&area, &form, Callback::from(move |text: String| heard.borrow_mut().push(text)));
    let play = Function::new_with_args("trace, loose", REPLAY);
    let played: Promise = play.call2(&area, trace, &JsValue::from_bool(loose)).unwrap().unchecked_into();
    JsFuture::from(played).await.unwrap();
    drop(listening);
    form.remove();
    let sent = sent.borrow().clone();
    (sent, area.value())
}

#[wasm_bindgen_test]
async fn published_traces() {
    let traces: Array = JSON::parse(TRACES).unwrap().unchecked_into();
    assert!(traces.length() >= 48);
    let mut faults = Vec::new();
    for trace in traces.iter() {
        let expect = field(&trace, "expect");
        let (must, never) = (texts(&expect, "sent"), texts(&expect, "never"));
        let left = text(&expect, "left");
        let open = text(&trace, "open");
        let timings = texts(&trace, "timings");
        for (loose, timing) in [(false, "tight"), (true, "loose")] {
            if !timings.is_empty() && !timings.iter().any(|named| named == timing) {
                continue;
            }
            let (sent, rest) = replay(&trace, loose).await;
            let good = sent == must && rest == left && !sent.iter().any(|text| never.contains(text));
            if good != open.is_empty() {
                let name = text(&trace, "name");
                let now = if good { "is open no longer" } else { "went wrong" };
                faults.push(format!("{name} ({timing}) {now}: {sent:?}, left {rest:?}; {must:?}, {left:?} was due"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
