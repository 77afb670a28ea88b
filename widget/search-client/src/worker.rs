use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use answer_messages::wire::{self, Request, Response};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::MessageEvent;

use crate::{
    backend::Died,
    patience::{Patience, after},
};

#[wasm_bindgen]
extern "C" {
    /// `web_sys::Worker` takes its address as text only; Trusted Types ask for a `TrustedScriptURL` object.
    #[wasm_bindgen(extends = web_sys::Worker, js_name = Worker)]
    type ScriptWorker;

    #[wasm_bindgen(constructor, js_class = "Worker", catch)]
    fn new(url: &JsValue, options: &JsValue) -> Result<ScriptWorker, JsValue>;
}

/// A running worker and what it owes.
#[derive(Clone)]
pub(crate) struct WorkerThread(Rc<Inner>);

struct Inner {
    worker: web_sys::Worker,
    state: Rc<State>,
    patience: Patience,
    _listeners: [EventListener; 3],
}

/// Who waits for an answer.
type Asker = oneshot::Sender<Result<Response, Died>>;

#[derive(Default)]
struct State {
    /// Who waits for which answer. They are few: a list is a tenth of a map's code.
    due: RefCell<Vec<(u32, Asker)>>,
    /// Counts the worker's words, so that a watcher sees whether any came.
    words: Cell<u32>,
    dead: RefCell<Option<Died>>,
}

impl State {
    fn die(&self, why: &str) {
        let died = self.dead.borrow_mut().get_or_insert_with(|| Died(why.into())).clone();
        for (_, asker) in self.due.take() {
            // An asker that is gone does not need to know.
            let _ = asker.send(Err(died.clone()));
        }
    }

    fn hear(&self, data: &JsValue) {
        self.words.set(self.words.get().wrapping_add(1));
        if let Some(word) = data.as_string() {
            if let Some(why) = word.strip_prefix("broken: ") {
                self.die(why);
            }
            return;
        }
        let bytes = Uint8Array::new(data).to_vec();
        match wire::decode::<Response>(&bytes) {
            Ok(response) => {
                let mut due = self.due.borrow_mut();
                if let Some(at) = due.iter().position(|(id, _)| *id == response.id) {
                    let (_, asker) = due.swap_remove(at);
                    let _ = asker.send(Ok(response));
                }
            }
            Err(error) => self.die(&error.to_string()),
        }
    }
}

impl WorkerThread {
    /// Starts a module worker at `url`, which is a string or a `TrustedScriptURL`, and waits for its first word.
    pub(crate) async fn start(url: &JsValue, patience: Patience) -> Result<Self, Died> {
        let options = Object::new();
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&options, &"type".into(), &"module".into());
        let _ = Reflect::set(&options, &"name".into(), &"porchlight".into());
        let worker: web_sys::Worker = ScriptWorker::new(url, &options).map_err(|error| Died(describe(&error)))?.into();

        let state = Rc::new(State::default());
        let listeners = [
            EventListener::new(&worker, "message", {
                let state = state.clone();
                move |event| state.hear(&event.unchecked_ref::<MessageEvent>().data())
            }),
            EventListener::new(&worker, "error", {
                let state = state.clone();
                move |event| {
                    let message = Reflect::get(event, &"message".into()).ok().and_then(|m| m.as_string());
                    state.die(message.as_deref().unwrap_or("the worker's script could not be loaded"));
                }
            }),
            EventListener::new(&worker, "messageerror", {
                let state = state.clone();
                move |_| state.die("a message could not be read")
            }),
        ];
        let thread = Self(Rc::new(Inner { worker, state, patience, _listeners: listeners }));
        thread.wait_for_a_word(patience.hello).await.inspect_err(|_| thread.end())?;
        Ok(thread)
    }

    pub(crate) async fn call(&self, request: &Request) -> Result<Response, Died> {
        let Inner { worker, state, patience, .. } = &*self.0;
        if let Some(died) = &*state.dead.borrow() {
            return Err(died.clone());
        }
        let (asker, mut answer) = oneshot::channel();
        state.due.borrow_mut().push((request.id, asker));
        let bytes = Uint8Array::from(wire::encode(request).as_slice());
        let transfer = Array::of1(&bytes.buffer());
        worker.post_message_with_transfer(&bytes, &transfer).map_err(|error| Died(describe(&error)))?;
        loop {
            let heard = state.words.get();
            match select(answer, after(patience.silence)).await {
                Either::Left((outcome, _)) => {
                    return outcome.unwrap_or_else(|_| Err(Died("the worker was ended".into())));
                }
                Either::Right(((), still_due)) => answer = still_due,
            }
            if state.words.get() == heard {
                let _ = worker.post_message(&"ping".into());
                let waited = self.wait_for_a_word(patience.ping).await;
                // The answer itself may be the word that came.
                if let Ok(Some(outcome)) = answer.try_recv() {
                    return outcome;
                }
                waited?;
            }
        }
    }

    /// Waits until the worker says anything. A silent worker is dead from then on.
    async fn wait_for_a_word(&self, milliseconds: u32) -> Result<(), Died> {
        const STEP: u32 = 25;
        let state = &self.0.state;
        let heard = state.words.get();
        let mut waited = 0;
        loop {
            if let Some(died) = &*state.dead.borrow() {
                return Err(died.clone());
            }
            if state.words.get() != heard {
                return Ok(());
            }
            if waited >= milliseconds {
                let why = format!("the worker said nothing for {milliseconds} ms");
                state.die(&why);
                return Err(Died(why));
            }
            after(STEP).await;
            waited += STEP;
        }
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn end(&self) {
        self.0.worker.terminate();
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
