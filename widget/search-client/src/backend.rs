use answer_messages::wire::{Request, Response};

use crate::{inline::Inline, worker::WorkerThread};

/// Who answers: a worker, or the page's own thread.
#[derive(Clone)]
pub(crate) enum Backend {
    Worker(WorkerThread),
    Inline(Inline),
}

/// The backend can answer nothing more; the text says what was seen.
#[derive(Clone, Debug)]
pub(crate) struct Died(pub(crate) String);

/// Why bytes that cannot be read are the end of a backend.
pub(crate) const OTHER_FORM: &str = "its message is not of this version's form";

impl Backend {
    pub(crate) async fn call(&self, request: &Request) -> Result<Response, Died> {
        match self {
            Self::Worker(worker) => worker.call(request).await,
            Self::Inline(inline) => inline.call(request).await,
        }
    }

    pub(crate) fn end(&self) {
        if let Self::Worker(worker) = self {
            worker.end();
        }
    }
}
