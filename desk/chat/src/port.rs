//! The line to the host page: one port, handed over once, and a closed list of words. No token and no word of a
//! conversation ever goes over it.

use gloo::{
    events::EventListener,
    utils::{document, window},
};
use handoff::{transcript::Page, visit::Visit};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlMetaElement, MessageEvent, MessagePort};

use crate::{looks::Looks, state::Opening};

/// Bytes of the longest record that is read. The bubble keeps a hundred entries.
const RECORD_BYTES: u32 = 8 * 1024 * 1024;
/// UTF-16 units of the longest text that the host page may hand over.
const TEXT_UNITS: u32 = 16 * 1024;

/// What the host page says.
#[derive(Debug)]
pub(crate) enum Heard {
    /// Here is what the visitor asked and saw, and how the site looks.
    Open(Box<Opening>, Looks),
    /// The frame is shown or hidden.
    Visible(bool),
    /// The visitor wants to write.
    Focus,
}

/// What the host page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// The port has arrived.
    Ready,
    /// Whether there is a conversation to go on with.
    Talking(bool),
    /// How many messages were not shown yet.
    Unread(u32),
    /// Escape was pressed.
    Escape,
    /// Back to the search.
    Back,
}

/// The port.
pub(crate) struct Port {
    port: MessagePort,
    /// Origin of the host page.
    pub(crate) origin: String,
    _listening: EventListener,
}

impl Port {
    /// The port of a message, if it is the page around's and that page may have the chat.
    pub(crate) fn accept(event: &MessageEvent, hear: impl Fn(Heard) + 'static) -> Option<Self> {
        let parent = around()?;
        let source = event.source()?;
        if !Object::is(&source, &parent) || get(&event.data(), "porchlight") != 1 {
            return None;
        }
        let origin = event.origin();
        if !allowed(&lists(), &origin) {
            return None;
        }
        let port: MessagePort = event.ports().get(0).dyn_into().ok()?;
        let listening = EventListener::new(&port, "message", move |event| {
            if let Some(heard) = event.dyn_ref::<MessageEvent>().and_then(|event| read(&event.data())) {
                hear(heard);
            }
        });
        port.start();
        let accepted = Self { port, origin, _listening: listening };
        accepted.say(Word::Ready);
        Some(accepted)
    }

    /// Tells the host page.
    pub(crate) fn say(&self, word: Word) {
        let (kind, detail) = match word {
            Word::Ready => ("ready", None),
            Word::Talking(value) => ("talking", Some(("value", value.into()))),
            Word::Unread(count) => ("unread", Some(("count", count.into()))),
            Word::Escape => ("escape", None),
            Word::Back => ("back", None),
        };
        let object = Object::new();
        for (key, value) in [("type", kind.into())].into_iter().chain(detail) {
            // Fails only on sealed objects.
            let _ = Reflect::set(&object, &key.into(), &value);
        }
        // Numbers, truth values and these words can always be copied.
        let _ = self.port.post_message(&object);
    }
}

/// The window around this one; nothing where the page was opened by itself.
pub(crate) fn around() -> Option<JsValue> {
    let window = window();
    let parent = JsValue::from(window.parent().ok()??);
    (!Object::is(&parent, &window)).then_some(parent)
}

/// What the page says of origins that may have the chat.
fn lists() -> Vec<String> {
    let Ok(all) = document().query_selector_all("meta[name=\"porchlight-origins\"]") else {
        return Vec::new();
    };
    let content = |at| Some(all.get(at)?.dyn_into::<Element>().ok()?.dyn_into::<HtmlMetaElement>().ok()?.content());
    (0..all.length()).filter_map(content).collect()
}

/// Whether an origin is exactly on one of the lists. A list that is none allows nothing.
fn allowed(lists: &[String], origin: &str) -> bool {
    let on_list = |list: &String| {
        serde_json::from_str::<Vec<String>>(list).is_ok_and(|list| list.iter().any(|known| known == origin))
    };
    !origin.is_empty() && origin != "null" && lists.iter().any(on_list)
}

fn read(data: &JsValue) -> Option<Heard> {
    match get(data, "type").as_string()?.as_str() {
        "open" => {
            let page = get(data, "page");
            let page = Page { url: text(&page, "url"), title: text(&page, "title") };
            let visit = record(&get(data, "record")).and_then(|bytes| Visit::decode(&bytes).ok());
            let opening = Opening { visit, page, lang: text(data, "lang") };
            let style = get(data, "style");
            Some(Heard::Open(Box::new(opening), Looks::read(|name| text(&style, name))))
        }
        "visible" => Some(Heard::Visible(get(data, "value").as_bool()?)),
        "focus" => Some(Heard::Focus),
        _ => None,
    }
}

fn record(value: &JsValue) -> Option<Vec<u8>> {
    let bytes: &Uint8Array = value.dyn_ref()?;
    (bytes.length() <= RECORD_BYTES).then(|| bytes.to_vec())
}

/// A key of an object; `undefined` where it is none.
fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A text in an object, cut where it is absurdly long; empty where there is none.
fn text(object: &JsValue, key: &str) -> String {
    let value: js_sys::JsString = get(object, key).dyn_into().unwrap_or_default();
    value.slice(0, TEXT_UNITS).into()
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn origins() {
        let list = [r#"["https://a.example","http://127.0.0.1:8080"]"#.to_owned(), "__ORIGINS__".to_owned()];
        let check = |origin: &str, expected| assert_eq!(allowed(&list, origin), expected, "{origin}");
        check("https://a.example", true);
        check("http://127.0.0.1:8080", true);
        check("https://a.example/", false);
        check("https://A.example", false);
        check("https://a.example:443", false);
        check("http://a.example", false);
        check("https://a.example.evil.example", false);
        check("https://b.a.example", false);
        check("null", false);
        check("", false);
        for broken in ["", "[]", "null", "https://a.example", r#"{"a":"https://a.example"}"#, r#"["*"]"#, r#"["null"]"#]
        {
            assert!(!allowed(&[broken.to_owned()], "https://a.example"), "{broken}");
            assert!(!allowed(&[broken.to_owned()], "null"), "{broken}");
        }
    }
}
