use std::collections::BTreeSet;

use handoff::api::{self, Summary};

use super::clock::{Clock, PROMISE_MS};

/// The queue, as it was fetched last.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    /// In the desk's order; `None` until it is known.
    pub(crate) list: Option<Vec<Summary>>,
    fetching: Fetching,
}

/// Changes come in bursts: while one fetch is under way, any number of them asks for one more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fetching {
    #[default]
    No,
    Once,
    AndAgain,
}

/// Where a conversation stands for the agent who looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing<'a> {
    /// Nobody has it.
    Waiting,
    /// He has it.
    Mine,
    /// The colleague with this name has it.
    Others(&'a str),
    /// It is closed.
    Closed,
}

impl<'a> Standing<'a> {
    /// Where `summary` stands for the agent with the id `me`.
    pub(crate) fn of(summary: &'a Summary, me: &str) -> Self {
        match (summary.state, &summary.assigned) {
            (api::State::Closed, _) => Self::Closed,
            (_, Some(agent)) if agent.id == me => Self::Mine,
            (_, Some(agent)) => Self::Others(&agent.name),
            (_, None) => Self::Waiting,
        }
    }
}

/// Parts of the list, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    /// Nobody has them.
    Waiting,
    /// The agent's own.
    Mine,
    /// Colleagues'.
    Others,
    /// Closed lately.
    Closed,
}

impl Section {
    /// All, in their order.
    pub(crate) const ALL: [Self; 4] = [Self::Waiting, Self::Mine, Self::Others, Self::Closed];

    fn of(summary: &Summary, me: &str) -> Self {
        match Standing::of(summary, me) {
            Standing::Waiting => Self::Waiting,
            Standing::Mine => Self::Mine,
            Standing::Others(_) => Self::Others,
            Standing::Closed => Self::Closed,
        }
    }
}

impl Queue {
    /// The list is out of date: whether it is to be fetched now.
    pub(crate) fn want(&mut self) -> bool {
        let now = self.fetching == Fetching::No;
        self.fetching = if now { Fetching::Once } else { Fetching::AndAgain };
        now
    }

    /// A fetch has ended: whether it is to be fetched once more.
    pub(crate) fn fetched(&mut self) -> bool {
        std::mem::take(&mut self.fetching) == Fetching::AndAgain
    }

    /// The conversation with this id, where it is in the list.
    pub(crate) fn find(&self, id: &str) -> Option<&Summary> {
        self.list.iter().flatten().find(|summary| summary.conversation == id)
    }

    /// The conversations of a section. The desk's order holds in each.
    pub(crate) fn section(&self, section: Section, me: &str) -> Vec<&Summary> {
        self.list.iter().flatten().filter(|summary| Section::of(summary, me) == section).collect()
    }

    /// The conversations whose visitors wait for this agent: those that nobody has, and his own.
    pub(crate) fn waiting_for(&self, me: &str) -> BTreeSet<&str> {
        let waits = |summary: &&Summary| {
            summary.waiting_since_ms.is_some() && matches!(Section::of(summary, me), Section::Waiting | Section::Mine)
        };
        self.list.iter().flatten().filter(waits).map(|summary| summary.conversation.as_str()).collect()
    }
}

/// How long the visitor of an open conversation has waited for a reply, in milliseconds, where he waits.
pub(crate) fn waited(summary: &Summary, clock: &Clock) -> Option<u64> {
    let since = summary.waiting_since_ms.filter(|_| summary.state != api::State::Closed)?;
    Some(clock.since(since))
}

/// Whether such a wait is longer than was promised.
pub(crate) fn is_overdue(waited_ms: u64) -> bool {
    waited_ms > PROMISE_MS
}

#[cfg(test)]
mod tests {
    use super::{Queue, Section};
    use crate::state::tests::{MINE, OTHERS, summary};

    #[test]
    fn sections() {
        let queue = Queue {
            list: Some(vec![
                summary("a", None, Some(1)),
                summary("b", None, Some(2)),
                summary("c", Some(OTHERS), Some(3)),
                summary("d", Some(MINE), Some(4)),
                summary("e", Some(MINE), None),
                super::Summary { state: super::api::State::Closed, ..summary("f", Some(MINE), Some(5)) },
            ]),
            ..Queue::default()
        };
        let check = |section, expected: &[&str]| {
            let ids: Vec<_> = queue.section(section, MINE).into_iter().map(|each| each.conversation.as_str()).collect();
            assert_eq!(ids, expected, "{section:?}");
        };
        check(Section::Waiting, &["a", "b"]);
        check(Section::Mine, &["d", "e"]);
        check(Section::Others, &["c"]);
        check(Section::Closed, &["f"]);
        assert_eq!(queue.waiting_for(MINE).into_iter().collect::<Vec<_>>(), ["a", "b", "d"]);
    }

    #[test]
    fn bursts_are_one_fetch_more() {
        let mut queue = Queue::default();
        assert!(queue.want());
        assert!(!queue.want());
        assert!(!queue.want());
        assert!(queue.fetched(), "something changed meanwhile");
        assert!(queue.want());
        assert!(!queue.fetched());
        assert!(queue.want());
    }
}
