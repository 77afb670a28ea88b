use desk_client::Draft;
use desk_connection::{LocalOutbox, Outbox};

/// An outbox that tells when it could not keep a draft durably.
pub(crate) struct TellingOutbox {
    /// Where drafts are.
    pub(crate) outbox: LocalOutbox,
    /// Told of it.
    pub(crate) undurable: Box<dyn Fn()>,
}

impl Outbox for TellingOutbox {
    fn drafts(&self) -> Vec<Draft> {
        self.outbox.drafts()
    }

    fn keep(&self, draft: &Draft) -> bool {
        let kept = self.outbox.keep(draft);
        if !kept {
            (self.undurable)();
        }
        kept
    }

    fn forget(&self, client_message_id: &str) {
        self.outbox.forget(client_message_id);
    }
}
