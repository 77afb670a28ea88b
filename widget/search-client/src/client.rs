use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use answer_messages::{
    Article, Library, Question, Reply,
    wire::{Call, Failure, FailureKind, Request, Return},
};
use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::{
    backend::{Backend, Died},
    inline::Inline,
    patience::Patience,
    worker::WorkerThread,
};

/// Where the worker and the bundle are.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the worker's script: a string, or a `TrustedScriptURL` where the page enforces Trusted Types.
    pub worker: JsValue,
    /// Function without parameters that imports the same script as a module: `() => import(url)`.
    pub module: Function,
    /// Absolute address of the bundle; ends with `/`.
    pub kb: String,
    /// BCP 47 tag of the page.
    pub lang: Option<String>,
    /// How long to wait for a silent worker.
    pub patience: Patience,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// The worker runs, but the call failed.
    #[error("{}", .0.detail)]
    Failed(Failure),
    /// Neither a worker nor the page's thread can run the search. Offer the contact link.
    #[error("search cannot run here: {0}")]
    Unavailable(String),
}

/// Asks the search worker. Clones share one worker.
#[derive(Clone)]
pub struct SearchClient(Rc<Inner>);

struct Inner {
    config: Config,
    backend: RefCell<Option<Backend>>,
    /// Held while a backend is being started, so that two calls do not start two.
    starting: futures_util::lock::Mutex<()>,
    restarts: Cell<u32>,
    next_id: Cell<u32>,
}

/// Restarts of a worker before the page's own thread takes over.
const RESTARTS: u32 = 1;

impl SearchClient {
    /// A client that starts nothing until the first call.
    pub fn new(config: Config) -> Self {
        Self(Rc::new(Inner {
            config,
            backend: RefCell::new(None),
            starting: futures_util::lock::Mutex::new(()),
            restarts: Cell::new(0),
            next_id: Cell::new(0),
        }))
    }

    /// Opens the bundle and says what is in it.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub async fn open(&self) -> Result<Library, SearchError> {
        match self.call(self.opening()).await? {
            Return::Opened(library) => Ok(library),
            _ => Err(crossed()),
        }
    }

    /// Answers a question; with the milliseconds that the engine took.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub async fn ask(&self, question: Question) -> Result<(Reply, f64), SearchError> {
        match self.call(Call::Ask(question)).await? {
            Return::Answered(reply, milliseconds) => Ok((reply, milliseconds)),
            _ => Err(crossed()),
        }
    }

    /// Fetches an article by its slug.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub async fn article(&self, slug: &str) -> Result<Article, SearchError> {
        match self.call(Call::Article(slug.into())).await? {
            Return::Article(article) => Ok(article),
            _ => Err(crossed()),
        }
    }

    /// Ends the worker. A later call starts another.
    pub fn close(&self) {
        if let Some(backend) = self.0.backend.take() {
            backend.end();
        }
        self.0.restarts.set(0);
    }

    fn opening(&self) -> Call {
        Call::Open { kb: self.0.config.kb.clone(), lang: self.0.config.lang.clone() }
    }

    async fn call(&self, call: Call) -> Result<Return, SearchError> {
        loop {
            let started = match self.started().await {
                Ok(started) => started,
                Err(Died(why)) => {
                    self.close();
                    return Err(SearchError::Unavailable(why));
                }
            };
            let (backend, fresh) = started;
            // A fresh worker knows no bundle yet.
            if fresh && !matches!(call, Call::Open { .. }) {
                match backend.call(&self.request(self.opening())).await {
                    Ok(response) => drop(response.outcome.map_err(SearchError::Failed)?),
                    Err(died) => {
                        self.bury(&backend, died)?;
                        continue;
                    }
                }
            }
            match backend.call(&self.request(call.clone())).await {
                Ok(response) => return response.outcome.map_err(SearchError::Failed),
                Err(died) => self.bury(&backend, died)?,
            }
        }
    }

    fn request(&self, call: Call) -> Request {
        let id = self.0.next_id.get();
        self.0.next_id.set(id.wrapping_add(1));
        Request { id, call }
    }

    /// The running backend, or a new one; and whether it is new.
    async fn started(&self) -> Result<(Backend, bool), Died> {
        let _guard = self.0.starting.lock().await;
        if let Some(backend) = &*self.0.backend.borrow() {
            return Ok((backend.clone(), false));
        }
        let config = &self.0.config;
        let backend = loop {
            if self.0.restarts.get() > RESTARTS {
                break Backend::Inline(Inline::start(&config.module).await?);
            }
            match WorkerThread::start(&config.worker, config.patience).await {
                Ok(worker) => break Backend::Worker(worker),
                Err(_) => self.0.restarts.set(self.0.restarts.get() + 1),
            }
        };
        *self.0.backend.borrow_mut() = Some(backend.clone());
        Ok((backend, true))
    }

    /// Puts a dead backend away. Where even the page's thread failed there is nothing left to try.
    fn bury(&self, dead: &Backend, Died(why): Died) -> Result<(), SearchError> {
        dead.end();
        let current = self.0.backend.borrow().as_ref().is_some_and(|current| same(current, dead));
        if current {
            self.0.backend.take();
            self.0.restarts.set(self.0.restarts.get() + 1);
        }
        match dead {
            Backend::Worker(_) => Ok(()),
            Backend::Inline(_) => {
                self.close();
                Err(SearchError::Unavailable(why))
            }
        }
    }
}

fn same(a: &Backend, b: &Backend) -> bool {
    match (a, b) {
        (Backend::Worker(a), Backend::Worker(b)) => a.is(b),
        (Backend::Inline(_), Backend::Inline(_)) => true,
        _ => false,
    }
}

fn crossed() -> SearchError {
    SearchError::Failed(Failure { kind: FailureKind::Misused, detail: "the worker answered another call".into() })
}
