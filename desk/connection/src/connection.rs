use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use desk_client::{Client, Config, Draft, Input, Output, Transport};
use gloo::{
    events::EventListener,
    timers::callback::Timeout,
    utils::{document, window},
};
use handoff::chat::{ClientFrame, ServerFrame};
use web_sys::VisibilityState;

use crate::{
    Outbox,
    clock::Clock,
    polling::Polling,
    random::{random, random_id},
    socket::Socket,
};

/// Longest time that a timer is set for, in milliseconds: beyond 2^31 browsers take it for none.
const LONGEST_MS: u64 = 3_600_000;

/// Who connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A visitor with the token of his conversation.
    Visitor {
        /// The token.
        token: String,
    },
    /// A signed-in agent; each connection fetches a one-time ticket.
    Agent {
        /// The conversation, or `None` for the queue.
        conversation: Option<String>,
    },
}

/// What happens on a link.
pub(crate) enum Note {
    /// It is open, and hello was said.
    Opened,
    /// A frame came.
    Heard(ServerFrame),
    /// It is over.
    Lost,
}

enum Link {
    Socket(Socket),
    Polling(Polling),
}

/// A running connection. Dropping it closes it.
pub struct Connection {
    inner: Rc<Inner>,
}

struct Inner {
    identity: Identity,
    outbox: Box<dyn Outbox>,
    outputs: Rc<dyn Fn(Output)>,
    changed: Rc<dyn Fn()>,
    client: RefCell<Client>,
    clock: Clock,
    /// What happened while something else was being carried out.
    inbox: RefCell<VecDeque<Input>>,
    busy: Cell<bool>,
    over: Cell<bool>,
    /// With the number of its connection.
    link: RefCell<Option<(u64, Link)>>,
    timer: RefCell<Option<Timeout>>,
    listening: RefCell<Vec<EventListener>>,
}

impl Connection {
    /// Starts with the outbox's drafts and asks for all events from the first one on. `outputs` hears every output that
    /// concerns the screen (`Deliver`, `Sent`, `Refused`, `Queue`, `Status`, and `Keep` and `Forget` after they are carried
    /// out); it may be called before this returns. For the queue subscription `changed` is called instead of deliveries,
    /// also after each welcome, for what was missed.
    pub fn start(
        identity: Identity,
        outbox: Box<dyn Outbox>,
        outputs: Rc<dyn Fn(Output)>,
        changed: Rc<dyn Fn()>,
    ) -> Self {
        let inner = Rc::new(Inner {
            client: RefCell::new(Client::new(Config::default(), 0, outbox.drafts())),
            identity,
            outbox,
            outputs,
            changed,
            clock: Clock::default(),
            inbox: RefCell::default(),
            busy: Cell::default(),
            over: Cell::default(),
            link: RefCell::default(),
            timer: RefCell::default(),
            listening: RefCell::default(),
        });
        *inner.listening.borrow_mut() = hurries(&inner);
        inner.tell(Input::Start);
        Self { inner }
    }

    /// Writes a message and gives the id that was made for it.
    pub fn write(&self, text: String) -> String {
        let client_message_id = random_id();
        self.inner.tell(Input::Write(Draft { client_message_id: client_message_id.clone(), text }));
        client_message_id
    }

    /// Tells the machine something from outside, such as [`Input::Hurry`] for a button "Try now".
    pub fn tell(&self, input: Input) {
        self.inner.tell(input);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let inner = &self.inner;
        inner.over.set(true);
        inner.link.take();
        inner.timer.take();
        inner.listening.take();
    }
}

/// Whatever tells that the network or the person may be back.
fn hurries(inner: &Rc<Inner>) -> Vec<EventListener> {
    let on = |target: &web_sys::EventTarget, name: &'static str| {
        let weak = Rc::downgrade(inner);
        EventListener::new(target, name, move |_| {
            if let Some(inner) = weak.upgrade()
                && (name != "visibilitychange" || document().visibility_state() == VisibilityState::Visible)
            {
                inner.tell(Input::Hurry);
            }
        })
    };
    let window = window();
    vec![on(&window, "online"), on(&window, "pageshow"), on(&window, "focus"), on(&document(), "visibilitychange")]
}

