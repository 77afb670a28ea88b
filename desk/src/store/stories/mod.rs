//! What every store must do, told as stories. `stories!(Home)` makes a test of each for a store that lives in `Home`;
//! `kept_stories!(Home)` those in which the store is closed and opened again.

mod agents;
mod handoffs;
mod kept;
mod messages;
mod queue;
mod states;
mod watching;

use std::sync::Arc;

use async_trait::async_trait;
use handoff::{
    Cause, Transcript,
    api::{Agent, Role, Summary},
    chat::{Event, Participant, What},
    transcript::{Entry, Page, Said, VERSION},
};

use super::{Appended, NewAgent, NewConversation, NewEvent, Opened, Store, StoreError};

pub(crate) use {agents::*, handoffs::*, kept::*, messages::*, queue::*, states::*, watching::*};

/// Where a store lives: empty at first, and kept until this is dropped.
#[async_trait]
pub(crate) trait Home: Send + Sync + Sized {
    /// A new, empty one.
    async fn new() -> Self;
    /// Opens the store that lives here.
    async fn connect(&self) -> Arc<dyn Store>;
}

macro_rules! stories {
    ($home:ty) => {
        $crate::store::stories::stories!(@each $home:
            a_handoff_is_stored, a_handoff_is_told_twice, a_hundred_handoffs_at_once_are_one, a_transcript_is_read_as_stored,
            a_token_opens_its_conversation, a_taken_id_is_refused,
            a_message_is_told_twice, a_repetition_is_known_by_its_writer, texts_are_read_as_stored,
            events_come_in_pages, two_hundred_at_once_have_no_gap, one_refused_does_not_harm_others,
            an_unknown_conversation,
            an_agent_takes_a_conversation, a_conversation_is_closed, a_conversation_is_opened_again,
            a_visitor_opens_it_again, a_late_repetition_does_not_open_it_again, what_never_goes,
            who_waits_and_since_when, the_queue_is_in_order, a_clock_that_jumps_does_not_change_the_queue,
            first_replies_are_remembered,
            an_address_is_taken_once, a_session_ends, sessions_are_of_agents,
            watching_tells_each_event_once, watching_tells_in_order,
            a_closed_store_refuses,
        );
    };
    (@each $home:ty: $($story:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                use $crate::store::stories::Home as _;
                let home = <$home>::new().await;
                let store = home.connect().await;
                $crate::store::stories::$story(&*store).await;
                store.close().await;
            }
        )*
    };
}

macro_rules! kept_stories {
    ($home:ty) => {
        $crate::store::stories::kept_stories!(@each $home:
            all_is_there_after_opening_again, what_was_acknowledged_while_closing_is_there,
        );
    };
    (@each $home:ty: $($story:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                use $crate::store::stories::Home as _;
                $crate::store::stories::$story(&<$home>::new().await).await;
            }
        )*
    };
}

pub(crate) use {kept_stories, stories};

/// A hand-off of a name; different names differ in everything that must be unique.
pub(crate) fn handoff(name: &str, now_ms: u64) -> NewConversation {
    let mut token_hash = [0; 32];
    token_hash.iter_mut().zip(name.bytes().cycle()).zip(1..).for_each(|((hash, byte), place)| *hash = byte ^ place);
    NewConversation {
        id: format!("conversation-{name}"),
        receipt: format!("R-{name}"),
        token_hash,
        idempotency_key: format!("key-{name}"),
        message: format!("I am {name}"),
        name: Some(name.into()),
        email: None,
        transcript: transcript(vec![Said::Question { text: format!("Where is {name}?") }]),
        now_ms,
    }
}

pub(crate) fn transcript(said: Vec<Said>) -> Transcript {
    let entries = said.into_iter().zip(1..).map(|(said, at_ms)| Entry { at_ms, said }).collect();
    let page = Page { url: "https://example.com/shop".into(), title: "Shop".into() };
    Transcript { version: VERSION, lang: "ko".into(), page, cause: Cause::NotHelped, entries, struck: 2 }
}

/// Opens a conversation and gives its id.
pub(crate) async fn open(store: &dyn Store, name: &str, now_ms: u64) -> String {
    let opened = store.open(handoff(name, now_ms)).await.expect("opened");
    assert!(opened.fresh);
    opened.conversation
}

pub(crate) async fn agent(store: &dyn Store, name: &str) -> Participant {
    let agent = store.add_agent(new_agent(name, &format!("{name}@example.com"))).await.expect("added");
    Participant::Agent { id: agent.id, name: agent.name }
}

pub(crate) fn new_agent(name: &str, email: &str) -> NewAgent {
    NewAgent {
        id: format!("agent-{name}"),
        email: email.into(),
        name: name.into(),
        role: Role::Agent,
        password_hash: format!("$argon2id${name}"),
        now_ms: 1,
    }
}

pub(crate) async fn append(
    store: &dyn Store,
    conversation: &str,
    by: &Participant,
    what: What,
    now_ms: u64,
) -> Result<Appended, StoreError> {
    store.append(NewEvent { conversation: conversation.into(), by: by.clone(), what, now_ms }).await
}

/// Appends something new and gives its number.
pub(crate) async fn fresh(store: &dyn Store, conversation: &str, by: &Participant, what: What, now_ms: u64) -> u64 {
    let appended = append(store, conversation, by, what.clone(), now_ms).await.expect("appended");
    assert!(appended.fresh, "{what:?}");
    assert_eq!(appended.event, Event { seq: appended.event.seq, at_ms: now_ms, by: by.clone(), what });
    appended.event.seq
}

/// Does what was done before, and gives the number of the event that did it.
pub(crate) async fn stale(store: &dyn Store, conversation: &str, by: &Participant, what: What, now_ms: u64) -> u64 {
    let appended = append(store, conversation, by, what.clone(), now_ms).await.expect("appended");
    assert!(!appended.fresh, "{what:?}");
    appended.event.seq
}

pub(crate) async fn refused(store: &dyn Store, conversation: &str, by: &Participant, what: What) {
    let before = events(store, conversation).await;
    let appended = append(store, conversation, by, what.clone(), 9_999).await;
    assert!(matches!(appended, Err(StoreError::Conflict(_))), "{what:?}: {appended:?}");
    assert_eq!(events(store, conversation).await, before);
}

pub(crate) fn message(id: &str, text: &str) -> What {
    What::Message { client_message_id: id.into(), text: text.into() }
}

/// All events, after having looked whether the numbers are 1, 2, 3, ...
pub(crate) async fn events(store: &dyn Store, conversation: &str) -> Vec<Event> {
    let (events, last) = store.events(conversation, 0, u32::MAX).await.expect("events");
    assert!(events.iter().map(|event| event.seq).eq(1..=last), "{events:?}");
    events
}

pub(crate) async fn summary(store: &dyn Store, conversation: &str) -> Summary {
    store.conversation(conversation).await.expect("read").expect("there").summary
}

pub(crate) async fn queue_ids(store: &dyn Store, closed: u32) -> Vec<String> {
    store.queue(closed).await.expect("queue").into_iter().map(|summary| summary.conversation).collect()
}

pub(crate) fn opened_again(opened: &Opened, first: &str) {
    assert_eq!((opened.conversation.as_str(), opened.fresh), (first, false));
}

pub(crate) fn agent_id(agent: &Option<Agent>) -> Option<&str> {
    agent.as_ref().map(|agent| agent.id.as_str())
}
