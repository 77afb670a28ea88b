//! Hand-offs: stored whole, and once.

use futures_util::future::join_all;
use handoff::{
    Cause,
    api::{Conversation, State, Summary},
    chat::{Event, Participant, What},
    transcript::{Decision, Reason, Said, Shown, Vote},
};

use super::*;
use crate::store::rules::FIRST_MESSAGE;

pub(crate) async fn a_handoff_is_stored(store: &dyn Store) {
    let mut new = handoff("Mina", 1_000);
    new.email = Some("mina@example.com".into());
    new.message = "  \nMy parcel is lost.\nPlease help.".into();
    let opened = store.open(new.clone()).await.expect("opened");
    assert_eq!(opened, Opened { conversation: new.id.clone(), receipt: new.receipt.clone(), fresh: true });

    let summary = Summary {
        conversation: new.id.clone(),
        receipt: new.receipt,
        state: State::Waiting,
        assigned: None,
        name: Some("Mina".into()),
        latest: "My parcel is lost.".into(),
        cause: Cause::NotHelped,
        lang: "ko".into(),
        created_ms: 1_000,
        waiting_since_ms: Some(1_000),
        last: 2,
    };
    let conversation = store.conversation(&new.id).await.expect("read").expect("there");
    assert_eq!(conversation, Conversation { summary, email: new.email, transcript: new.transcript });
    assert_eq!(store.queue(0).await.expect("queue"), [conversation.summary]);
    let event = |seq, what| Event { seq, at_ms: 1_000, by: Participant::Visitor, what };
    let first = message(FIRST_MESSAGE, &new.message);
    assert_eq!(events(store, &new.id).await, [event(1, What::HandedOff), event(2, first)]);
}

pub(crate) async fn a_handoff_is_told_twice(store: &dyn Store) {
    let first = open(store, "Mina", 1_000).await;
    let before = store.conversation(&first).await.expect("read");
    opened_again(&store.open(handoff("Mina", 2_000)).await.expect("opened"), &first);

    let other = NewConversation { idempotency_key: "key-Mina".into(), ..handoff("Jun", 3_000) };
    let opened = store.open(other).await.expect("opened");
    assert_eq!(opened, Opened { conversation: first.clone(), receipt: "R-Mina".into(), fresh: false });

    assert_eq!(store.conversation(&first).await.expect("read"), before);
    assert_eq!(queue_ids(store, 0).await, [first]);
    assert_eq!(store.conversation("conversation-Jun").await.expect("read"), None);
}

pub(crate) async fn a_hundred_handoffs_at_once_are_one(store: &dyn Store) {
    let all =
        (0..100).map(|number| NewConversation { idempotency_key: "one".into(), ..handoff(&number.to_string(), 1) });
    let opened: Vec<Opened> =
        join_all(all.map(|new| store.open(new))).await.into_iter().collect::<Result<_, _>>().expect("opened");
    assert_eq!(opened.iter().filter(|opened| opened.fresh).count(), 1);
    assert!(
        opened.iter().all(|other| other.conversation == opened[0].conversation && other.receipt == opened[0].receipt)
    );
    assert_eq!(queue_ids(store, 100).await, [opened[0].conversation.clone()]);
    assert_eq!(events(store, &opened[0].conversation).await.len(), 2);
}

pub(crate) async fn a_transcript_is_read_as_stored(store: &dyn Store) {
    let shown = |confidence, passage: &str| Shown {
        article: "lost-parcel".into(),
        section: String::new(),
        title: "A parcel is lost \"for ever\"".into(),
        url: "ship/lost-parcel/".into(),
        version: "0a1b2c3d".into(),
        confidence,
        passage: passage.into(),
    };
    let mut said = vec![
        Said::Question {
            text: "소포가 어디 있나요? 😀 \u{202e}abc\u{202c} \\ \" ' \u{1} \u{fffd} \u{2028}".into()
        },
        Said::Question { text: "long ".repeat(13_000) },
        Said::Question { text: String::new() },
        Said::Chosen { shown: shown(0.1, "line\r\nline\tline"), vote: Some(Vote::NotHelped) },
        Said::Read { article: "a".into(), section: "b".into() },
        Said::Unavailable {},
    ];
    // Probabilities of all kinds: evenly spread ones (splitmix64), tiny ones, the ends.
    let spread = (1..=500u64).map(|number| {
        let mixed = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number << 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 11) as f64 / (1u64 << 53) as f64
    });
    for confidence in spread.chain([0.0, 1.0, 0.1 + 0.2, f64::MIN_POSITIVE, f64::EPSILON, 1.0 - f64::EPSILON]) {
        let (decision, reason) = (Decision::Choose, Reason::Tie);
        let shown = vec![shown(confidence, "passage"), shown(confidence / 3.0, "")];
        said.push(Said::Reply { decision, reason, confidence, shown, vote: None });
    }
    let new = NewConversation { transcript: transcript(said), ..handoff("Mina", 1) };
    store.open(new.clone()).await.expect("opened");
    assert_eq!(store.conversation(&new.id).await.expect("read").expect("there").transcript, new.transcript);

    // What cannot be read again as it came is not acknowledged.
    let nan = Said::Reply {
        decision: Decision::Answer,
        reason: Reason::Confident,
        confidence: f64::NAN,
        shown: Vec::new(),
        vote: None,
    };
    let opened = store.open(NewConversation { transcript: transcript(vec![nan]), ..handoff("Jun", 1) }).await;
    assert!(matches!(opened, Err(StoreError::Damaged(_))), "{opened:?}");
    assert_eq!(queue_ids(store, 9).await, [new.id]);
}

pub(crate) async fn a_token_opens_its_conversation(store: &dyn Store) {
    let (mina, jun) = (open(store, "Mina", 1).await, open(store, "Jun", 1).await);
    let of = async |token_hash| store.conversation_of(token_hash).await.expect("read");
    assert_eq!(of(handoff("Mina", 1).token_hash).await, Some(mina));
    assert_eq!(of(handoff("Jun", 1).token_hash).await, Some(jun));
    assert_eq!(of([0; 32]).await, None);
}

pub(crate) async fn a_taken_id_is_refused(store: &dyn Store) {
    let mina = open(store, "Mina", 1).await;
    let same_id = NewConversation { id: mina.clone(), ..handoff("Jun", 2) };
    let same_token = NewConversation { token_hash: handoff("Mina", 1).token_hash, ..handoff("Jun", 2) };
    let all = join_all([store.open(same_id), store.open(handoff("Sora", 2)), store.open(same_token)]).await;
    assert!(matches!(all[0], Err(StoreError::Conflict(_))), "{all:?}");
    assert!(matches!(all[1], Ok(Opened { fresh: true, .. })), "{all:?}");
    assert!(matches!(all[2], Err(StoreError::Conflict(_))), "{all:?}");
    assert_eq!(queue_ids(store, 9).await, [mina, "conversation-Sora".into()]);
}
