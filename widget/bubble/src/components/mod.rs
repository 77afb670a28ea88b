//! The parts of the panel: functions from what is known to what is drawn.

mod answer_card;
mod article_view;
mod browse;
mod choice_card;
mod composer;
mod conversation;
mod empty_card;
mod feedback;
mod greeting;
mod header;
mod links;
mod passage;
mod person;
mod suggestions;
mod unavailable_card;

pub(crate) use article_view::article_view;
pub(crate) use browse::browse;
pub(crate) use composer::composer;
pub(crate) use conversation::conversation;
pub(crate) use header::header;
pub(crate) use links::{article_link, link};
pub(crate) use person::{person_row, person_view};
pub(crate) use suggestions::suggestions;
