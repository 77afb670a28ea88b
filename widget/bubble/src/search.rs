//! Asks the engine, and tells the state, the page and the console what came of it; never what was asked.

use std::rc::Rc;

use answer_messages::{
    Library, Question,
    wire::{Call, FailureKind, Return},
};
use search_client::{SearchError, crossed};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::{
    setup::Setup,
    state::{Action, Fetched},
    text::joined,
};

/// Hits asked for: three to choose from, or one and two others.
const HITS: u32 = 4;
/// Suggestions that are less likely than this are noise.
const LIKELY: f64 = 0.1;

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
    /// What a question will need that begins so: a hint to the worker.
    Ahead(String),
    /// What a question that begins so may be about.
    Suggestions(String),
}

/// Looks something up.
pub(crate) fn look_up(setup: &Rc<Setup>, act: &Callback<Action>, wish: Wish) {
    match &wish {
        Wish::Library => act.emit(Action::Opening),
        Wish::Answer(..) | Wish::All | Wish::Ahead(_) | Wish::Suggestions(_) => {}
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
            Wish::Ahead(text) => Some(Call::Prepare(text.clone())),
            Wish::Suggestions(text) => Some(Call::Suggest(text.clone())),
            Wish::Article(slug) => Some(Call::Article(slug.clone())),
            Wish::All => Some(Call::List),
        };
        let found = match call {
            None => setup.client.open().await.map(Err),
            Some(call) => setup.client.call(call).await.map(Ok),
        };
        if !setup.retired.get()
            && let Some(action) = outcome(&setup, wish, found)
        {
            act.emit(action);
        }
    });
}

/// What came of it.
fn outcome(setup: &Setup, wish: Wish, found: Result<Result<Return, Rc<Library>>, SearchError>) -> Option<Action> {
    let error = match (&wish, found) {
        (Wish::Library, Ok(Err(library))) => {
            let desk = setup.given.desk.as_ref().or(library.desk.as_ref()).is_some();
            if !desk && setup.contact(Some(&library)).is_none() {
                warn("no desk or contact is set, as `data-…` or in kb.toml: visitors cannot reach a person");
            }
            return Some(Action::Opened(library));
        }
        (Wish::Answer(id, _), Ok(Ok(Return::Answered(reply, _)))) => return Some(Action::Answered(*id, reply)),
        (Wish::Article(slug), Ok(Ok(Return::Article(article)))) => {
            return Some(Action::Fetched(slug.clone(), Fetched::Here(Rc::new(article))));
        }
        (Wish::All, Ok(Ok(Return::Opened(library)))) => return Some(Action::Opened(Rc::new(library))),
        (Wish::Suggestions(text), Ok(Ok(Return::Answered(reply, _)))) => {
            let hits = reply.hits.into_iter().filter(|hit| hit.confidence >= LIKELY).collect();
            return Some(Action::Suggested(text.clone(), hits));
        }
        // Whatever is wrong shows when the question is asked.
        (Wish::Suggestions(text), _) => return Some(Action::Suggested(text.clone(), Vec::new())),
        (Wish::Ahead(_), _) => return None,
        (_, Err(error)) => error,
        _ => crossed(),
    };
    let (during, action) = match wish {
        Wish::Library => ("open", Action::OpeningFailed),
        Wish::Answer(id, _) => ("ask", Action::NotAnswered(id)),
        Wish::Article(slug) => ("article", Action::Fetched(slug, Fetched::Missing)),
        // The list is asked for again when it is opened again.
        _ => ("list", Action::Unlisted),
    };
    failed(setup, during, &error);
    Some(action)
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
