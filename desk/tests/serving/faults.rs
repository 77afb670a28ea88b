//! The planted faults of `examples/faulty` do what they say: a rig that does not see them sees nothing.

#[path = "../../examples/faulty/faults.rs"]
mod planted;

use std::sync::Arc;

use desk::store::Store;
use handoff::chat::ServerFrame;

use crate::{
    http::Request,
    place::{Place, message},
};
use planted::{Fault, Faulty};

async fn place(fault: Fault) -> Place {
    Place::with_store(|inner| Arc::new(Faulty { fault, inner }) as Arc<dyn Store>).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repetition_is_stored_twice() {
    let place = place(Fault::NoUniqueKey).await;
    let receipt = place.visitor("fault").await;
    for seq in 3..=4 {
        let stored = place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&message("m", "x"))).await;
        assert_eq!(
            (stored.json()["seq"].as_u64(), stored.json()["client_message_id"].as_str()),
            (Some(seq), Some("m"))
        );
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_meanwhile_is_lost() {
    let place = place(Fault::NoResume).await;
    let receipt = place.visitor("fault").await;
    for number in 0..5 {
        let body = message(&format!("m{number}"), "x");
        place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&body)).await;
    }
    let mut socket = place.hello(&receipt.token, 2, None).await;
    let heard = socket.hear_until(|frame| matches!(frame, ServerFrame::Event { .. })).await;
    assert!(matches!(heard.last(), Some(ServerFrame::Event { event }) if event.seq == 7), "{heard:?}");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ack_comes_before_the_event_is_stored() {
    let place = place(Fault::AckFirst).await;
    let receipt = place.visitor("fault").await;
    let mut early = 0;
    for number in 0..200 {
        let body = message(&format!("m{number}"), "x");
        let stored = place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&body)).await;
        assert_eq!(stored.status, 201);
        let (_, last) = place.store.events(&receipt.conversation, 0, 0).await.unwrap();
        early += u32::from(last < stored.json()["seq"].as_u64().unwrap());
    }
    assert!(early > 0, "the store was always quicker");
    assert!(
        Fault::named("nothing").is_none() && Fault::ALL.iter().all(|(name, fault)| Fault::named(name) == Some(*fault))
    );
    place.stop().await;
}
