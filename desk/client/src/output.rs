use handoff::{
    api::{Problem, Wait},
    chat::{ClientFrame, Event},
};

use crate::{Draft, Status, Transport};

/// What to do, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Store this draft durably *before* anything that follows.
    Keep(Draft),
    /// This draft is stored by the desk (or refused): forget it.
    Forget {
        /// Its id.
        client_message_id: String,
    },
    /// Open a connection; close any older one. Say [`Input::Opened`](crate::Input::Opened), then send a hello with this
    /// `after`.
    Connect {
        /// Rises with each.
        connection: u64,
        /// How.
        transport: Transport,
        /// Number of the last event that was delivered.
        after: u64,
    },
    /// Close the connection.
    Disconnect,
    /// Send a frame on it.
    Send(ClientFrame),
    /// Show an event: each once, in order, without gaps.
    Deliver(Event),
    /// A draft is on the desk's disk.
    Sent {
        /// Its id.
        client_message_id: String,
        /// Its number.
        seq: u64,
    },
    /// A draft will never be stored. Its text should be given back to the person.
    Refused {
        /// The draft.
        draft: Draft,
        /// Why.
        problem: Problem,
    },
    /// The place in the queue has changed.
    Queue {
        /// 1 for the next; `None` once an agent has taken over.
        position: Option<u32>,
        /// How long it may take.
        wait: Wait,
    },
    /// The state of the connection has changed.
    Status(Status),
}
