//! A hand-off on its way: kept before it is sent, tried until the desk has it.

use handoff::api::NewHandoff;

use super::{Form, KeptHandoff};

/// First bound of the delay before the next attempt, in milliseconds; it doubles with each.
const BACKOFF_MS: u64 = 500;
/// Its largest bound, in milliseconds.
const BACKOFF_MAX_MS: u64 = 30_000;

/// A hand-off on its way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sending {
    /// Its idempotency key.
    pub(crate) key: String,
    /// What is sent, byte for byte.
    pub(crate) body: String,
    /// The message in it.
    pub(crate) message: String,
    /// Attempts that failed.
    pub(crate) failed: u32,
    /// Whether an attempt is under way.
    pub(crate) running: bool,
    /// Whether some attempt may have reached the desk. Then it stays as it is: the desk would answer with the first.
    uncertain: bool,
    /// The form that it came from; gone after a reload.
    form: Option<Box<Form>>,
}

impl Sending {
    /// A hand-off that is sent for the first time.
    pub(crate) fn new(key: String, body: String, form: Form) -> Self {
        let message = form.cleaned_message();
        Self { key, body, message, failed: 0, running: true, uncertain: false, form: Some(Box::new(form)) }
    }

    /// A hand-off that was kept. Nobody knows how far it came.
    pub(crate) fn restored(kept: KeptHandoff) -> Option<Self> {
        let handoff: NewHandoff = serde_json::from_str(&kept.body).ok()?;
        let KeptHandoff { key, body } = kept;
        Some(Self { key, body, message: handoff.message, failed: 0, running: true, uncertain: true, form: None })
    }

    /// Whether it is certain that the desk does not have it, so that it may still be changed.
    pub(crate) fn may_edit(&self) -> bool {
        !self.uncertain && !self.running
    }

    /// An attempt failed; `certain`: the desk said that it did not take it. Gives the time until the next, in milliseconds.
    pub(crate) fn fail(&mut self, certain: bool, random: u64) -> u32 {
        self.running = false;
        self.uncertain |= !certain;
        let bound = BACKOFF_MAX_MS.min(BACKOFF_MS << self.failed.min(16));
        self.failed = self.failed.saturating_add(1);
        (random % bound) as u32
    }

    /// The form, to be filled in again.
    pub(crate) fn into_form(self) -> Option<Form> {
        match self.form {
            Some(form) => Some(*form),
            None => serde_json::from_str(&self.body).ok().map(Form::again),
        }
    }
}
