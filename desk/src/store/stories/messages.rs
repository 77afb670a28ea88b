//! Messages: each once, in one order, without gaps.

use futures_util::future::join_all;

use super::*;

const VISITOR: Participant = Participant::Visitor;

pub(crate) async fn a_message_is_told_twice(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    assert_eq!(fresh(store, &mina, &VISITOR, message("m1", "Hello"), 10).await, 3);
    assert_eq!(fresh(store, &mina, &VISITOR, message("m2", "Hello"), 11).await, 4);
    for text in ["Hello", "something else"] {
        let again = append(store, &mina, &VISITOR, message("m1", text), 99).await.expect("appended");
        assert_eq!(again.event, Event { seq: 3, at_ms: 10, by: VISITOR, what: message("m1", "Hello") });
        assert!(!again.fresh);
    }
    // At once, also with a new one between.
    let all = ["m3", "m3", "m4", "m1", "m3"];
    let all = join_all(all.map(|id| append(store, &mina, &VISITOR, message(id, id), 12))).await;
    let mut fresh_ones = 0;
    for appended in all.iter().map(|appended| appended.as_ref().expect("appended")) {
        fresh_ones += u32::from(appended.fresh);
        let What::Message { client_message_id, text } = &appended.event.what else { panic!("{appended:?}") };
        assert!(text == client_message_id || text == "Hello", "{appended:?}");
    }
    assert_eq!(fresh_ones, 2);
    assert_eq!(events(store, &mina).await.len(), 6);

    // Another conversation has ids of its own.
    let jun = open(store, "Jun", 1).await;
    assert_eq!(fresh(store, &jun, &VISITOR, message("m1", "Hi"), 13).await, 3);
    assert_eq!(summary(store, &mina).await.latest, "m4");
}

pub(crate) async fn a_repetition_is_known_by_its_writer(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let (ann, bob) = (agent(store, "Ann").await, agent(store, "Bob").await);
    fresh(store, &mina, &VISITOR, message("v", "visitor's"), 2).await;
    fresh(store, &mina, &ann, message("a", "Ann's"), 3).await;
    for by in [&ann, &bob] {
        refused(store, &mina, by, message("v", "visitor's")).await;
    }
    for by in [&VISITOR, &bob] {
        refused(store, &mina, by, message("a", "Ann's")).await;
    }
    let Participant::Agent { id, .. } = &ann else { panic!("{ann:?}") };
    let renamed = Participant::Agent { id: id.clone(), name: "Ann Lee".into() };
    let again = append(store, &mina, &renamed, message("a", "Ann's"), 4).await.expect("appended");
    assert_eq!((again.event.by, again.event.seq, again.fresh), (ann, 4, false));
}

pub(crate) async fn texts_are_read_as_stored(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let ann = Participant::Agent { id: "1e9".into(), name: "Ann \"안\" \\ O'Hara".into() };
    let texts = [
        "",
        " ",
        "null",
        "0123",
        "1e999",
        "{\"a\": [1]}",
        "\"quoted\"",
        "back\\slash \\u0041 \\n",
        "it's; DROP TABLE events; --",
        "line\r\nline\ttab \u{1} \u{7f} \u{2028}",
        "안녕하세요 👩‍👩‍👧‍👦 \u{202e}right to left\u{202c} e\u{301} \u{fffd}",
        &"가나다라 ".repeat(5_041),
    ];
    for (text, id) in texts.into_iter().zip(1..) {
        let by = if id % 2 == 0 { &VISITOR } else { &ann };
        fresh(store, &mina, by, message(&format!("{id}"), text), 10).await;
    }
    let stored = events(store, &mina).await;
    for ((text, event), id) in texts.into_iter().zip(&stored[2..]).zip(1..) {
        assert_eq!(event.what, message(&format!("{id}"), text));
        assert_eq!(event.by, if id % 2 == 0 { VISITOR } else { ann.clone() });
    }
    // The same in one transaction, by ids that look like other things.
    let ids = ["1e0", "01", "true", "null", "-", "_"];
    join_all(ids.map(|id| fresh(store, &mina, &VISITOR, message(id, id), 11))).await;
    assert_eq!(stale(store, &mina, &ann, message("1", "again"), 12).await, 3);
    assert_eq!(events(store, &mina).await.len(), stored.len() + ids.len());
}

