//! A connection by WebSocket.

use std::{cell::RefCell, rc::Rc};

use gloo::{events::EventListener, utils::window};
use handoff::{
    api::Ticket,
    chat::{ClientFrame, Farewell, ServerFrame, VERSION},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, MessageEvent, WebSocket};

use crate::{
    Identity, call,
    connection::Note,
    fate::{Fate, fate},
    frames::{heard, spoken},
};

/// An open or opening socket. Dropping it closes it; nothing is noted from then on.
pub(crate) struct Socket {
    shared: Rc<Shared>,
}

struct Shared {
    note: Box<dyn Fn(Note)>,
    open: RefCell<Option<Open>>,
}

struct Open {
    socket: WebSocket,
    _listening: Vec<EventListener>,
}

impl Drop for Open {
    fn drop(&mut self) {
        // Fails only with a code that we do not give.
        let _ = self.socket.close();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.shared.open.take();
    }
}

impl Socket {
    /// Opens a socket and says hello: that all events after `after` are wanted.
    pub(crate) fn open(identity: &Identity, after: u64, note: impl Fn(Note) + 'static) -> Self {
        let shared = Rc::new(Shared { note: Box::new(note), open: RefCell::default() });
        match identity {
            Identity::Visitor { token } => shared.connect(hello(token.clone(), after, None)),
            Identity::Agent { conversation } => {
                let (identity, conversation) = (identity.clone(), conversation.clone());
                let weak = Rc::downgrade(&shared);
                spawn_local(async move {
                    let ticket = call::<(), Ticket>("POST", "/v1/tickets", None, &[], None).await;
                    let Some(shared) = weak.upgrade() else {
                        return;
                    };
                    match ticket.map_err(|failure| fate(&failure, &identity, false)) {
                        Ok(Ticket { ticket, .. }) => shared.connect(hello(ticket, after, conversation)),
                        Err(Fate::NotAllowed) => shared.bye(Farewell::NotAllowed),
                        Err(_) => (shared.note)(Note::Lost),
                    }
                });
            }
        }
        Self { shared }
    }

    /// Sends a frame.
    pub(crate) fn send(&self, frame: &ClientFrame) {
        match spoken(frame) {
            Ok(text) => {
                if let Some(open) = &*self.shared.open.borrow() {
                    // A socket that is closing says so by an event of its own.
                    let _ = open.socket.send_with_str(&text);
                }
            }
            Err(refused) => (self.shared.note)(Note::Heard(refused)),
        }
    }
}

impl Shared {
    fn bye(&self, reason: Farewell) {
        (self.note)(Note::Opened);
        (self.note)(Note::Heard(ServerFrame::Bye { reason }));
    }

    fn connect(self: &Rc<Self>, hello: ClientFrame) {
        let Some(socket) = address().and_then(|address| WebSocket::new(&address).ok()) else {
            (self.note)(Note::Lost);
            return;
        };
        let greeting = serde_json::to_string(&hello).unwrap_or_default();
        let target = socket.clone();
        let listening = vec![
            self.on(&socket, "open", move |shared, _| {
                // First of all frames, before anything that the machine may say to an open connection.
                let _ = target.send_with_str(&greeting);
                (shared.note)(Note::Opened);
            }),
            self.on(&socket, "message", |shared, event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                (shared.note)(Note::Heard(heard(&text.unwrap_or_default())));
            }),
            // Comes after every error too.
            self.on(&socket, "close", |shared, _| (shared.note)(Note::Lost)),
        ];
        *self.open.borrow_mut() = Some(Open { socket, _listening: listening });
    }

    fn on(
        self: &Rc<Self>,
        socket: &WebSocket,
        name: &'static str,
        react: impl Fn(&Self, &Event) + 'static,
    ) -> EventListener {
        let weak = Rc::downgrade(self);
        EventListener::new(socket, name, move |event| {
            if let Some(shared) = weak.upgrade() {
                react(&shared, event);
            }
        })
    }
}

fn hello(token: String, after: u64, conversation: Option<String>) -> ClientFrame {
    ClientFrame::Hello { version: VERSION, token, after, conversation }
}

/// `wss://` where the page came by `https://`.
fn address() -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/v1/events", location.host().ok()?))
}
