//! What the bubble knows, without any DOM: a value and the actions that change it.

mod conversation;
mod reduce;
mod view;

pub(crate) use conversation::{Item, Said, Vote, others, suggested};
pub(crate) use reduce::{Action, Fetched, Search, State};
pub(crate) use view::{Place, View};
