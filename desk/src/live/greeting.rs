//! The first frame: who speaks, and what of.

use std::time::{Duration, Instant};

use axum::extract::ws::Message;
use futures_util::{Sink, Stream};
use handoff::chat::{ClientFrame, Farewell, VERSION};
use tokio::time::timeout;

use crate::{
    agents::{session::SignedIn, ticket::Tickets},
    random,
    state::Desk,
    token,
};

use super::line::{End, Heard, Line};

/// How long a client may take to say who it is.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Longest token that is looked up.
const TOKEN_BYTES_MAX: usize = 256;

/// Who speaks.
pub(super) enum Caller {
    /// A visitor, in his conversation.
    Visitor {
        /// The conversation.
        conversation: String,
        /// Number of the last event that he has.
        after: u64,
    },
    /// An agent, in a conversation or at the queue.
    Agent {
        /// Who.
        who: SignedIn,
        /// The conversation; `None` for the queue.
        conversation: Option<String>,
        /// Number of the last event that he has.
        after: u64,
    },
}

/// Hears the first frame. `at_home`: whether the page is one of the desk's own, as agents' pages must be.
pub(super) async fn hear<S, E>(desk: &Desk, line: &mut Line<S>, at_home: bool) -> Result<Caller, End>
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    let heard = tokio::select! {
        heard = timeout(PATIENCE, line.hear()) => heard.map_err(|_| End::Bye(Farewell::Silent))?,
        () = desk.stopped() => return Err(End::Bye(Farewell::Restarting)),
    };
    let (token, after, conversation) = match heard {
        Heard::Frame(ClientFrame::Hello { version: VERSION, token, after, conversation }) => {
            (token, after, conversation)
        }
        Heard::Frame(_) | Heard::Nonsense => return Err(End::Bye(Farewell::Misused)),
        Heard::Gone => return Err(End::Gone),
    };
    let refused = End::Bye(Farewell::NotAllowed);
    if Tickets::is_one(&token) {
        // Taken even where it is refused: a ticket that was shown to a foreign page is spent.
        let who = desk.tickets.take(&token, Instant::now()).filter(|_| at_home).ok_or(refused)?;
        if conversation.as_deref().is_some_and(|conversation| !random::is_id(conversation)) {
            return Err(refused);
        }
        return Ok(Caller::Agent { who, conversation, after });
    }
    if token.len() > TOKEN_BYTES_MAX {
        return Err(refused);
    }
    let found = desk.store.conversation_of(token::hash(&token)).await.map_err(|error| super::failed(&error))?;
    match found {
        Some(own) if conversation.is_none_or(|asked| asked == own) => Ok(Caller::Visitor { conversation: own, after }),
        _ => Err(refused),
    }
}
