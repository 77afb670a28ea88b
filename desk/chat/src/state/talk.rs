//! A live conversation: events, own messages on their way, the place in the queue.

use desk_client::{Draft, Ended, Output, Status};
use handoff::{
    api::{Problem, Receipt, Wait},
    chat::{Event, Participant, What},
};

/// An own message that is no event yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Own {
    /// The message.
    pub(crate) draft: Draft,
    /// How far it is.
    pub(crate) progress: Progress,
}

/// How far an own message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Not known to be stored.
    Sending,
    /// On the desk's disk.
    Sent,
    /// Will never be stored.
    Refused(Problem),
}

/// A conversation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Talk {
    /// What opened it.
    pub(crate) receipt: Receipt,
    /// The visitor's words of the form, until they come as an event.
    pub(crate) first: Option<String>,
    /// What happened, in order.
    pub(crate) events: Vec<Event>,
    /// Own messages that are no events yet, oldest first.
    pub(crate) own: Vec<Own>,
    /// Place in the queue and wait, as they were said last.
    pub(crate) queue: Option<(Option<u32>, Wait)>,
    /// State of the connection.
    pub(crate) status: Status,
    /// Whether it has been away for long enough to say so.
    pub(crate) away: bool,
    /// Number of the last event that was shown.
    pub(crate) seen: u64,
    /// The same when this page began: what came before is history and not news.
    pub(crate) history: u64,
    /// What is typed in the box and not sent.
    pub(crate) typing: String,
    /// Whether it is being asked if a new conversation is to begin.
    pub(crate) asking: bool,
    /// Whether the last message was too long to be taken.
    pub(crate) too_long: bool,
}

impl Talk {
    /// A conversation of which events up to `seen` were shown before.
    pub(crate) fn new(receipt: Receipt, first: Option<String>, seen: u64) -> Self {
        Self {
            queue: first.as_ref().map(|_| (receipt.position, receipt.wait)),
            receipt,
            first,
            events: Vec::new(),
            own: Vec::new(),
            status: Status::Idle,
            away: false,
            seen,
            history: seen,
            typing: String::new(),
            asking: false,
            too_long: false,
        }
    }

    /// Takes in what the machine says. Gives whether the connection has just been lost.
    pub(crate) fn hear(&mut self, output: Output) -> bool {
        match output {
            Output::Deliver(event) => self.deliver(event),
            Output::Keep(draft) => {
                if !self.knows(&draft.client_message_id) {
                    self.own.push(Own { draft, progress: Progress::Sending });
                }
            }
            Output::Sent { client_message_id, .. } => self.progress(&client_message_id, Progress::Sent),
            Output::Refused { draft, problem } => {
                if !self.knows(&draft.client_message_id) {
                    self.own.push(Own { draft: draft.clone(), progress: Progress::Sending });
                }
                self.progress(&draft.client_message_id, Progress::Refused(problem));
            }
            Output::Queue { position, wait } => self.queue = Some((position, wait)),
            Output::Status(status) => {
                let was_there = matches!(self.status, Status::Live | Status::Idle);
                self.status = status;
                if status == Status::Live {
                    self.away = false;
                }
                return was_there && matches!(status, Status::Connecting | Status::Waiting { .. });
            }
            Output::Forget { .. } | Output::Connect { .. } | Output::Disconnect | Output::Send(_) => {}
        }
        false
    }

    fn deliver(&mut self, event: Event) {
        if event.seq <= self.last() {
            return;
        }
        if let What::Message { client_message_id, .. } = &event.what {
            self.own.retain(|own| own.draft.client_message_id != *client_message_id);
            if event.by == Participant::Visitor {
                self.first = None;
            }
        }
        self.events.push(event);
    }

    fn knows(&self, id: &str) -> bool {
        let of_event =
            |event: &Event| matches!(&event.what, What::Message { client_message_id, .. } if client_message_id == id);
        self.own.iter().any(|own| own.draft.client_message_id == id) || self.events.iter().any(of_event)
    }

    fn progress(&mut self, id: &str, progress: Progress) {
        if let Some(own) = self.own.iter_mut().find(|own| own.draft.client_message_id == id) {
            own.progress = progress;
        }
    }

    /// Takes a refused message away and gives its text.
    pub(crate) fn take_refused(&mut self, id: &str) -> Option<String> {
        let refused = |own: &Own| own.draft.client_message_id == id && matches!(own.progress, Progress::Refused(_));
        let at = self.own.iter().position(refused)?;
        Some(self.own.remove(at).draft.text)
    }

    /// Number of the last event.
    pub(crate) fn last(&self) -> u64 {
        self.events.last().map(|event| event.seq).unwrap_or_default()
    }

    /// Whether it is closed: no message of the visitor and no reopening came after the closing.
    pub(crate) fn is_closed(&self) -> bool {
        let decides = |event: &&Event| {
            matches!(event.what, What::Closed | What::Reopened)
                || (event.by == Participant::Visitor && matches!(event.what, What::Message { .. }))
        };
        self.events.iter().rev().find(decides).is_some_and(|event| event.what == What::Closed)
    }

    /// Name of the agent who took the conversation or wrote last.
    pub(crate) fn agent(&self) -> Option<&str> {
        self.events.iter().rev().find_map(|event| match (&event.by, &event.what) {
            (Participant::Agent { name, .. }, What::Assigned | What::Message { .. }) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Agents' messages that were not shown yet.
    pub(crate) fn unread(&self) -> u32 {
        let new = |event: &&Event| {
            event.seq > self.seen
                && matches!(event.what, What::Message { .. })
                && matches!(event.by, Participant::Agent { .. })
        };
        u32::try_from(self.events.iter().filter(new).count()).unwrap_or(u32::MAX)
    }

    /// Own messages that the desk is not known to have.
    pub(crate) fn unsent(&self) -> impl Iterator<Item = &Draft> {
        self.own.iter().filter(|own| own.progress != Progress::Sent).map(|own| &own.draft)
    }

    /// Whether the desk does not accept the token.
    pub(crate) fn is_gone(&self) -> bool {
        self.status == Status::Ended(Ended::NotAllowed)
    }

    /// Whether page and desk do not understand each other.
    pub(crate) fn is_outdated(&self) -> bool {
        self.status == Status::Ended(Ended::Misused)
    }
}
