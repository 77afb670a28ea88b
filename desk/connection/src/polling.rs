//! A connection by long poll and POST, for networks that let no socket through.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use gloo::utils::window;
use handoff::{
    api::{NewMessage, Page, Queue, Stored},
    chat::{ClientFrame, Farewell, ServerFrame, VERSION},
};
use js_sys::Promise;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use crate::{
    Failure, Identity,
    connection::Note,
    fate::{Fate, fate},
    fetch::{Call, PATIENCE_MS, send},
    frames::{of_page, spoken},
};

/// How long the desk holds an empty answer back, in seconds.
const WAIT_S: u32 = 25;
/// An empty answer sooner than this is waited upon, in milliseconds, so that a desk which does not wait is not flooded.
const PACE_MS: u32 = 1_000;
/// Time between two looks at the queue, in milliseconds: it has no long poll.
const QUEUE_MS: u32 = 5_000;

/// A running poll. Dropping it ends it; nothing is noted from then on.
pub(crate) struct Polling {
    shared: Rc<Shared>,
}

struct Shared {
    identity: Identity,
    note: Box<dyn Fn(Note)>,
    controller: AbortController,
    opened: Cell<bool>,
    gone: Cell<bool>,
    posts: RefCell<VecDeque<NewMessage>>,
    posting: Cell<bool>,
}

impl Drop for Polling {
    fn drop(&mut self) {
        self.shared.end();
    }
}

impl Polling {
    /// Starts with the events after `after`. Nothing where the browser cannot abort calls.
    pub(crate) fn open(identity: &Identity, after: u64, note: impl Fn(Note) + 'static) -> Option<Self> {
        let shared = Rc::new(Shared {
            identity: identity.clone(),
            note: Box::new(note),
            controller: AbortController::new().ok()?,
            opened: Cell::default(),
            gone: Cell::default(),
            posts: RefCell::default(),
            posting: Cell::default(),
        });
        let running = shared.clone();
        spawn_local(async move {
            let outcome = match &running.identity {
                Identity::Agent { conversation: None } => running.watch_queue().await,
                _ => running.poll(after).await,
            };
            if let Err(failure) = outcome {
                running.fail(&failure);
            }
        });
        Some(Self { shared })
    }

    /// Sends a frame.
    pub(crate) fn send(&self, frame: &ClientFrame) {
        match frame {
            // The answer to the running call is awaited with a limit of its own.
            ClientFrame::Ping => self.shared.say(ServerFrame::Pong),
            ClientFrame::Message { client_message_id, text } => match spoken(frame) {
                Ok(_) => {
                    let (client_message_id, text) = (client_message_id.clone(), text.clone());
                    self.shared.posts.borrow_mut().push_back(NewMessage { client_message_id, text });
                    self.shared.post();
                }
                Err(refused) => self.shared.say(refused),
            },
            ClientFrame::Hello { .. } | ClientFrame::Pong => {}
        }
    }
}

impl Shared {
    fn say(&self, frame: ServerFrame) {
        if !self.gone.get() {
            (self.note)(Note::Heard(frame));
        }
    }

    fn end(&self) {
        self.gone.set(true);
        self.posts.borrow_mut().clear();
        self.controller.abort();
    }

    /// The connection has failed. Noted once.
    fn fail(&self, failure: &Failure) {
        match fate(failure, &self.identity, false) {
            Fate::NotAllowed => self.bye(Farewell::NotAllowed),
            Fate::Misused => self.bye(Farewell::Misused),
            Fate::Lost | Fate::Refused(_) => self.lose(),
        }
    }

    fn bye(&self, reason: Farewell) {
        if !self.gone.get() {
            self.open_once();
            self.say(ServerFrame::Bye { reason });
            self.end();
        }
    }

    fn lose(&self) {
        if !self.gone.get() {
            self.end();
            (self.note)(Note::Lost);
        }
    }

    fn open_once(&self) {
        if !self.opened.replace(true) {
            (self.note)(Note::Opened);
        }
    }

