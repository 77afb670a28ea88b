//! What the two sides of a live conversation say to each other, as JSON in text frames.
//!
//! A conversation is a gapless sequence of [`Event`]s, numbered from 1 by the desk inside the commit that stores them.
//! Order is the number, never a clock. The client says [`ClientFrame::Hello`] with the number of the last event that it
//! has; the desk gives all later ones, then live ones. An [`ServerFrame::Ack`] is sent only after a synced commit.
//! The same event may arrive twice (live and by resume); a client drops numbers that it has seen, and resumes where it
//! sees a gap.

use serde::{Deserialize, Serialize};

use crate::api::{Problem, Wait};

/// Version of the chat protocol.
pub const VERSION: u16 = 1;

/// Something that happened in a conversation. Never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Number in the conversation: 1, 2, 3, ... without gaps.
    pub seq: u64,
    /// When the desk stored it, in milliseconds since 1970. For display only.
    pub at_ms: u64,
    /// Who did it.
    pub by: Participant,
    /// What.
    pub what: What,
}

/// Who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Participant {
    /// The visitor.
    Visitor,
    /// An agent: always a person, with the name that visitors see.
    Agent {
        /// Id of the agent.
        id: String,
        /// Name that visitors see.
        name: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum What {
    /// The hand-off arrived. Always event 1; the transcript is read apart.
    HandedOff,
    /// Somebody wrote. The visitor's words of the hand-off form are event 2.
    Message {
        /// Chosen by the writer before sending; unique in the conversation for ever.
        client_message_id: String,
        /// The text, redacted, without U+0000.
        text: String,
    },
    /// An agent took the conversation (the one who did it).
    Assigned,
    /// The conversation was closed. A later message of the visitor opens it again.
    Closed,
    /// The conversation was opened again.
    Reopened,
}

/// What a client says. In JSON an object whose `type` names the kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// First frame: who speaks, and what he has seen.
    Hello {
        /// [`VERSION`].
        version: u16,
        /// The visitor's token, or an agent's one-time ticket.
        token: String,
        /// Number of the last event that the client has; 0 for none.
        after: u64,
        /// For agents: the conversation. Visitors have one, which the token names. An agent's hello without it
        /// subscribes to the queue.
        #[serde(default)]
        conversation: Option<String>,
    },
    /// A message.
    Message {
        /// Chosen by the client, stored before sending: 1 to 64 of `A-Z a-z 0-9 _ -`.
        client_message_id: String,
        /// At most [`crate::limits::MESSAGE_BYTES`].
        text: String,
    },
    /// Asks for a pong. Browsers cannot send WebSocket pings.
    Ping,
    /// Answers a ping.
    Pong,
}

/// What the desk says. In JSON an object whose `type` names the kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// Answer to hello. Events after the hello's `after` follow.
    Welcome {
        /// [`VERSION`].
        version: u16,
        /// Number of the conversation's last event at this moment.
        last: u64,
        /// Seconds between pings of the desk; a client that heard nothing for twice as long is cut off.
        heartbeat_s: u32,
    },
    /// An event. Not inlined: the frame's `type` and the event's own must not mix.
    Event {
        /// The event.
        event: Event,
    },
    /// The message is on the desk's disk.
    Ack {
        /// The message's id.
        client_message_id: String,
        /// Its number.
        seq: u64,
        /// When it was stored, in milliseconds since 1970.
        at_ms: u64,
    },
    /// The message will never be stored; sending it again is useless.
    Refused {
        /// The message's id.
        client_message_id: String,
        /// Why, and what to do.
        problem: Problem,
    },
    /// For visitors: the place in the queue. Not an event; the latest holds. `None` once an agent has taken over.
    Queue {
        /// 1 for the next.
        position: Option<u32>,
        /// How long it may take.
        wait: Wait,
    },
    /// For agents that subscribe to the queue: this conversation is new or has changed; fetch it or the queue.
    Changed {
        /// The conversation.
        conversation: String,
        /// Number of its last event.
        last: u64,
    },
    /// Asks for a pong.
    Ping,
    /// Answers a ping.
    Pong,
    /// The desk ends this connection.
    Bye {
        /// Why.
        reason: Farewell,
    },
}

/// Why the desk ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Farewell {
    /// The token, ticket or conversation is not valid (any more). Connecting again is useless.
    NotAllowed,
    /// A frame was too large, not JSON, or out of order.
    Misused,
    /// The client read too slowly. Connect again and resume.
    TooSlow,
    /// The desk is being stopped or could not store something. Connect again and resume.
    Restarting,
    /// Nothing was heard for too long. Connect again and resume.
    Silent,
}