pub(crate) async fn events_come_in_pages(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    for number in 3..=7 {
        assert_eq!(fresh(store, &mina, &VISITOR, message(&format!("m{number}"), "x"), number).await, number);
    }
    let check = async |after, limit, expected: &[u64]| {
        let (events, last) = store.events(&mina, after, limit).await.expect("events");
        let numbers: Vec<u64> = events.iter().map(|event| event.seq).collect();
        assert_eq!((numbers.as_slice(), last), (expected, 7), "after {after}, at most {limit}");
    };
    check(0, 100, &[1, 2, 3, 4, 5, 6, 7]).await;
    check(0, 2, &[1, 2]).await;
    check(2, 2, &[3, 4]).await;
    check(5, 2, &[6, 7]).await;
    check(6, 2, &[7]).await;
    check(7, 2, &[]).await;
    check(u64::MAX, 2, &[]).await;
    check(0, 0, &[]).await;
}

pub(crate) async fn two_hundred_at_once_have_no_gap(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let jun = open(store, "Jun", 1).await;
    let callers = (0..20).map(async |caller: u32| {
        let mut numbers = Vec::new();
        for turn in 0..10 {
            let id = format!("{caller}-{turn}");
            let conversation = if turn == 5 { &jun } else { &mina };
            numbers.push(fresh(store, conversation, &VISITOR, message(&id, &id), 2).await);
        }
        numbers.remove(5);
        assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    });
    join_all(callers).await;
    // `events` looks for gaps.
    assert_eq!(events(store, &mina).await.len(), 2 + 180);
    assert_eq!(events(store, &jun).await.len(), 2 + 20);
    let id = |event: &Event| match &event.what {
        What::Message { client_message_id, .. } => client_message_id.clone(),
        other => panic!("{other:?}"),
    };
    for caller in 0..20 {
        let prefix = format!("{caller}-");
        let in_order =
            events(store, &mina).await[2..].iter().map(id).filter(|id| id.starts_with(&prefix)).collect::<Vec<_>>();
        let told = (0..10).filter(|turn| *turn != 5).map(|turn| format!("{caller}-{turn}")).collect::<Vec<_>>();
        assert_eq!(in_order, told);
    }
}

pub(crate) async fn one_refused_does_not_harm_others(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let ann = agent(store, "Ann").await;
    let calls = (0..60).map(async |number: u32| {
        let id = format!("m{number}");
        match number % 6 {
            0 => append(store, "nowhere", &VISITOR, message(&id, ""), 2).await,
            // Written by the visitor with the hand-off.
            1 => append(store, &mina, &ann, message("handoff", ""), 2).await,
            2 => append(store, &mina, &VISITOR, What::Assigned, 2).await,
            3 => store.add_agent(new_agent("Ann", "ann@example.com")).await.map(|_| panic!("added")),
            _ => append(store, &mina, &VISITOR, message(&id, ""), 2).await,
        }
    });
    let all = join_all(calls).await;
    for (appended, number) in all.iter().zip(0..) {
        match number % 6 {
            0 => assert!(matches!(appended, Err(StoreError::NoConversation(_))), "{appended:?}"),
            1..=3 => assert!(matches!(appended, Err(StoreError::Conflict(_))), "{appended:?}"),
            _ => assert!(matches!(appended, Ok(Appended { fresh: true, .. })), "{appended:?}"),
        }
    }
    assert_eq!(events(store, &mina).await.len(), 2 + 20);
}

pub(crate) async fn an_unknown_conversation(store: &dyn Store) {
    open(store, "Mina", 1).await;
    for what in [message("m", ""), What::Assigned, What::Closed, What::Reopened] {
        let appended = append(store, "nowhere", &VISITOR, what, 2).await;
        assert!(matches!(appended, Err(StoreError::NoConversation(ref id)) if id == "nowhere"), "{appended:?}");
    }
    let events = store.events("nowhere", 0, 9).await;
    assert!(matches!(events, Err(StoreError::NoConversation(_))), "{events:?}");
    assert_eq!(store.conversation("nowhere").await.expect("read"), None);
    assert_eq!(store.position("nowhere").await.expect("read"), None);
}
