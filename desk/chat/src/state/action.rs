use desk_client::Output;
use desk_connection::Failure;
use handoff::api::Receipt;

use super::{Opening, Restored};

/// A box of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// What the visitor wants to say.
    Message,
    /// His name.
    Name,
    /// His e-mail address.
    Email,
}

/// What happened.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Nobody hands this page a port: it was opened by itself.
    Outside,
    /// The host page's port is there.
    Accepted(Box<Restored>),
    /// The host page hands over what the visitor has asked and seen.
    Opened(Box<Opening>),
    /// The host page shows or hides the frame.
    Visible(bool),
    /// The browser shows or hides the page.
    Shown(bool),
    /// Storage keeps nothing.
    Undurable,

    /// A box of the form now has this text: in NFC, without white space around it.
    Typed(Field, String),
    /// Strikes the entry at this place out, or puts it back.
    Strike(usize),
    /// Strikes the page out, or puts it back.
    StrikePage,
    /// Shows all of a passage, or its beginning: place of the entry, and of the article in it.
    Whole(usize, usize),
    /// Shows the body as it is sent, or hides it.
    Raw(bool),
    /// "Send" was pressed.
    Submit {
        /// Random idempotency key for this hand-off.
        key: String,
    },

    /// An attempt to send the hand-off came to its end.
    Posted {
        /// The hand-off's key.
        key: String,
        /// What the desk said.
        result: Result<Receipt, Failure>,
        /// Uniform over all numbers; for jitter.
        random: u64,
    },
    /// It is time for the next attempt.
    Retry,
    /// Do not wait any longer: the network is back, or the visitor says so.
    Hurry,
    /// Back to the form.
    Edit,

    /// The chat client's machine says something.
    Heard(Output),
    /// The connection has been away for a while.
    StillAway,
    /// The box of the conversation now has this text.
    Typing(String),
    /// The visitor wrote a message.
    Say(String),
    /// Puts a refused message back into the box.
    PutBack(String),
    /// Asks whether a new conversation is to begin, or takes the question back.
    AskNew(bool),
    /// Forgets this conversation.
    StartNew,

    /// Another tab began a conversation, or forgot it.
    Elsewhere(Option<Receipt>),
    /// Another tab has shown the conversation up to here.
    SeenElsewhere {
        /// The conversation.
        conversation: String,
        /// Number of the last event that was shown.
        seen: u64,
    },
}
