//! A socket that speaks in frames: text only, each way in order, and never waiting for long.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use handoff::chat::{ClientFrame, Farewell, ServerFrame};
use tokio::time::{Instant, timeout};

/// How long a frame may take to be written. Then whoever reads it reads too slowly.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How long the desk waits for the other side to close after it said goodbye, so that the goodbye is read.
const PARTING: Duration = Duration::from_secs(1);

/// The socket of one client.
pub(super) struct Line<S> {
    socket: S,
    heard_at: Instant,
}

/// What arrived.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// A frame of the protocol.
    Frame(ClientFrame),
    /// Something that is none, or that could not be read.
    Nonsense,
    /// The end.
    Gone,
}

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The other side is gone, or does not read.
    Gone,
    /// The desk ends it.
    Bye(Farewell),
}

impl<S, E> Line<S>
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    pub(super) fn new(socket: S) -> Self {
        Self { socket, heard_at: Instant::now() }
    }

    /// How long nothing was heard.
    pub(super) fn silence(&self) -> Duration {
        self.heard_at.elapsed()
    }

    /// The next frame. May be dropped and called again without loss.
    pub(super) async fn hear(&mut self) -> Heard {
        loop {
            let heard = self.socket.next().await;
            self.heard_at = Instant::now();
            return match heard {
                // A list of an object's values is an object to serde, and nonsense here.
                Some(Ok(Message::Text(text))) if !text.trim_ascii_start().starts_with('{') => Heard::Nonsense,
                Some(Ok(Message::Text(text))) => {
                    serde_json::from_str(text.as_str()).map_or(Heard::Nonsense, Heard::Frame)
                }
                // The library answers these by itself.
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Binary(_)) | Err(_)) => Heard::Nonsense,
                Some(Ok(Message::Close(_))) | None => Heard::Gone,
            };
        }
    }

    /// Says something. It is on its way when this returns; nothing is queued.
    pub(super) async fn say(&mut self, frame: &ServerFrame) -> Result<(), End> {
        // Frames are plain data and always become JSON.
        let Ok(text) = serde_json::to_string(frame) else { return Err(End::Gone) };
        match timeout(PATIENCE, self.socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => {
                // A goodbye would wait behind the frame that is stuck.
                tracing::debug!("a client read too slowly");
                Err(End::Gone)
            }
        }
    }

    /// Answers the other side's close, if it is still there: browsers tell a clean end from a broken one.
    pub(super) async fn leave(mut self) {
        let _ = timeout(PARTING, self.socket.close()).await;
    }

    /// Says goodbye, closes, and reads on for a moment: a connection cut with something unread would take the goodbye
    /// with it.
    pub(super) async fn part(mut self, reason: Farewell) {
        let close = CloseFrame { code: code(reason), reason: "".into() };
        let goodbye = async {
            self.say(&ServerFrame::Bye { reason }).await.ok()?;
            self.socket.send(Message::Close(Some(close))).await.ok()?;
            while self.socket.next().await?.is_ok() {}
            Some(())
        };
        let _ = timeout(PARTING, goodbye).await;
    }
}

/// Close code of the WebSocket protocol (RFC 6455 and the IANA registry).
fn code(reason: Farewell) -> u16 {
    match reason {
        Farewell::NotAllowed | Farewell::Misused => 1008,
        Farewell::Silent => 1001,
        Farewell::Restarting => 1012,
        Farewell::TooSlow => 1013,
    }
}
