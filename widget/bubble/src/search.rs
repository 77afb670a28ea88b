//! Asks the engine, and tells the state, the page and the console what came of it; never what was asked.

use std::rc::Rc;

use answer_messages::{Question, wire::FailureKind};
use gloo::timers::callback::Timeout;
use search_client::SearchError;
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

/// Opens the bundle.
pub(crate) fn open(setup: &Rc<Setup>, act: &Callback<Action>) {
    act.emit(Action::Opening);
    let (setup, act) = (setup.clone(), act.clone());
    spawn_local(async move {
        let opened = setup.client.open().await;
        if setup.retired.get() {
            return;
        }
        match opened {
            Ok(library) => {
                let desk = setup.given.desk.as_ref().or(library.desk.as_ref()).is_some();
                if !desk && setup.contact(Some(&library)).is_none() {
                    warn("no desk or contact is set, as `data-…` or in kb.toml: visitors cannot reach a person");
                }
                act.emit(Action::Opened(Rc::new(library)));
            }
            Err(error) => {
                failed(&setup, "open", &error);
                act.emit(Action::OpeningFailed);
            }
        }
    });
}

/// Asks the question with this id.
pub(crate) fn ask(setup: &Rc<Setup>, act: &Callback<Action>, id: u32, question: &str) {
    let (setup, act) = (setup.clone(), act.clone());
    let question = Question { text: question.to_owned(), lang: setup.tag.clone(), limit: HITS };
    spawn_local(async move {
        let answered = setup.client.ask(question).await;
        if setup.retired.get() {
            return;
        }
        match answered {
            Ok((reply, _)) => {
                act.emit(Action::Answered(id, reply));
            }
            Err(error) => {
                failed(&setup, "ask", &error);
                act.emit(Action::NotAnswered(id));
            }
        }
    });
}

/// Fetches the article with this slug.
pub(crate) fn fetch(setup: &Rc<Setup>, act: &Callback<Action>, slug: &str) {
    let (setup, act, slug) = (setup.clone(), act.clone(), slug.to_owned());
    act.emit(Action::Fetched(slug.clone(), Fetched::Waiting));
    spawn_local(async move {
        let article = setup.client.article(&slug).await;
        if setup.retired.get() {
            return;
        }
        let fetched = match article {
            Ok(article) => Fetched::Here(Rc::new(article)),
            Err(error) => {
                failed(&setup, "article", &error);
                Fetched::Missing
            }
        };
        act.emit(Action::Fetched(slug, fetched));
    });
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
