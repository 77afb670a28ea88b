//! The parts of the page that are not drawn: address bar, title, focus, scrolling, what is kept in the browser.

use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, InputEvent};

use crate::{
    state::{Route, Target},
    text::Lang,
    views::{BRIEF, BRIEF_BUTTON, EMAIL, HEADING, PASSWORD, QUEUE, QUEUE_TITLE, REPLY},
};

const LANG: &str = "porchlight:console-lang";
const SHORTCUTS: &str = "porchlight:console-shortcuts";

/// How close to the end counts as at the end, in pixels.
const NEAR_END: i32 = 40;

/// The element with this id.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What stands in the field with this id.
pub(crate) fn value(id: &str) -> String {
    element(id)
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .map(|field| field.value())
        .unwrap_or_default()
}

/// Fills the address in, where the field is empty.
pub(crate) fn suggest_email(email: &str) {
    let field = element(EMAIL).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field.filter(|field| field.value().is_empty()) {
        field.set_value(email);
    }
}

/// What the address bar names.
pub(crate) fn route() -> Route {
    Route::of(&window().location().hash().unwrap_or_default())
}

/// Changes the address bar.
pub(crate) fn go(route: &Route) {
    // Fails only for addresses that are none.
    let _ = window().location().set_hash(&route.hash());
}

/// Loads the page anew.
pub(crate) fn reload() {
    // Fails only where the page may not navigate at all.
    let _ = window().location().reload();
}

/// Names the page in the browser's own list of pages, and says in which language it is.
pub(crate) fn name_page(title: &str, lang: Lang) {
    if document().title() != title {
        document().set_title(title);
    }
    if let Some(root) = document().document_element() {
        // Fails only for names that are none.
        let _ = root.set_attribute("lang", lang.tag());
    }
}

/// The language that was chosen here, else the browser's first that the console speaks.
pub(crate) fn lang() -> Lang {
    let kept = stored(LANG);
    let wanted = || {
        let all = window().navigator().languages();
        let tags = all.iter().filter_map(|tag| tag.as_string());
        tags.map(|tag| ::strings::primary(&tag).to_ascii_lowercase()).find(|tag| tag == "ko" || tag == "en")
    };
    Lang::of(kept.or_else(wanted).as_deref())
}

/// Keeps the choice of language.
pub(crate) fn keep_lang(lang: Lang) {
    store(LANG, lang.tag());
}

/// Whether single keys do something; they do until somebody says otherwise.
pub(crate) fn shortcuts() -> bool {
    stored(SHORTCUTS).as_deref() != Some("off")
}

/// Keeps that choice.
pub(crate) fn keep_shortcuts(on: bool) {
    store(SHORTCUTS, if on { "on" } else { "off" });
}

fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Denied or full: the choice lives as long as the page.
        let _ = storage.set_item(key, value);
    }
}

/// Keys of local storage that start with `prefix`.
pub(crate) fn stored_keys(prefix: &str) -> Vec<String> {
    let Ok(Some(storage)) = window().local_storage() else {
        return Vec::new();
    };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    keys.filter(|key| key.starts_with(prefix)).collect()
}

/// Moves the focus.
pub(crate) fn focus(target: &Target) {
    let element = match target {
        Target::SignIn => element(EMAIL),
        Target::Password => element(if value(EMAIL).is_empty() { EMAIL } else { PASSWORD }),
        Target::Talk => element(HEADING),
        Target::TalkIfLost => element(HEADING).filter(|_| is_lost()),
        Target::Reply => element(REPLY),
        Target::Brief => element(BRIEF),
        Target::BriefButton => element(BRIEF_BUTTON).filter(is_visible).or_else(|| element(HEADING)),
        Target::Queue(open) => {
            if !element(QUEUE).is_some_and(|queue| is_visible(&queue)) {
                // Where there is no room beside a conversation, the queue is a page of its own.
                return go(&Route::Queue);
            }
            let links = links();
            let hash = open.as_ref().map(|id| Route::Conversation(id.clone()).hash());
            let link = links.iter().find(|link| link.get_attribute("href") == hash && hash.is_some());
            link.or(links.first()).cloned().or_else(|| element(QUEUE_TITLE))
        }
        Target::Step(forward) => step(*forward),
    };
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Whether nothing has the focus, because what had it has gone.
fn is_lost() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

fn is_visible(element: &HtmlElement) -> bool {
    element.offset_width() > 0
}

/// The link in the queue after the one with the focus, or before it; else that of the open conversation, else the first.
fn step(forward: bool) -> Option<HtmlElement> {
    let links: Vec<HtmlElement> = links().into_iter().filter(is_visible).collect();
    let active = document().active_element();
    let at = links.iter().position(|link| Some(link.as_ref()) == active.as_ref());
    match at {
        Some(at) if forward => links.get(at + 1).or(links.get(at)),
        Some(at) => links.get(at.saturating_sub(1)),
        None => links.iter().find(|link| link.has_attribute("aria-current")).or(links.first()),
    }
    .cloned()
}

fn links() -> Vec<HtmlElement> {
    let Some(found) = element(QUEUE).and_then(|queue| queue.query_selector_all("a").ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Whether a key goes into the queue.
pub(crate) fn is_in_queue(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    matches!((target, element(QUEUE)), (Some(target), Some(queue)) if queue.contains(Some(&target)))
}

/// Where Escape leads from where it was pressed, if anywhere.
pub(crate) fn left(event: &Event) -> Option<Target> {
    let target = event.target()?.dyn_into::<HtmlElement>().ok()?;
    if target.id() == REPLY {
        return Some(Target::Talk);
    }
    element(BRIEF)?.contains(Some(&target)).then_some(Target::BriefButton)
}

/// Whether a dialog lies over the page.
pub(crate) fn has_dialog() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

/// Whether what an event happens to takes text, or is a control with keys of its own.
pub(crate) fn takes_keys(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        target.is_content_editable() || matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}

/// Whether a scrolling element shows its end.
pub(crate) fn is_at_end(element: &HtmlElement) -> bool {
    element.scroll_height() - element.scroll_top() - element.client_height() <= NEAR_END
}

/// Shows the end of the scrolling element with this id.
pub(crate) fn scroll_to_end(id: &str) {
    if let Some(element) = element(id) {
        element.set_scroll_top(element.scroll_height());
    }
}

/// Puts a text into the reply box, after what is in it.
pub(crate) fn put_back(text: &str) {
    let Some(area) = element(REPLY).and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return;
    };
    let before = area.value();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    area.set_value(&format!("{before}{gap}{text}"));
    // Whoever watches the box learns of it as of typing.
    if let Ok(event) = InputEvent::new("input") {
        let _ = area.dispatch_event(&event);
    }
}
