//! A connection to the desk as two channels of frames, by WebSocket or by long poll.

use std::time::Duration;

use desk_client::Transport;
use futures_util::{SinkExt, StreamExt};
use handoff::api::NewMessage;
use handoff::chat::{ClientFrame, ServerFrame, VERSION};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

use crate::http::{Caller, Routes};

/// What comes from a connection.
pub(crate) enum Arrival {
    /// It is open; the hello has been sent.
    Opened,
    /// A frame.
    Frame(ServerFrame),
    /// It is over.
    Lost,
}

/// An open or opening connection; dropping it cuts it.
pub(crate) struct Link {
    frames: UnboundedSender<ClientFrame>,
    task: JoinHandle<()>,
}

impl Link {
    /// Opens a connection; what happens on it is told with its number.
    pub(crate) fn open(
        routes: &Routes,
        caller: &Caller,
        number: u64,
        transport: Transport,
        after: u64,
        arrivals: UnboundedSender<(u64, Arrival)>,
    ) -> Self {
        let (frames, outgoing) = unbounded_channel();
        let (routes, caller) = (routes.clone(), caller.clone());
        let task = tokio::spawn(async move {
            let told = arrivals.clone();
            let tell = move |arrival| {
                // Nobody listens any more only when the run is over.
                let _ = told.send((number, arrival));
            };
            let run = async {
                match transport {
                    Transport::Socket => socket(&routes, &caller, after, outgoing, &tell).await,
                    Transport::Polling => polling(&routes, &caller, after, outgoing, &tell).await,
                }
            };
            // Why does not matter: the desk has been killed.
            let _ = run.await;
            let _ = arrivals.send((number, Arrival::Lost));
        });
        Self { frames, task }
    }

    /// Sends a frame.
    pub(crate) fn send(&self, frame: ClientFrame) {
        let _ = self.frames.send(frame);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn socket(
    routes: &Routes,
    caller: &Caller,
    after: u64,
    mut outgoing: UnboundedReceiver<ClientFrame>,
    tell: &impl Fn(Arrival),
) -> anyhow::Result<()> {
    let (token, conversation) = match caller {
        Caller::Visitor(token) => (token.clone(), None),
        Caller::Agent { conversation, .. } => (routes.ticket(caller).await?, Some(conversation.clone())),
    };
    let mut request = routes.socket().into_client_request()?;
    request.headers_mut().insert("origin", routes.origin().parse()?);
    let opening = tokio_tungstenite::connect_async(request);
    let (mut stream, _) = tokio::time::timeout(Duration::from_secs(5), opening).await??;
    let hello = ClientFrame::Hello { version: VERSION, token, after, conversation };
    stream.send(text(&hello)?).await?;
    tell(Arrival::Opened);
    loop {
        tokio::select! {
            frame = outgoing.recv() => match frame {
                Some(frame) => stream.send(text(&frame)?).await?,
                None => return Ok(()),
            },
            message = stream.next() => match message {
                Some(Ok(Message::Text(text))) => tell(Arrival::Frame(serde_json::from_str(&text)?)),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                Some(Ok(_)) => {}
            },
        }
    }
}

fn text(frame: &ClientFrame) -> anyhow::Result<Message> {
    Ok(Message::text(serde_json::to_string(frame)?))
}

async fn polling(
    routes: &Routes,
    caller: &Caller,
    mut after: u64,
    mut outgoing: UnboundedReceiver<ClientFrame>,
    tell: &impl Fn(Arrival),
) -> anyhow::Result<()> {
    let first = routes.events(caller, after, 0).await?;
    tell(Arrival::Opened);
    tell(Arrival::Frame(ServerFrame::Welcome { version: VERSION, last: first.last, heartbeat_s: 30 }));
    let hear = async {
        let mut page = first;
        loop {
            for event in page.events {
                after = event.seq;
                tell(Arrival::Frame(ServerFrame::Event { event }));
            }
            page = routes.events(caller, after, 5).await?;
        }
        #[expect(unreachable_code, reason = "names the type of the loop")]
        anyhow::Ok(())
    };
    let say = async {
        while let Some(frame) = outgoing.recv().await {
            match frame {
                ClientFrame::Message { client_message_id, text } => {
                    let stored = routes.message(caller, &NewMessage { client_message_id, text }).await?;
                    let handoff::api::Stored { client_message_id, seq, at_ms } = stored;
                    tell(Arrival::Frame(ServerFrame::Ack { client_message_id, seq, at_ms }));
                }
                ClientFrame::Ping => tell(Arrival::Frame(ServerFrame::Pong)),
                ClientFrame::Hello { .. } | ClientFrame::Pong => {}
            }
        }
        anyhow::Ok(())
    };
    tokio::try_join!(hear, say)?;
    Ok(())
}
