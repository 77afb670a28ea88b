use std::rc::Rc;

use desk_client::Draft;
use handoff::{
    api::{self, Agent, Conversation, Role, Summary},
    chat::{Event, Participant, What},
};

use super::Line;

/// A conversation that is open here, or that still has unsent replies.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    /// What was handed off.
    pub(crate) known: Known,
    /// Where it stands: the conversation's own, brought forward by events and by the queue.
    pub(crate) summary: Option<Summary>,
    /// Events in order, without gaps.
    pub(crate) events: Vec<Event>,
    /// Own replies that are not among the events yet.
    pub(crate) replies: Vec<Reply>,
    /// Connection for this conversation.
    pub(crate) line: Line,
    /// What is being done.
    pub(crate) running: Option<Step>,
    /// What went wrong with the last step.
    pub(crate) trouble: Option<Trouble>,
    /// Whether newer words lie below what is shown.
    pub(crate) below: bool,
    /// Number of the last event when the conversation was opened.
    opened_at: u64,
    /// A reply went out before its conversation could be assigned: that is still to be done.
    due: bool,
}

/// How much is known of a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Known {
    /// Asked for.
    #[default]
    Loading,
    /// Known.
    Here(Rc<Conversation>),
    /// There is none with this id.
    Missing,
    /// The desk refused; in its words.
    Refused(String),
}

/// What an agent does with a conversation besides talking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Takes it.
    Assign,
    /// Closes it.
    Close,
    /// Opens it again.
    Reopen,
}

/// Why a step was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// No answer.
    Unreachable,
    /// Refused; in the desk's words.
    Refused(String),
}

/// A reply on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The client's message id.
    pub(crate) key: String,
    /// The text.
    pub(crate) text: String,
    /// How far it is.
    pub(crate) way: Way,
}

/// How far a reply is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// In the store of this browser; waits for the conversation to be assigned.
    Held,
    /// On its way, not yet known to be stored.
    Sending,
    /// On the desk's disk.
    Sent,
    /// It will never be stored; in the desk's words.
    NotSent(String),
}

impl Talk {
    /// The conversation is here.
    pub(crate) fn know(&mut self, conversation: Conversation) {
        self.opened_at = conversation.summary.last;
        self.update(&conversation.summary);
        self.known = Known::Here(Rc::new(conversation));
    }

    /// The queue or the desk says where it stands. What is older than known is passed over.
    pub(crate) fn update(&mut self, summary: &Summary) {
        if self.summary.as_ref().is_none_or(|known| known.last <= summary.last) {
            self.summary = Some(summary.clone());
        }
    }

    /// An event arrived. Says whether it is new.
    pub(crate) fn deliver(&mut self, event: Event) -> bool {
        if self.events.last().is_some_and(|last| last.seq >= event.seq) {
            return false;
        }
        if let What::Message { client_message_id, .. } = &event.what {
            self.replies.retain(|reply| reply.key != *client_message_id);
        }
        if let Some(summary) = self.summary.as_mut().filter(|summary| summary.last < event.seq) {
            follow(summary, &event);
        }
        self.events.push(event);
        true
    }

    /// Whether everything that had happened when the conversation was opened is shown: what comes now is news.
    pub(crate) fn caught_up(&self) -> bool {
        matches!(self.known, Known::Here(_)) && self.events.last().is_some_and(|last| last.seq >= self.opened_at)
    }

