//! Taking, closing and opening again.

use handoff::api::State;

use super::*;

const VISITOR: Participant = Participant::Visitor;

/// State, who has it, since when the visitor waits.
async fn stands(store: &dyn Store, conversation: &str) -> (State, Option<String>, Option<u64>) {
    let summary = summary(store, conversation).await;
    (summary.state, agent_id(&summary.assigned).map(Into::into), summary.waiting_since_ms)
}

pub(crate) async fn an_agent_takes_a_conversation(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let (ann, bob) = (agent(store, "Ann").await, agent(store, "Bob").await);
    assert_eq!(fresh(store, &mina, &ann, What::Assigned, 10).await, 3);
    assert_eq!(stands(store, &mina).await, (State::Assigned, Some("agent-Ann".into()), Some(1)));
    let assigned = summary(store, &mina).await.assigned.expect("assigned");
    assert_eq!((assigned.name.as_str(), assigned.email.as_str()), ("Ann", "Ann@example.com"));

    fresh(store, &mina, &ann, message("m1", "Hello"), 11).await;
    let again = append(store, &mina, &ann, What::Assigned, 12).await.expect("appended");
    assert_eq!(again.event, Event { seq: 3, at_ms: 10, by: ann.clone(), what: What::Assigned });
    assert!(!again.fresh);

    assert_eq!(fresh(store, &mina, &bob, What::Assigned, 13).await, 5);
    assert_eq!(stale(store, &mina, &bob, What::Assigned, 14).await, 5);
    assert_eq!(stands(store, &mina).await, (State::Assigned, Some("agent-Bob".into()), None));
    // She takes it back: that is new.
    assert_eq!(fresh(store, &mina, &ann, What::Assigned, 15).await, 6);
    // At once, and twice: the second of each finds it done.
    let all = futures_util::future::join_all([&bob, &bob].map(|by| append(store, &mina, by, What::Assigned, 16))).await;
    let numbers: Vec<_> = all.into_iter().map(|appended| appended.expect("appended").event.seq).collect();
    assert_eq!(numbers, [7, 7]);
}

pub(crate) async fn a_conversation_is_closed(store: &dyn Store) {
    let (mina, jun) = (open(store, "Mina", 1).await, open(store, "Jun", 1).await);
    let (ann, bob) = (agent(store, "Ann").await, agent(store, "Bob").await);
    fresh(store, &mina, &ann, What::Assigned, 2).await;
    assert_eq!(fresh(store, &mina, &ann, What::Closed, 3).await, 4);
    assert_eq!(stands(store, &mina).await, (State::Closed, Some("agent-Ann".into()), None));
    for by in [&ann, &bob, &VISITOR] {
        assert_eq!(stale(store, &mina, by, What::Closed, 4).await, 4);
    }
    // An agent's last word does not open it.
    assert_eq!(fresh(store, &mina, &ann, message("m1", "One more thing"), 5).await, 5);
    assert_eq!(stands(store, &mina).await.0, State::Closed);
    assert_eq!(stale(store, &mina, &ann, What::Closed, 6).await, 4);
    refused(store, &mina, &ann, What::Assigned).await;
    refused(store, &mina, &bob, What::Assigned).await;
    // One that nobody has taken, by the visitor himself.
    assert_eq!(fresh(store, &jun, &VISITOR, What::Closed, 7).await, 3);
    assert_eq!(stands(store, &jun).await, (State::Closed, None, None));
}

pub(crate) async fn a_conversation_is_opened_again(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let ann = agent(store, "Ann").await;
    // What is open is so since it was handed off, or taken.
    assert_eq!(stale(store, &mina, &ann, What::Reopened, 2).await, 1);
    fresh(store, &mina, &ann, What::Assigned, 3).await;
    assert_eq!(stale(store, &mina, &ann, What::Reopened, 4).await, 3);

    fresh(store, &mina, &ann, What::Closed, 5).await;
    assert_eq!(fresh(store, &mina, &ann, What::Reopened, 6).await, 5);
    assert_eq!(stands(store, &mina).await, (State::Waiting, None, Some(6)));
    assert_eq!(stale(store, &mina, &ann, What::Reopened, 7).await, 5);
    assert_eq!(fresh(store, &mina, &ann, What::Assigned, 8).await, 6);
    assert_eq!(fresh(store, &mina, &ann, What::Closed, 9).await, 7);
}

pub(crate) async fn a_visitor_opens_it_again(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let ann = agent(store, "Ann").await;
    fresh(store, &mina, &ann, What::Assigned, 2).await;
    fresh(store, &mina, &VISITOR, message("m1", "Thanks"), 3).await;
    fresh(store, &mina, &ann, What::Closed, 4).await;
    assert_eq!(fresh(store, &mina, &VISITOR, message("m2", "Still there?"), 5_000).await, 7);
    let opened = Event { seq: 6, at_ms: 5_000, by: VISITOR, what: What::Reopened };
    assert_eq!(events(store, &mina).await[5], opened);
    assert_eq!(stands(store, &mina).await, (State::Waiting, None, Some(5_000)));
    // It is open now: only a message more.
    assert_eq!(fresh(store, &mina, &VISITOR, message("m3", "Hello?"), 6_000).await, 8);
    assert_eq!(stale(store, &mina, &ann, What::Reopened, 7_000).await, 6);

    // Two messages at once open it once.
    fresh(store, &mina, &ann, What::Closed, 8_000).await;
    let all = ["m4", "m5"].map(|id| append(store, &mina, &VISITOR, message(id, ""), 9_000));
    futures_util::future::join_all(all)
        .await
        .into_iter()
        .for_each(|appended| assert!(appended.expect("appended").fresh));
    let kinds: Vec<_> = events(store, &mina).await.into_iter().skip(8).map(|event| event.what).collect();
    assert_eq!(kinds, [What::Closed, What::Reopened, message("m4", ""), message("m5", "")]);
}

pub(crate) async fn a_late_repetition_does_not_open_it_again(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let ann = agent(store, "Ann").await;
    fresh(store, &mina, &VISITOR, message("m1", "Hello"), 2).await;
    fresh(store, &mina, &ann, What::Closed, 3).await;
    assert_eq!(stale(store, &mina, &VISITOR, message("m1", "Hello"), 4).await, 3);
    assert_eq!(stands(store, &mina).await.0, State::Closed);
    assert_eq!(events(store, &mina).await.len(), 4);
}

pub(crate) async fn what_never_goes(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let ann = agent(store, "Ann").await;
    refused(store, &mina, &VISITOR, What::HandedOff).await;
    refused(store, &mina, &ann, What::HandedOff).await;
    refused(store, &mina, &VISITOR, What::Assigned).await;
    let nobody = Participant::Agent { id: "nobody".into(), name: "Nobody".into() };
    refused(store, &mina, &nobody, What::Assigned).await;
    assert_eq!(stands(store, &mina).await, (State::Waiting, None, Some(1)));
}