    fn welcome(&self, last: u64) {
        self.open_once();
        self.say(ServerFrame::Welcome { version: VERSION, last, heartbeat_s: WAIT_S });
    }

    /// A path of the conversation: a visitor's is named by his token.
    fn path(&self, leaf: &str) -> String {
        match &self.identity {
            Identity::Agent { conversation: Some(id) } => {
                format!("/v1/conversations/{}/{leaf}", String::from(js_sys::encode_uri_component(id)))
            }
            _ => format!("/v1/{leaf}"),
        }
    }

    async fn call<A: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: Option<String>,
        patience_ms: u32,
    ) -> Result<A, Failure> {
        let token = match &self.identity {
            Identity::Visitor { token } => Some(token.as_str()),
            Identity::Agent { .. } => None,
        };
        send(Call { method, path, token, headers: &[], body, patience_ms }, &self.controller).await
    }

    async fn poll(&self, mut after: u64) -> Result<(), Failure> {
        let visitor = matches!(self.identity, Identity::Visitor { .. });
        let mut queue = None;
        let mut wait_s = 0;
        while !self.gone.get() {
            let path = format!("{}?after={after}&wait={wait_s}", self.path("events"));
            let began = js_sys::Date::now();
            let page: Page = self.call("GET", &path, None, PATIENCE_MS + wait_s * 1_000).await?;
            if self.gone.get() {
                break;
            }
            if wait_s == 0 {
                self.welcome(page.last);
            } else if page.events.is_empty() && js_sys::Date::now() - began < f64::from(PACE_MS) {
                pause(PACE_MS).await;
            }
            wait_s = WAIT_S;
            after = page.events.last().map_or(after, |event| event.seq);
            for frame in of_page(page, visitor.then_some(&mut queue)) {
                self.say(frame);
            }
        }
        Ok(())
    }

    async fn watch_queue(&self) -> Result<(), Failure> {
        let mut before: Option<Queue> = None;
        while !self.gone.get() {
            let mut queue: Queue = self.call("GET", "/v1/queue", None, PATIENCE_MS).await?;
            if self.gone.get() {
                break;
            }
            // The clock alone is no change.
            queue.now_ms = 0;
            match &before {
                None => self.welcome(0),
                Some(before) if *before == queue => {}
                Some(_) => self.changed(before.as_ref(), &queue),
            }
            before = Some(queue);
            pause(QUEUE_MS).await;
        }
        Ok(())
    }

    /// Says which conversation is new or different; any, where one has gone.
    fn changed(&self, before: Option<&Queue>, queue: &Queue) {
        let known = |summary| before.is_some_and(|before| before.conversations.contains(summary));
        let summary = queue.conversations.iter().find(|summary| !known(summary));
        let (conversation, last) =
            summary.map(|summary| (summary.conversation.clone(), summary.last)).unwrap_or_default();
        self.say(ServerFrame::Changed { conversation, last });
    }

    /// Posts what waits, one after the other, so that the order is kept.
    fn post(self: &Rc<Self>) {
        if self.posting.replace(true) {
            return;
        }
        let shared = self.clone();
        spawn_local(async move {
            let path = shared.path("messages");
            loop {
                let Some(message) = shared.posts.borrow_mut().pop_front() else {
                    break;
                };
                let body = serde_json::to_string(&message).ok();
                match shared.call::<Stored>("POST", &path, body, PATIENCE_MS).await {
                    Ok(Stored { client_message_id, seq, at_ms }) => {
                        shared.say(ServerFrame::Ack { client_message_id, seq, at_ms });
                    }
                    Err(failure) => match fate(&failure, &shared.identity, true) {
                        Fate::Refused(problem) => {
                            let client_message_id = message.client_message_id;
                            shared.say(ServerFrame::Refused { client_message_id, problem });
                        }
                        _ => shared.fail(&failure),
                    },
                }
            }
            shared.posting.set(false);
        });
    }
}

async fn pause(ms: u32) {
    let due = Promise::new(&mut |resolve, _| {
        // Fails only without a window; then the pause is none.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms as i32);
    });
    // Never rejected.
    let _ = JsFuture::from(due).await;
}
