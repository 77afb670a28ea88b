use handoff::api::Receipt;

use super::{Field, KeptForm};

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// Keep a hand-off *before* it is sent.
    KeepHandoff {
        /// Its key.
        key: String,
        /// What is sent, byte for byte.
        body: String,
    },
    /// The hand-off is with the desk, or will never be.
    ForgetHandoff {
        /// Its key.
        key: String,
    },
    /// Try to send it.
    Post {
        /// Its key.
        key: String,
        /// What is sent.
        body: String,
    },
    /// Try again in so many milliseconds.
    RetryIn(u32),
    /// Keep the token.
    KeepConversation(Receipt),
    /// Forget the token, and what belongs to it.
    ForgetConversation {
        /// The conversation.
        conversation: String,
    },
    /// Connect to the conversation, with the drafts that are kept for it.
    Connect(Receipt),
    /// End the connection.
    Disconnect,
    /// Write a message.
    Write(String),
    /// Do not wait for the next attempt to connect.
    Hurry,
    /// Look again in so many milliseconds whether the connection is there.
    WatchIn(u32),
    /// Keep how far the conversation was shown.
    KeepSeen {
        /// The conversation.
        conversation: String,
        /// Number of the last event that was shown.
        seen: u64,
    },
    /// Keep what is typed in the form as long as the tab lives; `None` forgets it.
    KeepForm(Option<KeptForm>),
    /// Tell the host page whether there is a conversation to go on with.
    TellTalking(bool),
    /// Tell the host page how many messages were not shown yet.
    TellUnread(u32),
    /// Move the focus, once this is drawn.
    Focus(Target),
    /// Keep what is typed in the box of the conversation as long as the tab lives.
    KeepTyping(String),
    /// Show the end of the conversation, wherever it stood.
    ShowLatest,
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The line that says how it stands.
    Status,
    /// The box in which one writes now.
    Area,
    /// A box of the form.
    Field(Field),
}