    /// The words of the hand-off form, once they are here.
    pub(crate) fn handed_off(&self) -> Option<&str> {
        self.events.iter().find_map(|event| match (&event.by, &event.what) {
            (Participant::Visitor, What::Message { text, .. }) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The agent sends a reply; it waits until [`Talk::missing_step`] says nothing.
    pub(crate) fn hold(&mut self, draft: Draft) {
        self.replies.push(Reply { key: draft.client_message_id, text: draft.text, way: Way::Held });
    }

    /// Lets the replies go that waited for the conversation to be assigned.
    pub(crate) fn take_held(&mut self) -> Vec<Draft> {
        let held = self.replies.iter_mut().filter(|reply| reply.way == Way::Held);
        held.map(|reply| {
            reply.way = Way::Sending;
            Draft { client_message_id: reply.key.clone(), text: reply.text.clone() }
        })
        .collect()
    }

    /// A draft is on its way.
    pub(crate) fn keep(&mut self, draft: &Draft) {
        let key = &draft.client_message_id;
        if let Some(reply) = self.replies.iter_mut().find(|reply| reply.key == *key) {
            if reply.way == Way::Held {
                reply.way = Way::Sending;
            }
            return;
        }
        let delivered = |event: &Event| match &event.what {
            What::Message { client_message_id, .. } => client_message_id == key,
            _ => false,
        };
        if !self.events.iter().rev().any(delivered) {
            self.replies.push(Reply { key: key.clone(), text: draft.text.clone(), way: Way::Sending });
        }
    }

    /// How far the reply with this key is now.
    pub(crate) fn mark(&mut self, key: &str, way: Way) {
        if let Some(reply) = self.replies.iter_mut().find(|reply| reply.key == key) {
            reply.way = way;
        }
    }

    /// Takes back the reply with this key.
    pub(crate) fn take(&mut self, key: &str) -> Option<Reply> {
        let at = self.replies.iter().position(|reply| reply.key == key)?;
        Some(self.replies.remove(at))
    }

    /// Whether replies are here that the desk may not have.
    pub(crate) fn has_unsent(&self) -> bool {
        self.replies.iter().any(|reply| reply.way != Way::Sent)
    }

    /// Replies that wait to be written.
    pub(crate) fn has_held(&self) -> bool {
        self.replies.iter().any(|reply| reply.way == Way::Held)
    }

    /// What must be done before a reply may be written: an open conversation that is answered is somebody's. (A last word
    /// does not open one that is closed.)
    pub(crate) fn missing_step(&self) -> Option<Step> {
        let summary = self.summary.as_ref()?;
        match (summary.state, &summary.assigned) {
            (api::State::Waiting | api::State::Assigned, None) => Some(Step::Assign),
            _ => None,
        }
    }

    /// Whether a step could not be done before a reply went out, and must still be done.
    pub(crate) fn is_due(&self) -> bool {
        self.due
    }

    /// A step must be done as soon as it can, or needs no more to be.
    pub(crate) fn set_due(&mut self, due: bool) {
        self.due = due;
    }

    /// A step was done by this agent.
    pub(crate) fn done(&mut self, step: Step, me: &Agent) {
        let Some(summary) = &mut self.summary else {
            return;
        };
        match step {
            Step::Assign => {
                summary.assigned = Some(me.clone());
                summary.state = api::State::Assigned;
            }
            Step::Close => close(summary),
            Step::Reopen => reopen(summary),
        }
    }
}

/// Brings a summary forward by one event, until the queue says more.
fn follow(summary: &mut Summary, event: &Event) {
    summary.last = event.seq;
    match (&event.what, &event.by) {
        (What::Message { .. }, Participant::Visitor) => {
            summary.waiting_since_ms.get_or_insert(event.at_ms);
        }
        (What::Message { .. }, Participant::Agent { .. }) => summary.waiting_since_ms = None,
        (What::Assigned, Participant::Agent { id, name }) => {
            let (id, name) = (id.clone(), name.clone());
            summary.assigned = Some(Agent { id, email: String::new(), name, role: Role::Agent });
            summary.state = api::State::Assigned;
        }
        (What::Closed, _) => close(summary),
        (What::Reopened, _) => {
            reopen(summary);
            summary.waiting_since_ms = Some(event.at_ms);
        }
        (What::HandedOff | What::Assigned, _) => {}
    }
}

fn close(summary: &mut Summary) {
    summary.state = api::State::Closed;
    summary.waiting_since_ms = None;
}

/// Nobody has it then.
fn reopen(summary: &mut Summary) {
    summary.state = api::State::Waiting;
    summary.assigned = None;
}

#[cfg(test)]
mod tests {
    use desk_client::Draft;
    use handoff::api::State;

    use super::{Step, Talk, Way};
    use crate::state::tests::{agent_said, conversation, event, visitor_said};
    use handoff::chat::What;

    #[test]
    fn events_bring_the_summary_forward() {
        let mut talk = Talk::default();
        talk.know(conversation("c", None));
        assert_eq!(talk.missing_step(), Some(Step::Assign));
        assert!(!talk.caught_up());
        talk.deliver(visitor_said(1, "old"));
        talk.deliver(visitor_said(2, "old"));
        assert!(talk.caught_up());
        let mut check = |event, state, waiting: Option<u64>| {
            assert!(talk.deliver(event), "new");
            let summary = talk.summary.as_ref().expect("known");
            assert_eq!((summary.state, summary.waiting_since_ms), (state, waiting));
        };
        check(event(3, true, What::Assigned), State::Assigned, Some(0));
        check(agent_said(4, "m1", "hello"), State::Assigned, None);
        check(visitor_said(5, "again"), State::Assigned, Some(5_000));
        check(visitor_said(6, "and again"), State::Assigned, Some(5_000));
        check(event(7, true, What::Closed), State::Closed, None);
        check(event(8, false, What::Reopened), State::Waiting, Some(8_000));
        check(event(9, true, What::Assigned), State::Assigned, Some(8_000));
        assert!(!talk.deliver(visitor_said(6, "and again")), "seen");
        assert!(!talk.deliver(event(9, true, What::Assigned)), "seen just now");
        // The queue may be older than the events.
        talk.update(&conversation("c", None).summary);
        assert_eq!(talk.missing_step(), None);
    }

    #[test]
    fn a_reply_is_shown_once() {
        let draft = Draft { client_message_id: "m1".into(), text: "hello".into() };
        let mut talk = Talk::default();
        talk.keep(&draft);
        talk.keep(&draft);
        assert_eq!(talk.replies.len(), 1);
        talk.mark("m1", Way::Sent);
        assert!(!talk.has_unsent());
        talk.deliver(agent_said(3, "m1", "hello"));
        assert!(talk.replies.is_empty());
        talk.keep(&draft);
        assert!(talk.replies.is_empty(), "it is among the events");
    }
}
