//! A plain socket of a visitor, without the client's machine: for rigs that count and time single frames.

use std::time::Duration;

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use handoff::chat::{ClientFrame, ServerFrame, VERSION};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::http::Routes;

/// How long a frame may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A welcomed socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens the socket of the conversation that the token opens, and waits for the welcome.
    ///
    /// # Errors
    /// Where the desk does not welcome.
    pub(crate) async fn open(routes: &Routes, token: &str) -> anyhow::Result<Self> {
        let mut request = routes.socket().into_client_request()?;
        request.headers_mut().insert("origin", routes.origin().parse()?);
        let (stream, _) = tokio_tungstenite::connect_async(request).await?;
        let mut socket = Self(stream);
        let hello = ClientFrame::Hello { version: VERSION, token: token.to_owned(), after: 0, conversation: None };
        socket.say(&hello).await?;
        while !matches!(socket.hear().await?, ServerFrame::Welcome { .. }) {}
        Ok(socket)
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// Where the socket is closed.
    pub(crate) async fn say(&mut self, frame: &ClientFrame) -> anyhow::Result<()> {
        Ok(self.0.send(Message::text(serde_json::to_string(frame)?)).await?)
    }

    /// The next frame.
    ///
    /// # Errors
    /// Where the socket is closed, or silent for too long.
    pub(crate) async fn hear(&mut self) -> anyhow::Result<ServerFrame> {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.0.next()).await.context("the desk says nothing")?;
            match next.context("the desk closed the socket")?? {
                Message::Text(text) => return Ok(serde_json::from_str(&text)?),
                Message::Close(_) => bail!("the desk closed the socket"),
                _ => {}
            }
        }
    }

    /// The next acknowledgement: the id of its message.
    ///
    /// # Errors
    /// As [`Socket::hear`], and where a message is refused.
    pub(crate) async fn acknowledged(&mut self) -> anyhow::Result<String> {
        loop {
            match self.hear().await? {
                ServerFrame::Ack { client_message_id, .. } => return Ok(client_message_id),
                ServerFrame::Refused { problem, .. } => bail!("refused: {}", problem.detail),
                ServerFrame::Ping => self.say(&ClientFrame::Pong).await?,
                _ => {}
            }
        }
    }
}
