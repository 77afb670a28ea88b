//! Watching: every event once, in order. Closing.

use std::collections::HashMap;

use futures_util::future::join_all;
use tokio::sync::broadcast::error::TryRecvError;

use super::*;
use crate::store::{Committed, Session};

const VISITOR: Participant = Participant::Visitor;

/// What was told since the last look. All is told before the caller has his answer.
fn told(watch: &mut tokio::sync::broadcast::Receiver<Arc<Committed>>) -> Vec<Committed> {
    let mut all = Vec::new();
    loop {
        match watch.try_recv() {
            Ok(committed) => all.push((*committed).clone()),
            Err(TryRecvError::Empty) => return all,
            Err(other) => panic!("{other}"),
        }
    }
}

pub(crate) async fn watching_tells_each_event_once(store: &dyn Store) {
    let before = open(store, "before", 1).await;
    let mut watch = store.watch();
    assert_eq!(told(&mut watch), []);
    let mina = open(store, "Mina", 2).await;
    let ann = agent(store, "Ann").await;
    fresh(store, &before, &ann, What::Closed, 3).await;
    fresh(store, &before, &VISITOR, message("m1", "Hello?"), 4).await;
    // Nothing new, nothing told.
    store.open(handoff("Mina", 5)).await.expect("opened");
    stale(store, &before, &VISITOR, message("m1", "Hello?"), 6).await;
    stale(store, &before, &ann, What::Reopened, 6).await;
    refused(store, &before, &VISITOR, What::Assigned).await;

    let all = told(&mut watch);
    let of = |id: &str| -> Vec<Event> {
        all.iter().filter(|told| told.conversation == id).map(|told| told.event.clone()).collect()
    };
    assert_eq!(all.iter().map(|told| told.event.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(of(&mina), events(store, &mina).await);
    assert_eq!(of(&before), events(store, &before).await[2..]);
}

pub(crate) async fn watching_tells_in_order(store: &dyn Store) {
    let mut watch = store.watch();
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        ids.push(open(store, name, 1).await);
    }
    let calls = (0..300).map(async |number: usize| {
        append(store, &ids[number % 3], &VISITOR, message(&format!("m{}", number / 2), ""), 2).await.expect("appended")
    });
    join_all(calls).await;
    let mut seen: HashMap<String, Vec<Event>> = HashMap::new();
    for committed in told(&mut watch) {
        seen.entry(committed.conversation).or_default().push(committed.event);
    }
    for id in &ids {
        assert_eq!(seen.get(id), Some(&events(store, id).await));
    }
}

pub(crate) async fn a_closed_store_refuses(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    agent(store, "Ann").await;
    // Twice, and at once: nothing is wrong with that.
    futures_util::future::join(store.close(), store.close()).await;
    store.close().await;
    let closed =
        |what: &str, error: Option<StoreError>| assert!(matches!(error, Some(StoreError::Closed)), "{what}: {error:?}");
    let session = Session { hash: [1; 32], agent: "agent-Ann".into(), expires_ms: 9 };
    closed("open", store.open(handoff("Jun", 2)).await.err());
    closed("append", append(store, &mina, &VISITOR, message("m", ""), 2).await.err());
    closed("events", store.events(&mina, 0, 9).await.err());
    closed("conversation", store.conversation(&mina).await.err());
    closed("queue", store.queue(9).await.err());
    closed("position", store.position(&mina).await.err());
    closed("first_reply_waits", store.first_reply_waits(9).await.err());
    closed("conversation_of", store.conversation_of([1; 32]).await.err());
    closed("add_agent", store.add_agent(new_agent("Bob", "bob@example.com")).await.err());
    closed("credentials", store.credentials("ann@example.com").await.err());
    closed("open_session", store.open_session(session).await.err());
    closed("session", store.session([1; 32], 0).await.err());
    closed("end_session", store.end_session([1; 32]).await.err());
}
