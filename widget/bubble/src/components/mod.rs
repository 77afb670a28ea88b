//! The parts of the panel.

mod answer_card;
mod article_view;
mod browse;
mod choice_card;
mod conversation;
mod empty_card;
mod feedback;
mod greeting;
mod header;
mod passage;
mod person;
mod unavailable_card;

pub(crate) use article_view::ArticleView;
pub(crate) use browse::{ArticleLink, Browse};
pub(crate) use conversation::Conversation;
pub(crate) use header::Header;
pub(crate) use person::Person;
