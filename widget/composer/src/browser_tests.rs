//! Event sequences of real input methods, played to a real text box. They differ by system and browser; what must come
//! of them does not.

use std::{cell::RefCell, rc::Rc};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlFormElement, HtmlTextAreaElement};
use yew::Callback;

use crate::wire;

/// Plays one step: `+text` composes, `!text` commits, `=text` types, anything else is a key by the name of its kind.
const STEP: &str = "
    const [area, step] = [this, arguments[0]], text = step.slice(1);
    const compose = (kind) => area.dispatchEvent(new CompositionEvent(kind, { data: text, bubbles: true }));
    const key = (extra) => area.dispatchEvent(new KeyboardEvent('keydown',
        { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true, ...extra }));
    if (step[0] === '+') {
        if (area.committed === undefined) { area.committed = area.value; compose('compositionstart'); }
        compose('compositionupdate');
        area.value = area.committed + text;
    } else if (step[0] === '!') {
        area.value = area.committed + text;
        delete area.committed;
        compose('compositionend');
    } else if (step[0] === '=') {
        area.value += text;
    } else {
        key({
            enter: {},
            shift: { shiftKey: true },
            composing: { keyCode: 229, isComposing: true },
            process: { key: 'Process', keyCode: 229, isComposing: true },
            after: { keyCode: 229 },
            letter: { key: 'a', code: 'KeyA', keyCode: 65 },
        }[step]);
    }";

struct Box {
    area: HtmlTextAreaElement,
    form: HtmlFormElement,
    asked: Rc<RefCell<Vec<String>>>,
    _listening: Vec<gloo::events::EventListener>,
}

fn text_box() -> Box {
    let document = gloo::utils::document();
    let form: HtmlFormElement = document.create_element("form").unwrap().unchecked_into();
    let area: HtmlTextAreaElement = document.create_element("textarea").unwrap().unchecked_into();
    form.append_child(&area).unwrap();
    document.body().unwrap().append_child(&form).unwrap();
    let asked = Rc::new(RefCell::new(Vec::new()));
    let heard = asked.clone();
    let send = Callback::from(move |text| heard.borrow_mut().push(text));
    let listening = wire(&area, &form, send);
    Box { area, form, asked, _listening: listening }
}

async fn pause() {
    let pause = Function::new_no_args("return new Promise((done) => setTimeout(done, 20))");
    let pause: js_sys::Promise = pause.call0(&JsValue::NULL).unwrap().unchecked_into();
    JsFuture::from(pause).await.unwrap();
}

/// What is asked by these steps, and what is left in the box.
async fn check(steps: &[&str]) -> (String, String) {
    let text_box = text_box();
    let step = Function::new_no_args(STEP);
    for name in steps {
        if *name == "pause" {
            pause().await;
        } else if *name == "submit" {
            text_box.form.request_submit().unwrap();
        } else {
            step.call1(&text_box.area, &(*name).into()).unwrap();
        }
    }
    pause().await;
    text_box.form.remove();
    (text_box.asked.borrow().join(" | "), text_box.area.value())
}

fn asked(question: &str) -> (String, String) {
    (question.into(), String::new())
}

fn left(text: &str) -> (String, String) {
    (String::new(), text.into())
}

#[wasm_bindgen_test]
async fn plain_typing() {
    assert_eq!(check(&["=how do I start", "enter"]).await, asked("how do I start"));
    assert_eq!(check(&["=  spaces  ", "enter"]).await, asked("spaces"));
    assert_eq!(check(&["=   ", "enter"]).await, left("   "));
    assert_eq!(check(&["=one", "shift"]).await, left("one"));
    assert_eq!(check(&["=by the button", "submit"]).await, asked("by the button"));
    assert_eq!(check(&["=once", "enter", "enter"]).await, asked("once"));
    assert_eq!(check(&["=cafe\u{301}", "enter"]).await, asked("café"));
}

#[wasm_bindgen_test]
async fn korean_enter_asks_once_with_the_last_syllable() {
    // Chromium on macOS: Enter inside the composition, its end, and Enter once more.
    assert_eq!(check(&["+ㅇ", "+아", "+안", "!안", "+녀", "+녕", "composing", "!녕", "enter"]).await, asked("안녕"));
    // Chromium on Windows names the key "Process".
    assert_eq!(check(&["+ㅎ", "+한", "process", "!한"]).await, asked("한"));
    // Safari: the end comes before Enter, which is marked by its code alone.
    assert_eq!(check(&["+ㅎ", "+한", "!한", "after"]).await, asked("한"));
    // The composition is long over.
    assert_eq!(check(&["+한", "!한", "pause", "enter"]).await, asked("한"));
    // Unfinished letters.
    assert_eq!(check(&["+ㅋ", "composing", "!ㅋ"]).await, asked("ㅋ"));
}

#[wasm_bindgen_test]
async fn nothing_is_asked_or_cleared_inside_a_composition() {
    assert_eq!(check(&["+한", "composing"]).await, left("한"));
    assert_eq!(check(&["+한", "composing", "!한", "+글"]).await, left("한글"));
    assert_eq!(check(&["+한", "composing", "!한", "+글", "pause", "!글"]).await, asked("한글"));
    assert_eq!(check(&["+한", "composing", "letter", "!한"]).await, left("한"));
}

#[wasm_bindgen_test]
async fn candidates_are_chosen_by_enter_without_asking() {
    assert_eq!(check(&["+か", "+漢", "composing", "!漢"]).await, left("漢"));
    assert_eq!(check(&["+ni", "+你", "!你", "after"]).await, left("你"));
    assert_eq!(check(&["+漢", "composing", "!漢", "pause", "enter"]).await, asked("漢"));
}