impl Inner {
    /// Lets the machine take in what happened, and carries out what it says, in order. What happens meanwhile waits.
    fn tell(self: &Rc<Self>, input: Input) {
        self.inbox.borrow_mut().push_back(input);
        if self.busy.replace(true) {
            return;
        }
        loop {
            let next = self.inbox.borrow_mut().pop_front();
            let Some(input) = next.filter(|_| !self.over.get()) else {
                break;
            };
            let outputs = self.client.borrow_mut().handle(self.clock.now(), random(), input);
            for output in outputs {
                self.carry_out(output);
            }
        }
        self.busy.set(false);
        self.set_timer();
    }

    fn set_timer(self: &Rc<Self>) {
        let due = self.client.borrow().wake_at().filter(|_| !self.over.get());
        let timer = due.map(|due| {
            let weak = Rc::downgrade(self);
            let left = due.saturating_sub(self.clock.now()).min(LONGEST_MS);
            Timeout::new(left as u32, move || {
                if let Some(inner) = weak.upgrade() {
                    inner.tell(Input::Woken);
                }
            })
        });
        *self.timer.borrow_mut() = timer;
    }

    fn carry_out(self: &Rc<Self>, output: Output) {
        if self.over.get() {
            return;
        }
        match output {
            Output::Keep(draft) => {
                self.outbox.keep(&draft);
                (self.outputs)(Output::Keep(draft));
            }
            Output::Forget { client_message_id } => {
                self.outbox.forget(&client_message_id);
                (self.outputs)(Output::Forget { client_message_id });
            }
            Output::Connect { connection, transport, after } => {
                // The old link goes first: what it still says must not be taken for the new one's.
                self.link.take();
                let link = self.open(connection, transport, after);
                *self.link.borrow_mut() = link.map(|link| (connection, link));
            }
            Output::Disconnect => {
                self.link.take();
            }
            Output::Send(frame) => self.send(&frame),
            shown => (self.outputs)(shown),
        }
    }

    fn send(&self, frame: &ClientFrame) {
        match &*self.link.borrow() {
            Some((_, Link::Socket(socket))) => socket.send(frame),
            Some((_, Link::Polling(polling))) => polling.send(frame),
            None => {}
        }
    }

    fn open(self: &Rc<Self>, connection: u64, transport: Transport, after: u64) -> Option<Link> {
        let weak = Rc::downgrade(self);
        let note = move |note| {
            if let Some(inner) = weak.upgrade() {
                inner.note(connection, note);
            }
        };
        match transport {
            Transport::Socket => Some(Link::Socket(Socket::open(&self.identity, after, note))),
            Transport::Polling => {
                let polling = Polling::open(&self.identity, after, note);
                if polling.is_none() {
                    self.tell(Input::Lost { connection });
                }
                polling.map(Link::Polling)
            }
        }
    }

    fn note(self: &Rc<Self>, connection: u64, note: Note) {
        match note {
            Note::Lost => self.tell(Input::Lost { connection }),
            _ if !self.is_current(connection) => {}
            Note::Opened => self.tell(Input::Opened),
            Note::Heard(frame) => {
                let queue = matches!(self.identity, Identity::Agent { conversation: None });
                let welcome = matches!(frame, ServerFrame::Welcome { .. });
                let changed = queue && (welcome || matches!(frame, ServerFrame::Changed { .. }));
                self.tell(Input::Heard(frame));
                if welcome {
                    self.adopt();
                }
                if changed && !self.over.get() {
                    (self.changed)();
                }
            }
        }
    }

    /// Frames of a link that was given up are not heard. While a link is being opened there is none to compare with, and
    /// only the new one can speak.
    fn is_current(&self, connection: u64) -> bool {
        self.link.try_borrow().is_ok_and(|link| link.as_ref().is_none_or(|(current, _)| *current == connection))
    }

    /// Takes over drafts of tabs that were closed before they could send. Where such a tab still lives both send, and the
    /// desk stores the first.
    fn adopt(self: &Rc<Self>) {
        for draft in self.outbox.drafts() {
            let known = self.client.borrow().outbox().any(|known| known.client_message_id == draft.client_message_id);
            if !known {
                self.tell(Input::Write(draft));
            }
        }
    }
}
