//! A WebSocket from its first frame to its goodbye.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocketUpgrade};
use futures_util::{Sink, Stream};
use handoff::{chat::Participant, limits::FRAME_BYTES};

use crate::state::Desk;

use super::{
    conversation::{self, Talk},
    greeting::{self, Caller},
    line::{End, Line},
    presence::Pass,
    queue,
};

/// What is read or gathered at once. The library's own 128 KiB, twice for each socket, would be most of the desk's
/// memory.
const BUFFER_BYTES: usize = 4 * 1024;
/// What may wait to be written: one frame with the longest text, each of its bytes written as `\u0000`.
const WRITE_BYTES_MAX: usize = 512 * 1024;

/// The limits of a socket.
pub(crate) fn limited(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .max_message_size(FRAME_BYTES)
        .max_frame_size(FRAME_BYTES)
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BYTES_MAX)
}

/// Serves a socket until it ends. `at_home`: whether the page is one of the desk's own.
pub(crate) async fn attend<S, E>(desk: Arc<Desk>, socket: S, at_home: bool)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    let _counted = desk.count_socket();
    let mut line = Line::new(socket);
    let end = match greeting::hear(&desk, &mut line, at_home).await {
        Err(end) => end,
        Ok(caller) => serve(&desk, &mut line, caller).await,
    };
    tracing::debug!(?end, "a socket ends");
    match end {
        End::Bye(reason) => line.part(reason).await,
        End::Gone => line.leave().await,
    }
}

async fn serve<S, E>(desk: &Desk, line: &mut Line<S>, caller: Caller) -> End
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    match caller {
        Caller::Visitor { conversation, after } => {
            conversation::serve(desk, line, Talk { conversation, by: Participant::Visitor, after, pass: None }).await
        }
        Caller::Agent { who, conversation: Some(conversation), after } => {
            let pass = Some(Pass::new(desk, who.session));
            let by = Participant::Agent { id: who.agent.id, name: who.agent.name };
            conversation::serve(desk, line, Talk { conversation, by, after, pass }).await
        }
        Caller::Agent { who, conversation: None, .. } => queue::serve(desk, line, Pass::new(desk, who.session)).await,
    }
}
