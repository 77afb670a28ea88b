use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use answer_messages::{
    Library,
    wire::{Call, Failure, FailureKind, Request, Return},
};
use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::{
    backend::{Backend, Died},
    inline::Inline,
    later::Later,
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
    /// Who answers, and what the bundle that it has open says of itself.
    open: RefCell<Option<Open>>,
    /// While a backend is being started and opens the bundle: who waits for that. Two calls do not start two, and no call
    /// comes to a backend that has nothing open yet.
    opening: RefCell<Option<Vec<Later<Opened>>>>,
    restarts: Cell<u32>,
    /// How often it was closed: what is begun before that is not wanted any more.
    closed: Cell<u32>,
    next_id: Cell<u32>,
}

/// Who answers, and what its bundle says of itself.
type Open = (Backend, Rc<Library>);

/// What comes of an attempt to open one.
type Opened = Result<Open, SearchError>;

/// Restarts of a worker before the page's own thread takes over.
const RESTARTS: u32 = 1;

impl SearchClient {
    /// A client that starts nothing until the first call.
    pub fn new(config: Config) -> Self {
        Self(Rc::new(Inner {
            config,
            open: RefCell::new(None),
            opening: RefCell::new(None),
            restarts: Cell::new(0),
            closed: Cell::new(0),
            next_id: Cell::new(0),
        }))
    }

    /// Opens the bundle, if it is not open, and says what is in it.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub async fn open(&self) -> Result<Rc<Library>, SearchError> {
        self.ready().await.map(|(_, library)| library)
    }

    /// Ends the worker. A later call starts another.
    pub fn close(&self) {
        if let Some((backend, _)) = self.0.open.take() {
            backend.end();
        }
        self.0.restarts.set(0);
        self.0.closed.set(self.0.closed.get().wrapping_add(1));
    }

    /// Answers a question or fetches an article.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub async fn call(&self, call: Call) -> Result<Return, SearchError> {
        loop {
            let (backend, _) = self.ready().await?;
            match backend.call(&self.request(call.clone())).await {
                Ok(response) => return response.outcome.map_err(SearchError::Failed),
                Err(died) => self.bury(&backend, died)?,
            }
        }
    }

    /// A backend with the bundle open.
    async fn ready(&self) -> Opened {
        if let Some(open) = &*self.0.open.borrow() {
            return Ok(open.clone());
        }
        let another = self.0.opening.borrow_mut().as_mut().map(|waiting| {
            let later = Later::new();
            waiting.push(later.clone());
            later
        });
        if let Some(another) = another {
            return another.await;
        }
        self.0.opening.replace(Some(Vec::new()));
        let opened = self.begin().await;
        for waits in self.0.opening.take().into_iter().flatten() {
            waits.come(opened.clone());
        }
        opened
    }

    /// Starts a backend and lets it open the bundle.
    async fn begin(&self) -> Opened {
        let config = &self.0.config;
        let call = Call::Open { kb: config.kb.clone(), lang: config.lang.clone() };
        let closed = self.0.closed.get();
        loop {
            let backend = match self.start().await {
                Ok(backend) => backend,
                Err(Died(why)) => {
                    self.close();
                    return Err(SearchError::Unavailable(why));
                }
            };
            match backend.call(&self.request(call.clone())).await {
                Ok(response) => match response.outcome {
                    Ok(Return::Opened(_)) if self.0.closed.get() != closed => {
                        backend.end();
                        return Err(SearchError::Unavailable("it was closed".into()));
                    }
                    Ok(Return::Opened(library)) => {
                        let open = (backend, Rc::new(library));
                        *self.0.open.borrow_mut() = Some(open.clone());
                        return Ok(open);
                    }
                    Ok(_) => return Err(crossed()),
                    Err(failure) => {
                        // A later call begins anew: the network may be back by then.
                        backend.end();
                        return Err(SearchError::Failed(failure));
                    }
                },
                Err(died) => {
                    self.0.restarts.set(self.0.restarts.get() + 1);
                    self.bury(&backend, died)?;
                }
            }
        }
    }

    fn request(&self, call: Call) -> Request {
        let id = self.0.next_id.get();
        self.0.next_id.set(id.wrapping_add(1));
        Request { id, call }
    }

    /// A new backend: a worker, or the page's own thread where workers have failed.
    async fn start(&self) -> Result<Backend, Died> {
        let config = &self.0.config;
        loop {
            if self.0.restarts.get() > RESTARTS {
                return Ok(Backend::Inline(Inline::start(&config.module).await?));
            }
            match WorkerThread::start(&config.worker, config.patience).await {
                Ok(worker) => return Ok(Backend::Worker(worker)),
                Err(_) => self.0.restarts.set(self.0.restarts.get() + 1),
            }
        }
    }

    /// Puts a dead backend away. Where even the page's thread failed there is nothing left to try.
    fn bury(&self, dead: &Backend, Died(why): Died) -> Result<(), SearchError> {
        dead.end();
        // Of two calls that a death interrupts, only the first finds it here.
        let was_open = self.0.open.borrow().as_ref().is_some_and(|(current, _)| same(current, dead));
        if was_open {
            self.0.open.take();
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

/// What to say where an answer is not of the kind that was asked for.
pub fn crossed() -> SearchError {
    SearchError::Failed(Failure { kind: FailureKind::Misused, detail: "the worker answered another call".into() })
}
