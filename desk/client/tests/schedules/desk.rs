//! A model of the desk: a durable log with a unique key and gapless numbers, and a volatile rest that a crash loses.

use handoff::{
    api::{Problem, Wait},
    chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, VERSION, What},
};

use crate::plan::Who;

/// What is wrong with the desk on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// Acknowledges before the commit.
    AckFirst,
    /// Acknowledges after the commit, but a crash loses the latest one: it was not synced.
    LazySync,
    /// Stores a message as often as it comes.
    NoUniqueKey,
    /// Gives what happens from now on, whatever the client has seen.
    NoResume,
    /// The same, but who has seen nothing gets everything.
    NoResumeAfterLoss,
}

/// A text that the desk refuses.
pub(crate) const REFUSED: &str = "refused";

/// What a poll or a post asks.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    Events { after: u64, wait: u64 },
    Message { client_message_id: String, text: String },
}

/// What the desk says on a link.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Frame(ServerFrame),
    /// The answer to the poll.
    Page {
        events: Vec<Event>,
        last: u64,
    },
    /// The answer to the post.
    Posted(ServerFrame),
}

pub(crate) type Replies = Vec<(usize, Reply)>;

struct Pending {
    /// Link to tell, and whether it was a post there.
    from: Option<(usize, bool)>,
    by: Participant,
    what: What,
}

enum Listener {
    Socket { link: usize },
    Poll { link: usize, after: u64 },
}

pub(crate) struct Desk {
    pub(crate) fault: Fault,
    /// What is on the disk.
    pub(crate) log: Vec<Event>,
    pending: Vec<Pending>,
    listeners: Vec<Listener>,
    /// How much of the log was there before the latest commit.
    synced: usize,
    /// Messages that came again.
    pub(crate) repeats: u64,
    /// Rises with each crash.
    pub(crate) life: u32,
    pub(crate) up: bool,
}

impl Desk {
    pub(crate) fn new(fault: Fault) -> Self {
        let log = vec![Event { seq: 1, at_ms: 0, by: Participant::Visitor, what: What::HandedOff }];
        Self { fault, log, pending: Vec::new(), listeners: Vec::new(), synced: 1, repeats: 0, life: 0, up: true }
    }

    fn last(&self) -> u64 {
        self.log.len() as u64
    }

    pub(crate) fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    pub(crate) fn has_pending_from(&self, of: impl Fn(usize) -> bool) -> bool {
        self.pending.iter().any(|pending| pending.from.is_some_and(|(link, _)| of(link)))
    }

    /// After which event a client is served that has this one.
    fn resumed(&self, after: u64) -> u64 {
        match self.fault {
            Fault::NoResume => self.last(),
            Fault::NoResumeAfterLoss if after > 0 => self.last(),
            _ => after,
        }
    }

    fn events_after(&self, after: u64) -> &[Event] {
        self.log.get(after as usize..).unwrap_or_default()
    }

    /// A frame on a socket.
    pub(crate) fn hears(&mut self, link: usize, who: Who, allowed: bool, frame: ClientFrame, replies: &mut Replies) {
        match frame {
            ClientFrame::Hello { .. } if !allowed => {
                let reason = Farewell::NotAllowed;
                replies.push((link, Reply::Frame(ServerFrame::Bye { reason })));
            }
            ClientFrame::Hello { after, .. } => {
                self.listeners.push(Listener::Socket { link });
                let welcome = ServerFrame::Welcome { version: VERSION, last: self.last(), heartbeat_s: 30 };
                replies.push((link, Reply::Frame(welcome)));
                let queue = ServerFrame::Queue { position: Some(1), wait: Wait::Unknown };
                replies.push((link, Reply::Frame(queue)));
                if self.fault != Fault::NoResume {
                    let events = self.events_after(after).iter();
                    replies
                        .extend(events.map(|event| (link, Reply::Frame(ServerFrame::Event { event: event.clone() }))));
                }
            }
            ClientFrame::Message { client_message_id, text } => {
                self.takes(link, false, who, client_message_id, text, replies);
            }
            ClientFrame::Ping => replies.push((link, Reply::Frame(ServerFrame::Pong))),
            ClientFrame::Pong => {}
        }
    }

    /// A request on a polling link. Gives how long the answer may wait, where it must.
    pub(crate) fn is_asked(
        &mut self,
        link: usize,
        who: Who,
        allowed: bool,
        request: Request,
        replies: &mut Replies,
    ) -> Option<u64> {
        match request {
            Request::Events { .. } if !allowed => {
                let reason = Farewell::NotAllowed;
                replies.push((link, Reply::Posted(ServerFrame::Bye { reason })));
            }
            Request::Events { after, wait } => {
                let after = self.resumed(after);
                let events = self.events_after(after).to_vec();
                if events.is_empty() && wait > 0 {
                    self.listeners.push(Listener::Poll { link, after });
                    return Some(wait);
                }
                replies.push((link, Reply::Page { events, last: self.last() }));
            }
            Request::Message { client_message_id, text } => {
                self.takes(link, true, who, client_message_id, text, replies);
            }
        }
        None
    }

