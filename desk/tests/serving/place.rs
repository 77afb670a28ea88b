//! A desk that runs, and people at it.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use desk::{
    agents,
    config::{Database, Settings},
    origin::Origin,
    server::Server,
    store::{Store, sqlite::SqliteStore},
};
use futures_util::{SinkExt, StreamExt};
use handoff::{
    api::{Receipt, Role},
    chat::{ClientFrame, ServerFrame, VERSION},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest},
};

use crate::http::{Reply, Request};

/// The desk's own origin in all tests. Nothing listens there; only the header says so.
pub(crate) const DESK: &str = "https://desk.example";
/// Another origin on its list.
pub(crate) const SHOP: &str = "https://www.shop.example:8443";
pub(crate) const EMAIL: &str = "Mina@desk.example";
pub(crate) const PASSWORD: &str = "correct horse 한글";

/// A desk that runs.
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<dyn Store>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Place {
    pub(crate) async fn new() -> Self {
        Self::with_store(|store| store).await
    }

    /// A desk whose store is wrapped.
    pub(crate) async fn with_store(wrap: impl Fn(Arc<dyn Store>) -> Arc<dyn Store>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::start(folder, wrap).await
    }

    /// Stops it and starts it again on another port.
    pub(crate) async fn restarted(self) -> Self {
        let folder = self.stop().await;
        Self::start(folder, |store| store).await
    }

    /// Stops it.
    pub(crate) async fn stop(self) -> TempDir {
        self.stop.send(()).unwrap();
        timeout(Duration::from_secs(20), self.running).await.expect("the desk does not stop").unwrap();
        self.folder
    }

    async fn start(folder: TempDir, wrap: impl Fn(Arc<dyn Store>) -> Arc<dyn Store>) -> Self {
        let database = Database::Sqlite(folder.path().join("desk.sqlite"));
        let store: Arc<dyn Store> = wrap(Arc::new(SqliteStore::connect(&database.url()).await.unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let settings = Settings {
            listen: address,
            public_url: Some(Origin::parse(DESK).unwrap()),
            database,
            origins: vec![Origin::parse(SHOP).unwrap()],
            trusted_proxies: Vec::new(),
            metrics_listen: None,
            secrets_key_file: None,
            agents_kb: None,
        };
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let server = Server::new(settings, listener, Arc::clone(&store)).await.unwrap();
        let running = tokio::spawn(server.run(shutdown));
        Self { folder, address, store, stop, running }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) async fn send(&self, request: Request) -> Reply {
        request.send(self.address).await
    }

    /// An agent who has signed in: his cookie.
    pub(crate) async fn agent(&self) -> String {
        agents::add_agent(&self.store, EMAIL, Some("Mina"), Role::Agent, PASSWORD).await.unwrap();
        self.sign_in().await
    }

    pub(crate) async fn sign_in(&self) -> String {
        let reply = self.send(sign_in(EMAIL, PASSWORD)).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        cookie(&reply)
    }

    /// A visitor who has handed off.
    pub(crate) async fn visitor(&self, key: &str) -> Receipt {
        let reply = self.send(handoff_request(key)).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// A ticket for a socket.
    pub(crate) async fn ticket(&self, cookie: &str) -> String {
        let reply = self.send(as_agent(Request::post("/v1/tickets"), cookie)).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()["ticket"].as_str().unwrap().to_owned()
    }

    /// A socket that has said nothing yet.
    pub(crate) async fn socket(&self) -> Socket {
        open(self.address, &[("origin", DESK)]).await.unwrap()
    }

    /// A socket that has said hello.
    pub(crate) async fn hello(&self, token: &str, after: u64, conversation: Option<&str>) -> Socket {
        let mut socket = self.socket().await;
        let conversation = conversation.map(Into::into);
        socket.say(&ClientFrame::Hello { version: VERSION, token: token.into(), after, conversation }).await;
        socket
    }
}

/// A WebSocket from the client's side.
pub(crate) struct Socket(pub(crate) WebSocketStream<TcpStream>);

/// Opens a WebSocket with these headers.
pub(crate) async fn open(to: SocketAddr, headers: &[(&str, &str)]) -> Result<Socket, tungstenite::Error> {
    let mut request = format!("ws://{to}/v1/events").into_client_request().unwrap();
    for (name, value) in headers {
        let name: tungstenite::http::HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, tungstenite::http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let stream = TcpStream::connect(to).await.unwrap();
    stream.set_nodelay(true).unwrap();
    Ok(Socket(tokio_tungstenite::client_async(request, stream).await?.0))
}

impl Socket {
    pub(crate) async fn say(&mut self, frame: &ClientFrame) {
        self.say_text(&serde_json::to_string(frame).unwrap()).await;
    }

    pub(crate) async fn say_text(&mut self, text: &str) {
        let _ = self.0.send(Message::text(text)).await;
    }

    pub(crate) async fn write(&mut self, id: &str, text: &str) {
        self.say(&ClientFrame::Message { client_message_id: id.into(), text: text.into() }).await;
    }

    /// The next frame; `None` at the end.
    pub(crate) async fn hear(&mut self) -> Option<ServerFrame> {
        loop {
            let next = timeout(Duration::from_secs(30), self.0.next()).await.expect("nothing came for half a minute");
            match next?.ok()? {
                Message::Text(text) => return Some(serde_json::from_str(text.as_str()).unwrap()),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// What is heard until this is, this included.
    pub(crate) async fn hear_until(&mut self, is_it: impl Fn(&ServerFrame) -> bool) -> Vec<ServerFrame> {
        let mut heard = Vec::new();
        loop {
            let frame = self.hear().await.unwrap_or_else(|| panic!("the connection ended after {heard:?}"));
            let done = is_it(&frame);
            heard.push(frame);
            if done {
                return heard;
            }
        }
    }
}

/// A request of an agent's own page.
pub(crate) fn as_agent(request: Request, cookie: &str) -> Request {
    request.header("origin", DESK).header("cookie", cookie)
}

pub(crate) fn sign_in(email: &str, password: &str) -> Request {
    Request::post("/v1/session").header("origin", DESK).json(&json!({"email": email, "password": password}))
}

/// `name=value` of the cookie that an answer sets.
pub(crate) fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// A key from a short name.
pub(crate) fn long_key(key: &str) -> String {
    format!("{key:->22}")
}

pub(crate) fn handoff_request(key: &str) -> Request {
    Request::post("/v1/handoffs").header("origin", SHOP).header("idempotency-key", long_key(key)).json(&handoff_body())
}

/// A hand-off with something of everything.
pub(crate) fn handoff_body() -> Value {
    let shown = json!({"article": "reset", "section": "forgot-it", "title": "Reset your password",
        "url": "account/reset/", "version": "0123abcd", "confidence": 0.25, "passage": "Open the page."});
    json!({
        "message": "I cannot sign in. My card is 4111 1111 1111 1111.",
        "name": "Kim",
        "email": "kim@shop.example",
        "transcript": {
            "version": 1,
            "lang": "en",
            "page": {"url": "https://www.shop.example:8443/help", "title": "Help"},
            "cause": "low_confidence",
            "struck": 1,
            "entries": [
                {"at_ms": 1, "said": {"question": {"text": "reset password"}}},
                {"at_ms": 2, "said": {"reply": {"decision": "choose", "reason": "tie", "confidence": 0.25,
                    "shown": [shown], "vote": "not_helped"}}},
                {"at_ms": 3, "said": {"chosen": {"shown": shown, "vote": null}}},
                {"at_ms": 4, "said": {"read": {"article": "reset", "section": ""}}},
                {"at_ms": 5, "said": {"unavailable": {}}}
            ]
        }
    })
}

pub(crate) fn message(id: &str, text: &str) -> Value {
    json!({"client_message_id": id, "text": text})
}
