//! What can be done with a conversation. Sockets and HTTP routes alike come here.

use std::time::Duration;

use handoff::{
    api::{NewMessage, Page, Stored},
    chat::{Participant, What},
};
use tokio::time::{Instant, sleep_until};

use crate::{
    clock, intake,
    problem::Fault,
    state::Desk,
    store::{Appended, NewEvent, StoreError},
};

/// Most events that are read at once: with the largest messages, some megabytes.
pub(crate) const PAGE: u32 = 64;
/// Longest wait of a request for events.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(25);

/// Why a message was not stored.
#[derive(Debug)]
pub(crate) enum Unsaid {
    /// It never will be.
    Never(Fault),
    /// It may be, when it is sent again.
    Now(StoreError),
}

/// Stores what somebody says.
pub(crate) async fn say(desk: &Desk, conversation: &str, by: Participant, new: NewMessage) -> Result<Stored, Unsaid> {
    let NewMessage { client_message_id, text } = intake::message(new).map_err(Unsaid::Never)?;
    let what = What::Message { client_message_id: client_message_id.clone(), text };
    match append(desk, conversation, by, what).await {
        Ok(Appended { event, .. }) => Ok(Stored { client_message_id, seq: event.seq, at_ms: event.at_ms }),
        Err(error @ StoreError::Conflict(_)) => Err(Unsaid::Never(error.into())),
        Err(error) => Err(Unsaid::Now(error)),
    }
}

/// Stores what somebody does.
pub(crate) async fn append(
    desk: &Desk,
    conversation: &str,
    by: Participant,
    what: What,
) -> Result<Appended, StoreError> {
    let new = NewEvent { conversation: conversation.to_owned(), by, what, now_ms: clock::now_ms() };
    desk.store.append(new).await
}

/// Events after a number; where there are none, as soon as there is one, or none after a wait or when the desk is
/// being stopped.
pub(crate) async fn page(desk: &Desk, conversation: &str, after: u64, wait: Duration) -> Result<Page, StoreError> {
    let deadline = Instant::now() + wait.min(WAIT_MAX);
    // Listen first, read after: nothing can happen between the two unseen.
    let mut listener = desk.hub.listen(conversation);
    let stopped = desk.stopped();
    tokio::pin!(stopped);
    let (mut events, mut last) = desk.store.events(conversation, after, PAGE).await?;
    // Whoever has seen more than there is gets what comes next.
    let after = after.min(last);
    while events.is_empty() && Instant::now() < deadline && !desk.is_stopping() {
        tokio::select! {
            () = &mut stopped => {}
            () = sleep_until(deadline) => {}
            _ = listener.next() => (events, last) = desk.store.events(conversation, after, PAGE).await?,
        }
    }
    let (position, wait) = desk.standing(conversation).await?;
    Ok(Page { events, last, position, wait })
}
