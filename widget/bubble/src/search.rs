//! Asks the engine, and tells the state, the page and the console what came of it; never what was asked.

use std::rc::Rc;

use answer_messages::{
    Library, Question,
    wire::{Call, FailureKind, Return},
};
use gloo::timers::callback::Timeout;
use search_client::{SearchError, crossed};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Callback;

use crate::{
    setup::Setup,
    state::{Action, Fetched},
    text::joined,
};

/// Hits asked for: three to choose from, or one and two others.
const HITS: u32 = 4;

/// What is looked up.
pub(crate) enum Wish {
    /// What the bundle says of itself.
    Library,
    /// The answer to the question with this id.
    Answer(u32, String),
    /// The article with this slug.
    Article(String),
    /// All articles' titles.
    All,
}

/// Looks something up.
pub(crate) fn look_up(setup: &Rc<Setup>, act: &Callback<Action>, wish: Wish) {
    match &wish {
        Wish::Library => act.emit(Action::Opening),
        Wish::Answer(..) | Wish::All => {}
        Wish::Article(slug) => act.emit(Action::Fetched(slug.clone(), Fetched::Waiting)),
    }
    let (setup, act) = (setup.clone(), act.clone());
    // One for all, because each is a state machine of its own in what visitors download.
    spawn_local(async move {
        let call = match &wish {
            Wish::Library => None,
            Wish::Answer(_, text) => {
                Some(Call::Ask(Question { text: text.clone(), lang: setup.tag.clone(), limit: HITS }))
            }
            Wish::Article(slug) => Some(Call::Article(slug.clone())),
            Wish::All => Some(Call::List),
        };
        let found = match call {
            None => setup.client.open().await.map(Err),
            Some(call) => setup.client.call(call).await.map(Ok),
        };
        if !setup.retired.get() {
            act.emit(outcome(&setup, wish, found));
        }
    });
}

/// Lets the worker fetch what a question will need that begins with these words.
pub(crate) async fn prepare(setup: &Setup, text: String) {
    if !text.trim().is_empty() {
        // What comes of it shows when the question is asked.
        let _ = setup.client.call(Call::Prepare(text)).await;
    }
}

/// What came of it.
fn outcome(setup: &Setup, wish: Wish, found: Result<Result<Return, Rc<Library>>, SearchError>) -> Action {
    let error = match (&wish, found) {
        (Wish::Library, Ok(Err(library))) => {
            let desk = setup.given.desk.as_ref().or(library.desk.as_ref()).is_some();
            if !desk && setup.contact(Some(&library)).is_none() {
                warn("no desk or contact is set, as `data-…` or in kb.toml: visitors cannot reach a person");
            }
            return Action::Opened(library);
        }
        (Wish::Answer(id, _), Ok(Ok(Return::Answered(reply, _)))) => return Action::Answered(*id, reply),
        (Wish::Article(slug), Ok(Ok(Return::Article(article)))) => {
            return Action::Fetched(slug.clone(), Fetched::Here(Rc::new(article)));
        }
        (Wish::All, Ok(Ok(Return::Opened(library)))) => return Action::Opened(Rc::new(library)),
        (_, Err(error)) => error,
        _ => crossed(),
    };
    let (during, action) = match wish {
        Wish::Library => ("open", Action::OpeningFailed),
        Wish::Answer(id, _) => ("ask", Action::NotAnswered(id)),
        Wish::Article(slug) => ("article", Action::Fetched(slug, Fetched::Missing)),
        // The list is asked for again when it is opened again.
        Wish::All => ("list", Action::Unlisted),
    };
    failed(setup, during, &error);
    action
}

/// Milliseconds between two attempts at fetching the file that brings the desk's chat.
const AGAIN_MS: u32 = 8_000;

/// Brings the desk's chat in keeping with how its view is shown. Where the file for that cannot be had, which is as good
/// as no desk, it is told and tried again.
pub(crate) fn call(setup: &Rc<Setup>, act: &Callback<Action>, view: Element, record: Option<Vec<u8>>) {
    let (setup, act) = (setup.clone(), act.clone());
    spawn_local(async move {
        if let Err(error) = setup.frame(&view, record).await {
            web_sys::console::warn_1(&error);
            let _ = view.set_attribute("data-state", "down");
            Timeout::new(AGAIN_MS, move || act.emit(Action::Call)).forget();
        }
    });
}

/// Tells the page and the console that the search failed.
fn failed(setup: &Setup, during: &str, error: &SearchError) {
    let (kind, detail) = match error {
        SearchError::Failed(failure) => {
            let kind = match failure.kind {
                FailureKind::Unreachable => "unreachable",
                FailureKind::Damaged => "damaged",
                FailureKind::NotFound => "not_found",
                FailureKind::Misused => "misused",
            };
            (kind, &failure.detail)
        }
        SearchError::Unavailable(why) => ("unavailable", why),
    };
    warn(detail);
    setup.emit("error", &[("during", during), ("kind", kind)]);
}

fn warn(text: &str) {
    web_sys::console::warn_1(&joined(&["porchlight: ", text]).into());
}
