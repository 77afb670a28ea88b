//! A socket in a conversation: what was missed, then what happens, and what the other side says.
//!
//! Frames are taken in one after another, and each message is answered before the next frame is read: so what one client
//! says is stored in the order in which he said it. While a message is on its way to the disk, events of others go out.

use std::{convert::Infallible, future::pending, pin::Pin};

use axum::extract::ws::Message;
use futures_util::{Sink, Stream};
use handoff::{
    api::{NewMessage, Stored, Wait},
    chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, VERSION, What},
};

use crate::{
    conversation::{self, PAGE, Unsaid},
    state::Desk,
};

use super::{
    failed,
    hub::Listener,
    line::{End, Heard, Line},
    presence::{self, HEARTBEAT_S, Pass, SILENCE},
};

/// Who speaks in which conversation.
pub(super) struct Talk {
    /// The conversation.
    pub(super) conversation: String,
    /// Who.
    pub(super) by: Participant,
    /// Number of the last event that he has.
    pub(super) after: u64,
    /// For agents: their session.
    pub(super) pass: Option<Pass>,
}

/// Serves the socket until it ends.
pub(super) async fn serve<S, E>(desk: &Desk, line: &mut Line<S>, mut talk: Talk) -> End
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    let mut pass = talk.pass.take();
    // Listen first, read after: nothing can happen between the two unseen.
    let listener = desk.hub.listen(&talk.conversation);
    let mut socket = Socket { desk, line, talk: &talk, listener, sent: talk.after, told: None, moved: true };
    match socket.run(&mut pass).await {
        Ok(never) => match never {},
        Err(end) => end,
    }
}

/// A message on its way to the disk.
type Saying<'a> = Pin<Box<dyn Future<Output = (String, Result<Stored, Unsaid>)> + Send + 'a>>;

struct Socket<'a, S> {
    desk: &'a Desk,
    line: &'a mut Line<S>,
    talk: &'a Talk,
    listener: Listener,
    /// Number of the last event that was sent, or that the client said it had.
    sent: u64,
    /// The place in the queue as it was told last.
    told: Option<(Option<u32>, Wait)>,
    /// Whether an own event may have changed the place.
    moved: bool,
}

impl<'a, S, E> Socket<'a, S>
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    async fn run(&mut self, pass: &mut Option<Pass>) -> Result<Infallible, End> {
        let desk = self.desk;
        let mut queue = desk.hub.queue();
        let first = desk.store.events(&self.talk.conversation, self.sent, PAGE).await;
        let (events, last) = first.map_err(|error| failed(&error))?;
        // Whoever has seen more than there is gets what comes next.
        self.sent = self.sent.min(last);
        self.line.say(&ServerFrame::Welcome { version: VERSION, last, heartbeat_s: HEARTBEAT_S }).await?;
        self.tell_all(events).await?;
        self.catch_up(last).await?;
        self.tell_standing().await?;

        let mut heartbeat = presence::heartbeat();
        let mut saying: Option<Saying<'a>> = None;
        let stopped = desk.stopped();
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                biased;
                (client_message_id, said) = finished(&mut saying) => {
                    saying = None;
                    self.answer(client_message_id, said).await?;
                }
                // What is on its way is still answered.
                () = &mut stopped, if saying.is_none() => return Err(End::Bye(Farewell::Restarting)),
                end = presence::lost(pass, desk) => return Err(end),
                _ = heartbeat.tick() => {
                    if self.line.silence() >= SILENCE {
                        return Err(End::Bye(Farewell::Silent));
                    }
                    self.line.say(&ServerFrame::Ping).await?;
                }
                latest = self.listener.next() => match latest {
                    Some(committed) if committed.event.seq <= self.sent => {}
                    Some(committed) if committed.event.seq == self.sent + 1 => {
                        self.tell_all(vec![committed.event.clone()]).await?;
                        self.tell_standing_if_moved().await?;
                    }
                    _ => {
                        self.catch_up(u64::MAX).await?;
                        self.tell_standing_if_moved().await?;
                    }
                },
                Ok(()) = queue.changed() => {
                    if matches!(self.told, Some((Some(_), _))) {
                        self.tell_standing().await?;
                    }
                }
                heard = self.line.hear(), if saying.is_none() => match heard {
                    Heard::Frame(ClientFrame::Message { client_message_id, text }) => {
                        saying = Some(self.say(NewMessage { client_message_id, text }));
                    }
                    Heard::Frame(ClientFrame::Ping) => self.line.say(&ServerFrame::Pong).await?,
                    Heard::Frame(ClientFrame::Pong) => {}
                    Heard::Frame(ClientFrame::Hello { .. }) | Heard::Nonsense => {
                        return Err(End::Bye(Farewell::Misused));
                    }
                    Heard::Gone => return Err(End::Gone),
                },
            }
        }
    }

    fn say(&self, new: NewMessage) -> Saying<'a> {
        let (desk, talk) = (self.desk, self.talk);
        let id = new.client_message_id.clone();
        Box::pin(async move { (id, conversation::say(desk, &talk.conversation, talk.by.clone(), new).await) })
    }

    async fn answer(&mut self, client_message_id: String, said: Result<Stored, Unsaid>) -> Result<(), End> {
        let frame = match said {
            Ok(Stored { client_message_id, seq, at_ms }) => ServerFrame::Ack { client_message_id, seq, at_ms },
            Err(Unsaid::Never(fault)) => ServerFrame::Refused { client_message_id, problem: fault.problem() },
            // No answer: the client sends it again on its next connection.
            Err(Unsaid::Now(error)) => return Err(failed(&error)),
        };
        self.line.say(&frame).await
    }

    /// Sends what is stored after the last event that was sent, at least up to `last`.
    async fn catch_up(&mut self, last: u64) -> Result<(), End> {
        while self.sent < last && !self.desk.is_stopping() {
            let page = self.desk.store.events(&self.talk.conversation, self.sent, PAGE).await;
            let (events, _) = page.map_err(|error| failed(&error))?;
            if events.is_empty() {
                break;
            }
            self.tell_all(events).await?;
        }
        Ok(())
    }

    async fn tell_all(&mut self, events: Vec<Event>) -> Result<(), End> {
        for event in events {
            if event.seq <= self.sent {
                continue;
            }
            self.sent = event.seq;
            self.moved |= matches!(event.what, What::Assigned | What::Closed | What::Reopened);
            self.line.say(&ServerFrame::Event { event }).await?;
        }
        Ok(())
    }

    async fn tell_standing_if_moved(&mut self) -> Result<(), End> {
        if self.moved { self.tell_standing().await } else { Ok(()) }
    }

    /// Tells a visitor his place in the queue, where it is not what he knows already.
    async fn tell_standing(&mut self) -> Result<(), End> {
        self.moved = false;
        if self.talk.by != Participant::Visitor {
            return Ok(());
        }
        let standing = self.desk.standing(&self.talk.conversation).await.map_err(|error| failed(&error))?;
        if self.told != Some(standing) {
            self.told = Some(standing);
            let (position, wait) = standing;
            self.line.say(&ServerFrame::Queue { position, wait }).await?;
        }
        Ok(())
    }
}

/// What became of the message on its way; never where there is none.
async fn finished(saying: &mut Option<Saying<'_>>) -> (String, Result<Stored, Unsaid>) {
    match saying {
        Some(saying) => saying.await,
        None => pending().await,
    }
}
