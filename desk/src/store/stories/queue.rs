//! The queue: who waits, in which order, for how long.

use super::*;

const VISITOR: Participant = Participant::Visitor;

pub(crate) async fn who_waits_and_since_when(store: &dyn Store) {
    let mina = open(store, "Mina", 10).await;
    let ann = agent(store, "Ann").await;
    let check = async |waiting_since_ms, latest: &str, last| {
        let summary = summary(store, &mina).await;
        assert_eq!((summary.waiting_since_ms, summary.latest.as_str(), summary.last), (waiting_since_ms, latest, last));
    };
    check(Some(10), "I am Mina", 2).await;
    fresh(store, &mina, &VISITOR, message("m1", "\n first \nsecond"), 20).await;
    check(Some(10), "first", 3).await;
    fresh(store, &mina, &ann, What::Assigned, 30).await;
    check(Some(10), "first", 4).await;
    fresh(store, &mina, &ann, message("m2", "Hello"), 40).await;
    check(None, "first", 5).await;
    fresh(store, &mina, &VISITOR, message("m3", &"가".repeat(300)), 50).await;
    check(Some(50), &format!("{}…", "가".repeat(199)), 6).await;
    fresh(store, &mina, &VISITOR, message("m4", "third"), 60).await;
    check(Some(50), "third", 7).await;
    fresh(store, &mina, &ann, message("m5", "Bye"), 70).await;
    check(None, "third", 8).await;
}

pub(crate) async fn the_queue_is_in_order(store: &dyn Store) {
    let ann = agent(store, "Ann").await;
    let mut all = Vec::new();
    for (name, now_ms) in ["A", "B", "C", "D", "E", "F", "G"].into_iter().zip(10..) {
        all.push(open(store, name, now_ms).await);
    }
    let [a, b, c, d, e, f, g] = &all[..] else { panic!("{all:?}") };
    let check = async |closed, expected: &[&String]| {
        assert_eq!(queue_ids(store, closed).await.iter().collect::<Vec<_>>(), expected);
    };
    let place = async |conversation: &String| store.position(conversation).await.expect("position");
    check(9, &[a, b, c, d, e, f, g]).await;
    assert_eq!((place(a).await, place(d).await, place(g).await), (Some(1), Some(4), Some(7)));

    // Words do not change the order.
    fresh(store, b, &VISITOR, message("m", ""), 30).await;
    fresh(store, a, &ann, message("m", "Soon"), 31).await;
    check(9, &[a, b, c, d, e, f, g]).await;

    fresh(store, d, &ann, What::Assigned, 32).await;
    fresh(store, b, &ann, What::Assigned, 33).await;
    check(9, &[a, c, e, f, g, d, b]).await;
    assert_eq!((place(a).await, place(b).await, place(c).await, place(g).await), (Some(1), None, Some(2), Some(5)));

    for (conversation, now_ms) in [c, d, f].into_iter().zip(40..) {
        fresh(store, conversation, &ann, What::Closed, now_ms).await;
    }
    check(9, &[a, e, g, b, f, d, c]).await;
    check(2, &[a, e, g, b, f, d]).await;
    check(0, &[a, e, g, b]).await;
    assert_eq!((place(c).await, place(g).await), (None, Some(3)));

    // Whoever comes back waits behind those who have waited all the time.
    fresh(store, d, &VISITOR, message("m", "Hello?"), 50).await;
    check(9, &[a, e, g, d, b, f, c]).await;
    assert_eq!(place(d).await, Some(4));
}

pub(crate) async fn a_clock_that_jumps_does_not_change_the_queue(store: &dyn Store) {
    let mut all = Vec::new();
    for (name, now_ms) in [("A", 1_800_000_000_000), ("B", 5), ("C", 9_000_000_000_000), ("D", 1_800_000_000_000)] {
        all.push(open(store, name, now_ms).await);
    }
    assert_eq!(queue_ids(store, 0).await, all);
    assert_eq!(store.position(&all[1]).await.expect("position"), Some(2));
    // An answer "before" the question took no time.
    let ann = agent(store, "Ann").await;
    fresh(store, &all[0], &ann, message("m", "Hi"), 7).await;
    assert_eq!(store.first_reply_waits(9).await.expect("waits"), [0]);
}

pub(crate) async fn first_replies_are_remembered(store: &dyn Store) {
    let check = async |limit, expected: &[u64]| {
        assert_eq!(store.first_reply_waits(limit).await.expect("waits"), expected, "at most {limit}");
    };
    let ann = agent(store, "Ann").await;
    let (a, b, c) = (open(store, "A", 1_000).await, open(store, "B", 2_000).await, open(store, "C", 3_000).await);
    check(9, &[]).await;
    // Taking it is not a word, and the visitor's own do not count.
    fresh(store, &a, &ann, What::Assigned, 3_500).await;
    fresh(store, &a, &VISITOR, message("m1", "Hello?"), 3_600).await;
    check(9, &[]).await;
    fresh(store, &b, &ann, message("m1", "Hi"), 4_500).await;
    fresh(store, &a, &ann, message("m2", "Hi"), 5_000).await;
    check(9, &[4_000, 2_500]).await;
    // Only the first word counts.
    fresh(store, &b, &VISITOR, message("m2", "Oh"), 6_000).await;
    fresh(store, &b, &ann, message("m3", "Yes"), 7_000).await;
    // A first word and a taking in one go.
    let (taken, said) = futures_util::future::join(
        append(store, &c, &ann, What::Assigned, 8_000),
        append(store, &c, &ann, message("m1", "Hi"), 8_000),
    )
    .await;
    assert!(taken.is_ok() && said.is_ok());
    check(9, &[5_000, 4_000, 2_500]).await;
    check(2, &[5_000, 4_000]).await;
    check(0, &[]).await;
    // Nor does what becomes of it later.
    fresh(store, &b, &ann, What::Closed, 9_000).await;
    fresh(store, &b, &VISITOR, message("m4", "Oh"), 9_500).await;
    fresh(store, &b, &ann, message("m5", "Yes"), 9_900).await;
    check(9, &[5_000, 4_000, 2_500]).await;
}
