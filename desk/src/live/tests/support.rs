//! A desk without a network: sockets are channels, and time passes only where everybody waits.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::extract::ws::Message;
use futures_channel::mpsc;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use handoff::{
    api::Wait,
    chat::{ClientFrame, Farewell, Participant, ServerFrame, VERSION, What},
};
use tokio::{task::JoinHandle, time::timeout};

use crate::{
    agents::session::SignedIn,
    clock,
    live::socket,
    origin::{Origin, Origins},
    state::Desk,
    store::{NewConversation, NewEvent, Session, Store},
    store_for_tests::{MemoryStore, agent, transcript},
    token::{self, TokenKey},
};

/// The desk's end of a socket.
struct Pipe {
    from_client: mpsc::Receiver<Result<Message, ()>>,
    to_client: mpsc::Sender<Message>,
}

impl Stream for Pipe {
    type Item = Result<Message, ()>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.from_client.poll_next_unpin(context)
    }
}

impl Sink<Message> for Pipe {
    type Error = mpsc::SendError;

    fn poll_ready(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.to_client.poll_ready_unpin(context)
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), Self::Error> {
        self.to_client.start_send_unpin(message)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.to_client.poll_flush_unpin(context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.to_client.poll_close_unpin(context)
    }
}

/// The client's end of a socket.
pub(super) struct Client {
    pub(super) to_desk: mpsc::Sender<Result<Message, ()>>,
    pub(super) from_desk: mpsc::Receiver<Message>,
    pub(super) attending: JoinHandle<()>,
}

impl Client {
    pub(super) async fn say(&mut self, frame: &ClientFrame) {
        self.say_raw(Message::Text(serde_json::to_string(frame).unwrap().into())).await;
    }

    pub(super) async fn say_raw(&mut self, message: Message) {
        let _ = self.to_desk.send(Ok(message)).await;
    }

    pub(super) async fn write(&mut self, id: &str, text: &str) {
        self.say(&ClientFrame::Message { client_message_id: id.into(), text: text.into() }).await;
    }

    /// The next frame; `None` where the socket was closed.
    pub(super) async fn hear(&mut self) -> Option<ServerFrame> {
        loop {
            match timeout(Duration::from_secs(600), self.from_desk.next())
                .await
                .expect("nothing came for ten minutes")?
            {
                Message::Text(text) => return Some(serde_json::from_str(text.as_str()).unwrap()),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// Whether nothing comes for a while.
    pub(super) async fn hears_nothing(&mut self) -> bool {
        timeout(Duration::from_secs(1), self.from_desk.next()).await.is_err()
    }

    /// What comes until the desk says goodbye, and why it does.
    pub(super) async fn hear_goodbye(&mut self) -> (Vec<ServerFrame>, Option<Farewell>) {
        let mut heard = Vec::new();
        while let Some(frame) = self.hear().await {
            if let ServerFrame::Bye { reason } = frame {
                assert_eq!(self.hear().await, None, "a goodbye is the last word");
                return (heard, Some(reason));
            }
            heard.push(frame);
        }
        (heard, None)
    }

    /// The reason of a goodbye that comes next.
    pub(super) async fn farewell(&mut self) -> Option<Farewell> {
        let (heard, reason) = self.hear_goodbye().await;
        assert_eq!(heard, []);
        reason
    }
}

/// A desk with a store in memory.
pub(super) struct Place {
    pub(super) store: Arc<MemoryStore>,
    pub(super) desk: Arc<Desk>,
}

impl Place {
    pub(super) fn new() -> Self {
        Self::with_watched(1024)
    }

    /// Watchers of the store may be so many commits behind.
    pub(super) fn with_watched(watched: usize) -> Self {
        let store = MemoryStore::new(watched);
        let origins = Origins::new(Origin::parse("https://desk.example").unwrap(), Vec::new());
        let desk = Arc::new(Desk::new(store.clone(), TokenKey::new(&[7; 32]), origins, Vec::new()));
        let (hub, commits) = (Arc::clone(&desk.hub), store.watch());
        tokio::spawn(async move { hub.run(commits).await });
        Self { store, desk }
    }

    /// A conversation whose token is its id.
    pub(super) async fn open(&self, number: u8) -> String {
        let id = format!("{number:032x}");
        let new = NewConversation {
            id: id.clone(),
            receipt: "K7QM-2XAT".into(),
            token_hash: token::hash(&id),
            idempotency_key: id.clone(),
            message: "Hello".into(),
            name: None,
            email: None,
            transcript: transcript(),
            now_ms: 1,
        };
        self.store.open(new).await.unwrap().conversation
    }

    pub(super) async fn append(&self, conversation: &str, what: What) {
        let by = Participant::Agent { id: "1".into(), name: "Mina".into() };
        let new = NewEvent { conversation: conversation.into(), by, what, now_ms: 1 };
        self.store.append(new).await.unwrap();
    }

    /// A signed-in agent with a ticket.
    pub(super) async fn ticket(&self) -> (SignedIn, String) {
        let session = [9; 32];
        let expires_ms = clock::now_ms() + 3_600_000;
        self.store.open_session(Session { hash: session, agent: "1".into(), expires_ms }).await.unwrap();
        let who = SignedIn { agent: agent("1"), session };
        let ticket = self.desk.tickets.issue(who.clone(), std::time::Instant::now()).unwrap();
        (who, ticket)
    }

    /// A socket; so many messages fit between the desk and a client that does not read.
    pub(super) fn connect(&self, room: usize, at_home: bool) -> Client {
        let (to_desk, from_client) = mpsc::channel(1024);
        let (to_client, from_desk) = mpsc::channel(room);
        let pipe = Pipe { from_client, to_client };
        let attending = tokio::spawn(socket::attend(Arc::clone(&self.desk), pipe, at_home));
        Client { to_desk, from_desk, attending }
    }

    /// A socket that has said hello.
    pub(super) async fn hello(&self, token: &str, after: u64, conversation: Option<&str>) -> Client {
        let mut client = self.connect(1024, true);
        client.say(&hello(token, after, conversation)).await;
        client
    }

    /// A visitor who has been told all that there is.
    pub(super) async fn visitor(&self, conversation: &str) -> Client {
        let mut client = self.hello(conversation, 0, None).await;
        while !matches!(client.hear().await, Some(ServerFrame::Queue { .. })) {}
        client
    }
}

pub(super) fn hello(token: &str, after: u64, conversation: Option<&str>) -> ClientFrame {
    ClientFrame::Hello { version: VERSION, token: token.into(), after, conversation: conversation.map(Into::into) }
}

/// What was heard, in short.
pub(super) fn short(frame: &ServerFrame) -> String {
    match frame {
        ServerFrame::Welcome { last, .. } => format!("welcome {last}"),
        ServerFrame::Event { event } => match &event.what {
            What::Message { client_message_id, .. } => format!("{} message {client_message_id}", event.seq),
            what => format!("{} {what:?}", event.seq),
        },
        ServerFrame::Ack { client_message_id, seq, .. } => format!("ack {client_message_id} {seq}"),
        ServerFrame::Refused { client_message_id, problem } => format!("refused {client_message_id} {}", problem.kind),
        ServerFrame::Queue { position: Some(position), wait: Wait::Minutes { from, to } } => {
            format!("place {position}, {from} to {to}")
        }
        ServerFrame::Queue { position, wait } => format!("place {position:?}, {wait:?}"),
        ServerFrame::Changed { conversation, last } => {
            format!("changed {} {last}", conversation.trim_start_matches('0'))
        }
        frame => format!("{frame:?}"),
    }
}
