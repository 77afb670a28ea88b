use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use answer_messages::wire::{Request, Response};
use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent};

use crate::{
    backend::{Died, OTHER_FORM},
    form::{decode, encode},
    later::Later,
    patience::Patience,
};

// What stands in `begin.js`, beside which the bubble's own script ends up.
#[wasm_bindgen]
extern "C" {
    /// A worker, and what it has said so far.
    type Started;

    /// The promise of the [`Started`] worker that was begun early, or of another at `url`. Its script is checked first.
    #[wasm_bindgen(js_name = takeWorker, catch)]
    fn take_worker(url: &JsValue) -> Result<Promise, JsValue>;

    /// Ends the worker that was begun early, where nobody has taken it.
    #[wasm_bindgen(js_name = endEarly, catch)]
    fn end_early_js() -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter)]
    fn worker(this: &Started) -> web_sys::Worker;

    #[wasm_bindgen(method, getter)]
    fn heard(this: &Started) -> Array;
}

/// Ends the worker that was begun early, where nobody has taken it.
pub fn end_early() {
    // It cannot fail where there is one.
    let _ = end_early_js();
}

/// A running worker and what it owes.
#[derive(Clone)]
pub(crate) struct WorkerThread(Rc<Inner>);

struct Inner {
    state: Rc<State>,
    _listeners: [EventListener; 3],
}

/// Comes with the answer, or with nothing for who waits for any word at all.
type Asker = Later<Result<Option<Response>, Died>>;

struct State {
    worker: web_sys::Worker,
    patience: Patience,
    /// Who waits for which answer; without a number, for any word. They are few: a list is a tenth of a map's code.
    due: RefCell<Vec<(Option<u32>, Asker)>>,
    /// Counts the worker's words, so that the watch sees whether any came.
    words: Cell<u32>,
    /// Whether a watch goes on.
    watched: Cell<bool>,
    dead: RefCell<Option<Died>>,
}

/// How long a watch has been going on without a word.
#[derive(Clone, Copy)]
enum Stage {
    /// For a while that is nothing to worry about.
    Silence,
    /// Since it was asked for a word, or since its start.
    Ping,
    /// For too long; but where the page itself has hung, a word may have come in the meantime.
    LastLook,
}

/// Milliseconds for words that have come while the page hung.
const LAST_LOOK: u32 = 50;

impl State {
    fn die(&self, why: &str) {
        let died = self.dead.borrow_mut().get_or_insert_with(|| Died(why.into())).clone();
        for (_, asker) in self.due.take() {
            asker.come(Err(died.clone()));
        }
    }

    fn hear(&self, data: &JsValue) {
        self.words.set(self.words.get().wrapping_add(1));
        self.settle(None, None);
        if let Some(word) = data.as_string() {
            if let Some(why) = word.strip_prefix("broken: ") {
                self.die(why);
            }
            return;
        }
        match decode::<Response>(&Uint8Array::new(data).to_vec()) {
            Some(response) => self.settle(Some(response.id), Some(response)),
            None => self.die(OTHER_FORM),
        }
    }

    /// Gives who waits for this what has come.
    fn settle(&self, id: Option<u32>, response: Option<Response>) {
        let mut due = self.due.borrow_mut();
        if let Some(at) = due.iter().position(|(waits, _)| *waits == id) {
            due.swap_remove(at).1.come(Ok(response));
        }
    }

    /// An asker for the answer with this number, or for any word.
    fn owe(&self, id: Option<u32>) -> Asker {
        let asker = Later::new();
        self.due.borrow_mut().push((id, asker.clone()));
        asker
    }

    /// Looks after so many milliseconds whether the worker has said anything, and goes on until nothing is due.
    fn watch(self: &Rc<Self>, stage: Stage, milliseconds: u32) {
        self.watched.set(true);
        let (state, heard) = (self.clone(), self.words.get());
        Timeout::new(milliseconds, move || {
            if state.due.borrow().is_empty() {
                state.watched.set(false);
            } else if state.words.get() != heard {
                state.watch(Stage::Silence, state.patience.silence);
            } else {
                match stage {
                    Stage::Silence => {
                        let _ = state.worker.post_message(&"ping".into());
                        state.watch(Stage::Ping, state.patience.ping);
                    }
                    Stage::Ping => state.watch(Stage::LastLook, LAST_LOOK),
                    Stage::LastLook => {
                        state.watched.set(false);
                        state.die("the worker said nothing in time");
                    }
                }
            }
        })
        .forget();
    }
}

impl WorkerThread {
    /// Starts a module worker at `url`, which is a string or a `TrustedScriptURL`, and waits for its first word. One that was
    /// begun early is taken instead.
    pub(crate) async fn start(url: &JsValue, patience: Patience) -> Result<Self, Died> {
        let died = |error: JsValue| Died(describe(&error));
        let started = JsFuture::from(take_worker(url).map_err(died)?).await.map_err(died)?;
        let started: Started = started.unchecked_into();
        let worker = started.worker();

        let state = Rc::new(State {
            worker,
            patience,
            due: RefCell::default(),
            words: Cell::default(),
            watched: Cell::default(),
            dead: RefCell::default(),
        });
        let on = |name: &'static str, react: fn(&State, &Event)| {
            let heard = state.clone();
            EventListener::new(&state.worker, name, move |event| react(&heard, event))
        };
        let listeners = [
            on("message", |state, event| state.hear(&event.unchecked_ref::<MessageEvent>().data())),
            on("error", |state, event| {
                let message = Reflect::get(event, &"message".into()).ok().and_then(|message| message.as_string());
                state.die(message.as_deref().unwrap_or("the worker's script could not be loaded"));
            }),
            on("messageerror", |state, _| state.die("a message could not be read")),
        ];
        let hello = state.owe(None);
        state.worker.set_onmessage(None);
        state.worker.set_onerror(None);
        started.heard().iter().for_each(|data| state.hear(&data));
        state.watch(Stage::Ping, patience.hello);
        let thread = Self(Rc::new(Inner { state, _listeners: listeners }));
        match hello.await {
            Ok(_) => Ok(thread),
            Err(died) => {
                thread.end();
                Err(died)
            }
        }
    }

    pub(crate) async fn call(&self, request: &Request) -> Result<Response, Died> {
        let answer = {
            let state = &self.0.state;
            if let Some(died) = &*state.dead.borrow() {
                return Err(died.clone());
            }
            let bytes = Uint8Array::from(encode(request).as_slice());
            let transfer = Array::of1(&bytes.buffer());
            let posted = state.worker.post_message_with_transfer(&bytes, &transfer);
            posted.map_err(|error| Died(describe(&error)))?;
            if !state.watched.get() {
                state.watch(Stage::Silence, state.patience.silence);
            }
            state.owe(Some(request.id))
        };
        // What has a number comes with an answer.
        answer.await.and_then(|answer| answer.ok_or_else(|| Died(OTHER_FORM.into())))
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn end(&self) {
        self.0.state.worker.terminate();
        self.0.state.die("the worker was ended");
    }
}

/// What an exception says.
pub(crate) fn describe(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.to_string()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "unknown error".into())
}
