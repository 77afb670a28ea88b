//! What the console knows and what happens next, without a browser: [`State::apply`] takes in what happened and says what
//! is to be done.

mod action;
mod apply;
mod clock;
mod keys;
mod line;
mod queue;
mod route;
mod session;
mod talk;
mod talking;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use handoff::api::{Agent, Summary};

pub(crate) use action::{Action, Effect, Target};
pub(crate) use clock::{Clock, PROMISE_MS, Span};
pub(crate) use keys::Shortcut;
pub(crate) use line::Line;
pub(crate) use queue::{Queue, Section, Standing, is_overdue, waited};
pub(crate) use route::Route;
pub(crate) use session::{Out, Refusal, Session, Why};
pub(crate) use talk::{Known, Reply, Step, Talk, Trouble, Way};

use crate::text::Lang;

/// Everything that the console shows.
#[derive(Debug)]
pub(crate) struct State {
    /// Whether somebody is signed in.
    pub(crate) session: Session,
    /// Who is signed in, or was until his session ended.
    pub(crate) agent: Option<Agent>,
    /// Whether the desk could not be told that the agent signs out.
    pub(crate) still_in: bool,
    /// What is open.
    pub(crate) route: Route,
    /// The desk's clock.
    pub(crate) clock: Clock,
    /// The queue.
    pub(crate) queue: Queue,
    /// Connection for its changes.
    pub(crate) line: Line,
    /// The open conversation, and those with replies that were not sent; by id.
    pub(crate) talks: BTreeMap<String, Talk>,
    /// What came into the queue lately, for those who do not see it.
    pub(crate) arrived: Option<Arrived>,
    /// Whether the brief is shown where it has no column of its own.
    pub(crate) brief: bool,
    /// Whether the list of keys is shown.
    pub(crate) keys: bool,
    /// Whether single keys do something.
    pub(crate) shortcuts: bool,
    /// What the console speaks.
    pub(crate) lang: Lang,
}

/// What came into the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arrived {
    /// Visitors who wait since then.
    pub(crate) new: u32,
    /// All who wait now.
    pub(crate) waiting: u32,
}

impl State {
    /// Nothing is known yet.
    pub(crate) fn new(route: Route, lang: Lang, shortcuts: bool) -> Self {
        Self {
            session: Session::Asking { failed: 0 },
            agent: None,
            still_in: false,
            route,
            clock: Clock::default(),
            queue: Queue::default(),
            line: Line::default(),
            talks: BTreeMap::new(),
            arrived: None,
            brief: false,
            keys: false,
            shortcuts,
            lang,
        }
    }

    /// Id of the agent; empty where there is none.
    pub(crate) fn me(&self) -> &str {
        self.agent.as_ref().map_or("", |agent| agent.id.as_str())
    }

    /// The open conversation.
    pub(crate) fn talk(&self) -> Option<(&str, &Talk)> {
        let id = self.route.conversation()?;
        Some((id, self.talks.get(id)?))
    }

    /// Where a conversation stands, as far as it is known.
    pub(crate) fn summary(&self, id: &str) -> Option<&Summary> {
        let talk = self.talks.get(id).and_then(|talk| talk.summary.as_ref());
        talk.or_else(|| self.queue.find(id))
    }

    /// How many visitors wait for this agent.
    pub(crate) fn waiting(&self) -> u32 {
        self.queue.waiting_for(self.me()).len() as u32
    }

    /// Whether a conversation has replies that the desk may not have.
    pub(crate) fn has_unsent(&self, id: &str) -> bool {
        self.talks.get(id).is_some_and(Talk::has_unsent)
    }

    /// Whether the desk has been out of reach for so long that the agent is told.
    pub(crate) fn is_cut_off(&self) -> bool {
        let now = self.clock.local();
        self.session == Session::In
            && (self.line.is_missed(now) || self.talk().is_some_and(|(_, talk)| talk.line.is_missed(now)))
    }

    /// Whether this page and the desk are of different times.
    pub(crate) fn is_outdated(&self) -> bool {
        let misused = Some(desk_client::Ended::Misused);
        self.line.ended() == misused || self.talk().is_some_and(|(_, talk)| talk.line.ended() == misused)
    }
}