    /// A poll has waited long enough.
    pub(crate) fn wait_is_over(&mut self, link: usize, replies: &mut Replies) {
        let waits = |listener: &Listener| matches!(listener, Listener::Poll { link: of, .. } if *of == link);
        let before = self.listeners.len();
        self.listeners.retain(|listener| !waits(listener));
        if self.listeners.len() < before {
            replies.push((link, Reply::Page { events: Vec::new(), last: self.last() }));
        }
    }

    fn takes(&mut self, link: usize, post: bool, who: Who, id: String, text: String, replies: &mut Replies) {
        if text == REFUSED {
            let problem = Problem { kind: "x".into(), title: "x".into(), status: 422, detail: "x".into() };
            let refused = ServerFrame::Refused { client_message_id: id, problem };
            replies.push((link, if post { Reply::Posted(refused) } else { Reply::Frame(refused) }));
            return;
        }
        if self.fault == Fault::AckFirst {
            let seq = self.seq_of(&id).unwrap_or(self.last() + self.pending.len() as u64 + 1);
            replies.push((link, ack(post, &id, seq)));
        }
        let what = What::Message { client_message_id: id, text };
        self.pending.push(Pending { from: Some((link, post)), by: participant(who), what });
    }

    /// An agent does something besides writing.
    pub(crate) fn note(&mut self) {
        self.pending.push(Pending { from: None, by: participant(Who::Agent), what: What::Assigned });
    }

    fn seq_of(&self, id: &str) -> Option<u64> {
        let is_it =
            |event: &&Event| matches!(&event.what, What::Message { client_message_id, .. } if client_message_id == id);
        self.log.iter().find(is_it).map(|event| event.seq)
    }

    /// Everything that waits gets onto the disk.
    pub(crate) fn commits(&mut self, now: u64) -> Replies {
        let mut replies = Vec::new();
        let before = self.last();
        self.synced = self.log.len();
        for pending in std::mem::take(&mut self.pending) {
            let id = match &pending.what {
                What::Message { client_message_id, .. } => Some(client_message_id.clone()),
                _ => None,
            };
            let known = id.as_deref().and_then(|id| self.seq_of(id)).filter(|_| self.fault != Fault::NoUniqueKey);
            self.repeats += u64::from(known.is_some());
            let seq = known.unwrap_or_else(|| {
                let seq = self.last() + 1;
                self.log.push(Event { seq, at_ms: now, by: pending.by, what: pending.what });
                seq
            });
            if let (Some(id), Some((link, post))) = (id, pending.from)
                && self.fault != Fault::AckFirst
            {
                replies.push((link, ack(post, &id, seq)));
            }
        }
        if self.last() > before {
            self.tell(before, &mut replies);
        }
        replies
    }

    /// Tells listeners of what was just committed.
    fn tell(&mut self, before: u64, replies: &mut Replies) {
        let last = self.last();
        let log = &self.log;
        self.listeners.retain(|listener| match *listener {
            Listener::Socket { link } => {
                for event in log.get(before as usize..).unwrap_or_default() {
                    replies.push((link, Reply::Frame(ServerFrame::Event { event: event.clone() })));
                }
                true
            }
            Listener::Poll { link, after } => {
                let events = log.get(after as usize..).unwrap_or_default().to_vec();
                replies.push((link, Reply::Page { events, last }));
                false
            }
        });
    }

    pub(crate) fn sockets(&self) -> impl Iterator<Item = usize> {
        self.listeners.iter().filter_map(|listener| match listener {
            Listener::Socket { link } => Some(*link),
            Listener::Poll { .. } => None,
        })
    }

    /// The desk sees that a link is gone.
    pub(crate) fn is_rid_of(&mut self, gone: usize) {
        self.listeners.retain(|listener| match listener {
            Listener::Socket { link } | Listener::Poll { link, .. } => *link != gone,
        });
    }

    pub(crate) fn dies(&mut self) {
        self.pending.clear();
        if self.fault == Fault::LazySync {
            self.log.truncate(self.synced);
        }
        self.listeners.clear();
        self.life += 1;
        self.up = false;
    }
}

fn participant(who: Who) -> Participant {
    match who {
        Who::Visitor => Participant::Visitor,
        Who::Agent => Participant::Agent { id: "a".into(), name: "Kim".into() },
    }
}

fn ack(post: bool, id: &str, seq: u64) -> Reply {
    let ack = ServerFrame::Ack { client_message_id: id.to_owned(), seq, at_ms: 0 };
    if post { Reply::Posted(ack) } else { Reply::Frame(ack) }
}
