//! What the chat knows and what becomes of it: plain data, without a browser.
//!
//! [`State::apply`] takes in what happened and says what is to be done, in order. What holds: a hand-off and a token are
//! kept before anything that relies on them, "sent" is said only after the desk's word, and nothing that was written is
//! dropped without being given back.

mod action;
mod effect;
mod form;
#[cfg(test)]
mod handoff_tests;
mod kept;
mod reduce;
mod rows;
mod sending;
#[cfg(test)]
mod stories;
mod talk;
#[cfg(test)]
mod talk_tests;

use handoff::{
    Transcript,
    transcript::Page,
    visit::{Said, VERSION, Visit},
};

pub(crate) use action::{Action, Field};
pub(crate) use effect::{Effect, Target};
pub(crate) use form::{Complaint, Form, Notice};
pub(crate) use kept::{KeptForm, KeptHandoff, Mark, Restored};
pub(crate) use rows::{Row, RowKind, rows};
pub(crate) use sending::Sending;
pub(crate) use talk::{Progress, Talk};

use crate::text::Lang;

/// What the host page hands over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// What the visitor asked and saw; nothing where there is no record.
    pub(crate) visit: Option<Visit>,
    /// The page that he is on.
    pub(crate) page: Page,
    /// BCP 47 tag of the language that the bubble speaks.
    pub(crate) lang: String,
}

impl Opening {
    /// All that could be sent, as it would be stored.
    fn material(&self) -> Transcript {
        let nothing = || Visit { version: VERSION, items: Vec::new(), trail: Vec::new(), spoken: None };
        let visit = self.visit.clone().unwrap_or_else(nothing);
        visit.transcript(&self.lang, self.page.clone()).cleaned()
    }

    /// The visitor's last question; empty where there is none.
    fn last_question(&self) -> String {
        let questions = self.visit.iter().flat_map(|visit| visit.items.iter().rev());
        let mut questions = questions.filter_map(|item| match &item.said {
            Said::Question(text) => Some(text.clone()),
            _ => None,
        });
        questions.next().unwrap_or_default()
    }
}

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stage {
    /// The page was opened by itself.
    Outside,
    /// The host page has not handed anything over yet.
    Waiting,
    /// The form.
    Form(Box<Form>),
    /// The hand-off is on its way.
    Sending(Box<Sending>),
    /// The conversation.
    Talking(Box<Talk>),
}

/// What the host page was told last.
#[derive(Clone, Debug, Default)]
struct Told {
    talking: Option<bool>,
    unread: u32,
}

/// All that the chat knows.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Language of the chat.
    pub(crate) lang: Lang,
    /// What is shown.
    pub(crate) stage: Stage,
    /// Whether what is kept stays when the page goes.
    pub(crate) durable: bool,
    /// Rises when boxes are to be filled anew from here; otherwise what is in them is the truth.
    pub(crate) fills: u32,
    opening: Opening,
    /// What was typed before the form could be shown.
    typed: KeptForm,
    /// The host page shows the frame.
    visible: bool,
    /// The browser shows the page.
    shown: bool,
    /// The port is there.
    connected: bool,
    told: Told,
}

impl State {
    /// Nothing is known but the language.
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            lang,
            stage: Stage::Waiting,
            durable: true,
            fills: 0,
            opening: Opening::default(),
            typed: KeptForm::default(),
            visible: false,
            shown: true,
            connected: false,
            told: Told::default(),
        }
    }

    /// Whether something would be lost with this page.
    pub(crate) fn is_at_risk(&self) -> bool {
        !self.durable
            && match &self.stage {
                Stage::Sending(_) => true,
                Stage::Talking(talk) => talk.unsent().next().is_some(),
                _ => false,
            }
    }
}
