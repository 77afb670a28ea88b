//! Asks the engine, and tells the state, the page and the console what came of it; never what was asked.

use std::rc::Rc;

use answer_messages::{Decision, Question, wire::FailureKind};
use search_client::SearchError;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::{
    setup::Setup,
    state::{Action, Fetched},
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
                if setup.person(Some(&library)).is_none() {
                    warn("neither `data-contact` nor `contact` in kb.toml is set: visitors cannot reach a person");
                }
                act.emit(Action::Opened(Rc::new(library)));
            }
            Err(error) => {
                failed(&setup, "open", &error);
                act.emit(Action::OpeningFailed(js_sys::Date::now()));
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
                let decision = match reply.decision {
                    Decision::Answer => "answer",
                    Decision::Choose => "choose",
                    Decision::HandOff => "hand_off",
                };
                act.emit(Action::Answered(id, reply, js_sys::Date::now()));
                setup.emit("answer", &[("decision", decision)]);
            }
            Err(error) => {
                failed(&setup, "ask", &error);
                act.emit(Action::NotAnswered(id, js_sys::Date::now()));
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
    web_sys::console::warn_1(&["porchlight: ", text].concat().into());
}
