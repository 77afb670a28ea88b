//! What is kept, and comes back after a reload.

use handoff::api::Receipt;
use serde::{Deserialize, Serialize};

/// A hand-off on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptHandoff {
    /// Its idempotency key.
    pub(crate) key: String,
    /// What is sent, byte for byte.
    pub(crate) body: String,
}

/// What is typed in the form and not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptForm {
    /// The message, where the visitor touched it.
    pub(crate) message: Option<String>,
    /// The name.
    pub(crate) name: String,
    /// The e-mail address.
    pub(crate) email: String,
    /// Entries struck out.
    pub(crate) struck: Vec<Mark>,
    /// Whether the page is struck out.
    pub(crate) page_struck: bool,
}

/// An entry of the visit, known again after it has grown or lost its oldest ones: its time, and which of that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// Time of the entry, in milliseconds since 1970.
    pub(crate) at_ms: u64,
    /// How many entries before it have the same.
    pub(crate) nth: u32,
}

/// All that was kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Restored {
    /// A hand-off that the desk has not acknowledged.
    pub(crate) handoff: Option<KeptHandoff>,
    /// The conversation.
    pub(crate) conversation: Option<Receipt>,
    /// Number of the last event of it that was shown.
    pub(crate) seen: u64,
    /// What was typed in the form.
    pub(crate) form: KeptForm,
    /// What was typed in the box of the conversation.
    pub(crate) typing: String,
    /// Whether what is kept stays when the page goes.
    pub(crate) durable: bool,
}
