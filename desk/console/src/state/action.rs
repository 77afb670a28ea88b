use desk_client::{Draft, Output, Status};
use desk_connection::Failure;
use handoff::api::{self, Agent, Conversation, SignIn};

use super::{Route, Shortcut, Step};
use crate::text::Lang;

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// The page is here.
    Start,
    /// The desk says who is signed in.
    SessionIs(Result<Agent, Failure>),
    /// The agent signs in.
    SignIn(SignIn),
    /// The desk's answer to that.
    SignedIn(Result<Agent, Failure>),
    /// The agent signs out.
    SignOut,
    /// The desk's answer to that.
    SignedOut(Result<(), Failure>),
    /// The address bar says another thing.
    Went(Route),
    /// Time has passed: what is told of it is drawn anew.
    Tick,
    /// What came into the queue has been told.
    Told,
    /// Something of the queue has changed.
    QueueChanged,
    /// The desk's answer to a fetch of the queue.
    QueueIs(Result<api::Queue, Failure>),
    /// The queue's connection has changed.
    QueueLine(Status),
    /// These conversations have replies in this browser that were not sent.
    Unsent(Vec<String>),
    /// A connection that the desk ended is to be tried once more: that of a conversation, or the queue's.
    Reconnect(Option<String>),
    /// Ask for a conversation once more, if it is still wanted.
    Fetch(String),
    /// The desk's answer to a fetch of a conversation.
    ConversationIs(String, Result<Box<Conversation>, Failure>),
    /// These replies were in the outbox when a conversation was connected.
    Found(String, Vec<Draft>),
    /// A conversation's connection says something.
    Heard(String, Output),
    /// The agent replies.
    Send(String, Draft),
    /// The agent does something with a conversation.
    Do(String, Step),
    /// The desk's answer to that.
    Done(String, Step, Result<(), Failure>),
    /// A reply that will never be stored goes back into the reply box.
    Edit(String, String),
    /// A reply that will never be stored is thrown away.
    Discard(String, String),
    /// Newer words lie below what is shown, or do no more.
    Below(bool),
    /// The brief is shown where it has no column of its own, or hidden.
    Brief(bool),
    /// A key was pressed that moves the focus and nothing else.
    Focus(Target),
    /// A single key was pressed.
    Press(Shortcut),
    /// The list of keys is shown or hidden.
    Keys(bool),
    /// Single keys do something, or do not.
    Shortcuts(bool),
    /// The console speaks this language.
    Speak(Lang),
    /// Do not wait to connect again.
    Hurry,
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// Let something happen after so many milliseconds.
    Later(u32, Box<Action>),
    /// Ask who is signed in.
    AskSession,
    /// Sign in.
    SignIn(SignIn),
    /// Sign out.
    SignOut,
    /// Subscribe to the queue; an older subscription ends.
    Subscribe,
    /// End the subscription.
    Unsubscribe,
    /// Fetch the queue.
    FetchQueue,
    /// Fetch a conversation.
    FetchConversation(String),
    /// Look for replies of this agent that were not sent.
    FindUnsent(String),
    /// Connect to a conversation; an older connection for it ends.
    Connect(String),
    /// End the connection.
    Disconnect(String),
    /// Put a reply into a conversation's outbox, and nothing more yet.
    Hold(String, Draft),
    /// Put it there if it is not, and send it.
    Write(String, Draft),
    /// Take a reply that will not be sent out of a conversation's outbox.
    Forget(String, String),
    /// Do something with a conversation.
    Do(String, Step),
    /// Try all connections at once.
    Hurry,
    /// Put a text into the reply box of a conversation, after what is in it.
    PutBack(String, String),
    /// Forget what was typed and not sent.
    ForgetTyped,
    /// Move the focus.
    Focus(Target),
    /// Keep the choice of language.
    KeepLang(Lang),
    /// Keep the choice about single keys.
    KeepShortcuts(bool),
}

/// Where the focus may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// First field of the form to sign in.
    SignIn,
    /// Its password, after a refusal.
    Password,
    /// Heading of the open conversation.
    Talk,
    /// The same, where the focus was lost because what had it has gone.
    TalkIfLost,
    /// The reply box.
    Reply,
    /// The brief.
    Brief,
    /// The button that shows the brief.
    BriefButton,
    /// In the queue, the link of this conversation, else the first.
    Queue(Option<String>),
    /// In the queue, the link after the one with the focus (or before it).
    Step(bool),
}
