//! What the console looks like: the state as elements. Whatever people wrote becomes text nodes and nothing else.

mod brief;
mod events;
mod frame;
mod keys;
mod log;
mod queue;
mod reply;
mod sign_in;
mod talk;
mod transcript;
mod words;

use yew::Callback;

pub(crate) use brief::BRIEF;
pub(crate) use frame::console;
pub(crate) use log::LOG;
pub(crate) use queue::{QUEUE, QUEUE_TITLE};
pub(crate) use reply::{REPLY, ReplyBox};
pub(crate) use sign_in::{EMAIL, PASSWORD};
pub(crate) use talk::{BRIEF_BUTTON, HEADING};
pub(crate) use words::visitor;

use crate::{
    state::{Action, State},
    text::Lang,
    typed::Typed,
};

/// What every view needs.
pub(crate) struct Shell<'s> {
    /// The state.
    pub(crate) state: &'s State,
    /// Tells what the agent does.
    pub(crate) act: &'s Callback<Action>,
    /// What was typed and not sent.
    pub(crate) typed: &'s Typed,
}

impl Shell<'_> {
    /// What the console speaks.
    fn lang(&self) -> Lang {
        self.state.lang
    }

    /// Tells this when something is done.
    fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let act = self.act.clone();
        Callback::from(move |_| act.emit(action.clone()))
    }
}
