//! The search worker: loads a bundle, opens its index, answers questions off the page's thread.
//!
//! One exported function, [`handle`], takes an encoded request and gives an encoded response; `shim.js` puts it behind
//! `postMessage` in a worker, or exports it where the page's own thread must do. Only files of the bundle are ever
//! fetched, and no address has a question in it; of an index in blocks, which parts are fetched depends on its words.

mod files;
mod manifest;
mod pieces;
mod session;

use std::{cell::RefCell, rc::Rc};

use answer_messages::{
    plain::{Read as _, Returned, response},
    wire::{Call, Failure, FailureKind, Malformed, Request},
};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use session::Session;

thread_local! {
    static SESSION: RefCell<Option<Rc<Session>>> = const { RefCell::new(None) };
}

/// Answers one encoded [`Request`] with an encoded [`Response`](answer_messages::wire::Response).
#[wasm_bindgen]
pub async fn handle(request: Vec<u8>) -> Vec<u8> {
    match Request::from_plain(&request) {
        Some(Request { id, call }) => response(id, &perform(call).await),
        None => response(0, &Err(failure(FailureKind::Misused, Malformed))),
    }
}

/// Opens a bundle before the page asks for it: its panel may still be on the way.
#[wasm_bindgen]
pub async fn begin(kb: String, lang: Option<String>) {
    if let Ok(session) = Session::open(kb, lang).await {
        SESSION.set(Some(Rc::new(session)));
    }
}

async fn perform(call: Call) -> Result<Returned, Failure> {
    match call {
        Call::Open { kb, lang } => {
            let begun = SESSION.take().filter(|session| session.is_of(&kb, lang.as_deref()));
            let session = match begun {
                Some(session) => session,
                None => Rc::new(Session::open(kb, lang).await?),
            };
            let library = session.library().await?;
            session.fetch_ahead();
            SESSION.set(Some(session));
            Ok(Returned::Opened(library))
        }
        Call::Ask(question) => {
            let session = current()?;
            let (reply, milliseconds) = session.ask(question).await?;
            session.fetch_ahead();
            Ok(Returned::Answered(reply, milliseconds))
        }
        Call::Prepare(text) => {
            // It is no more than a hint: nobody waits for it, and what cannot be had is asked for again with the question.
            let session = current()?;
            spawn_local(async move {
                let _ = session.suggest(text, true).await;
            });
            Ok(Returned::Prepared)
        }
        Call::Suggest(text) => Ok(match current()?.suggest(text, false).await? {
            Some(reply) => Returned::Answered(reply, 0.0),
            None => Returned::Prepared,
        }),
        Call::List => Ok(Returned::Opened(current()?.list().await?)),
        Call::Article(slug) => Ok(Returned::Article(current()?.article(&slug).await?)),
    }
}

fn current() -> Result<Rc<Session>, Failure> {
    let session = SESSION.with_borrow(Clone::clone);
    session.ok_or_else(|| failure(FailureKind::Misused, "no bundle is open"))
}

fn failure(kind: FailureKind, detail: impl ToString) -> Failure {
    Failure { kind, detail: detail.to_string() }
}
