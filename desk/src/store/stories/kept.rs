//! What is still there when the store is opened again.

use futures_util::{FutureExt, future::join_all};

use super::*;
use crate::store::Session;

const VISITOR: Participant = Participant::Visitor;

pub(crate) async fn all_is_there_after_opening_again(home: &impl Home) {
    let store = home.connect().await;
    let (mina, jun) = (open(&*store, "Mina", 1).await, open(&*store, "Jun", 2).await);
    let ann = agent(&*store, "Ann").await;
    fresh(&*store, &mina, &ann, What::Assigned, 3).await;
    fresh(&*store, &mina, &ann, message("m1", "Hello"), 4).await;
    fresh(&*store, &mina, &VISITOR, message("m2", "안녕하세요"), 5).await;
    fresh(&*store, &jun, &ann, What::Closed, 6).await;
    let session = Session { hash: [1; 32], agent: "agent-Ann".into(), expires_ms: 1_000 };
    store.open_session(session).await.expect("stored");
    let look = async |store: &dyn Store| {
        (
            (events(store, &mina).await, events(store, &jun).await),
            (store.conversation(&mina).await.expect("read"), store.conversation(&jun).await.expect("read")),
            (store.queue(9).await.expect("queue"), store.first_reply_waits(9).await.expect("waits")),
            (store.session([1; 32], 2).await.expect("read"), store.position(&mina).await.expect("position")),
        )
    };
    let before = look(&*store).await;
    store.close().await;

    let store = home.connect().await;
    assert_eq!(look(&*store).await, before);
    // Repetitions are known, and numbers go on.
    opened_again(&store.open(handoff("Mina", 9)).await.expect("opened"), &mina);
    assert_eq!(stale(&*store, &mina, &VISITOR, message("m2", "?"), 9).await, 5);
    assert_eq!(stale(&*store, &mina, &ann, What::Assigned, 9).await, 3);
    assert_eq!(fresh(&*store, &mina, &VISITOR, message("m3", "!"), 9).await, 6);
    // The queue's order goes on too.
    fresh(&*store, &jun, &VISITOR, message("m1", "Hello?"), 9).await;
    let sora = open(&*store, "Sora", 1).await;
    assert_eq!(queue_ids(&*store, 9).await, [jun, sora, mina]);
    store.close().await;
}

pub(crate) async fn what_was_acknowledged_while_closing_is_there(home: &impl Home) {
    let store = home.connect().await;
    let mina = open(&*store, "Mina", 1).await;
    let calls = join_all((0..400).map(async |number: u32| {
        (number, append(&*store, &mina, &VISITOR, message(&format!("m{number}"), ""), 2).await)
    }));
    // Callers that stop waiting undo nothing: what they said is written before the store closes.
    for number in 0..30 {
        let gone = append(&*store, &mina, &VISITOR, message(&format!("gone{number}"), ""), 2).now_or_never();
        assert!(gone.is_none());
    }
    let ((), all) = futures_util::future::join(store.close(), calls).await;

    let store = home.connect().await;
    let stored = events(&*store, &mina).await;
    for (number, appended) in &all {
        match appended {
            Ok(appended) => assert_eq!(stored[appended.event.seq as usize - 1], appended.event),
            Err(StoreError::Closed) => {
                let id = format!("m{number}");
                let there = stored.iter().any(
                    |event| matches!(&event.what, What::Message { client_message_id, .. } if *client_message_id == id),
                );
                assert!(!there, "{id}");
            }
            Err(other) => panic!("{other}"),
        }
    }
    for number in 0..30 {
        assert_eq!(stored[number + 2].what, message(&format!("gone{number}"), ""));
    }
    store.close().await;
}
