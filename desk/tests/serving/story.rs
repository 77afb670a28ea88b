//! From the hand-off to the closed conversation, by either way.

use handoff::chat::{Event, Participant, ServerFrame, What};
use serde_json::json;

use crate::{
    http::Request,
    place::{Place, as_agent, handoff_body, handoff_request, long_key, message},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http_alone() {
    let place = Place::new().await;
    let cookie = place.agent().await;

    // The visitor hands off; a repetition is the same hand-off.
    let receipt = place.visitor("story").await;
    assert_eq!(receipt.conversation.len(), 32);
    assert_eq!((receipt.position, receipt.receipt.len()), (Some(1), 9));
    assert_eq!(place.visitor("story").await, receipt);
    let mut other_words = handoff_body();
    other_words["message"] = json!("Other words");
    let again = Request::post("/v1/handoffs").header("idempotency-key", long_key("story")).json(&other_words);
    let again = place.send(again).await;
    assert_eq!((again.status, again.json()["token"].as_str()), (201, Some(&*receipt.token)));

    // The agent finds it, with all that was asked and shown, but not what nobody should keep.
    let queue = place.send(as_agent(Request::get("/v1/queue"), &cookie)).await.json();
    let summary = &queue["conversations"][0];
    assert_eq!(queue["conversations"].as_array().unwrap().len(), 1);
    assert_eq!(summary["conversation"], receipt.conversation);
    assert_eq!(
        (&summary["state"], &summary["cause"], &summary["last"]),
        (&json!("waiting"), &json!("low_confidence"), &json!(2))
    );
    let path = format!("/v1/conversations/{}", receipt.conversation);
    let conversation = place.send(as_agent(Request::get(&path), &cookie)).await.json();
    assert_eq!(conversation["transcript"], handoff_body()["transcript"]);
    assert_eq!((&conversation["email"], &conversation["summary"]["name"]), (&json!("kim@shop.example"), &json!("Kim")));
    let events = place.send(as_agent(Request::get(&format!("{path}/events")), &cookie)).await.json();
    let first = events["events"][1]["what"]["text"].as_str().unwrap();
    assert!(first.starts_with("I cannot sign in.") && !first.contains("4111 1111"), "{first}");

    // He takes it and replies; the visitor reads that and answers.
    let post = async |what: &str| {
        let reply = place.send(as_agent(Request::post(&format!("{path}/{what}")), &cookie)).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["seq"].as_u64().unwrap()
    };
    assert_eq!((post("assign").await, post("assign").await), (3, 3));
    let reply = Request::post(&format!("{path}/messages")).json(&message("r1", "Which page?"));
    for _ in 0..2 {
        let stored = place.send(as_agent(reply.clone(), &cookie)).await;
        assert_eq!((stored.status, stored.json()["seq"].as_u64()), (201, Some(4)));
    }
    let page = place.send(Request::get("/v1/events?after=2").bearer(&receipt.token)).await.json();
    assert_eq!((&page["last"], &page["position"], &page["wait"]), (&json!(4), &json!(null), &json!("unknown")));
    assert_eq!(page["events"][1]["by"]["name"], "Mina");
    let answer = place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&message("m1", "Sign in"))).await;
    assert_eq!((answer.status, answer.json()["seq"].as_u64()), (201, Some(5)));

    // Closed; what the visitor writes then opens it again; closed for good.
    assert_eq!((post("close").await, post("close").await), (6, 6));
    let answer = place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&message("m2", "Wait"))).await;
    assert_eq!((answer.status, answer.json()["seq"].as_u64()), (201, Some(8)));
    assert_eq!(post("close").await, 9);
    assert_eq!(post("reopen").await, 10);
    let page = place.send(Request::get("/v1/events?after=0").bearer(&receipt.token)).await.json();
    let events: Vec<Event> = serde_json::from_value(page["events"].clone()).unwrap();
    assert!(events.iter().map(|event| event.seq).eq(1..=10));

    // Nothing of it is lost with the desk.
    let place = place.restarted().await;
    let after = place.send(Request::get("/v1/events?after=0").bearer(&receipt.token)).await.json();
    assert_eq!(after, page);
    assert_eq!(place.visitor("story").await.token, receipt.token);
    let who = place.send(as_agent(Request::get("/v1/session"), &cookie)).await;
    assert_eq!((who.status, who.json()["name"].as_str()), (200, Some("Mina")));
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_sockets() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let mut queue = place.hello(&place.ticket(&cookie).await, 0, None).await;
    assert!(matches!(queue.hear().await, Some(ServerFrame::Welcome { last: 0, .. })));

    let receipt = place.visitor("story").await;
    queue
        .hear_until(|frame| *frame == ServerFrame::Changed { conversation: receipt.conversation.clone(), last: 2 })
        .await;
    let mut visitor = place.hello(&receipt.token, 2, None).await;
    visitor.hear_until(|frame| matches!(frame, ServerFrame::Queue { position: Some(1), .. })).await;
    let mut agent = place.hello(&place.ticket(&cookie).await, 0, Some(&receipt.conversation)).await;
    agent.hear_until(|frame| matches!(frame, ServerFrame::Event { event } if event.seq == 2)).await;

    let assign = Request::post(&format!("/v1/conversations/{}/assign", receipt.conversation));
    place.send(as_agent(assign, &cookie)).await;
    visitor.hear_until(|frame| matches!(frame, ServerFrame::Queue { position: None, .. })).await;
    for number in 0..20 {
        let (from, to, name) =
            if number % 2 == 0 { (&mut agent, &mut visitor, "a") } else { (&mut visitor, &mut agent, "v") };
        let (id, seq) = (format!("{name}{number}"), number + 4);
        from.write(&id, "안녕하세요").await;
        from.hear_until(|frame| matches!(frame, ServerFrame::Ack { client_message_id, seq: stored, .. } if *client_message_id == id && *stored == seq)).await;
        let heard = to.hear_until(|frame| matches!(frame, ServerFrame::Event { event } if event.seq == seq)).await;
        let Some(ServerFrame::Event { event }) = heard.last() else { unreachable!() };
        assert_eq!(event.by == Participant::Visitor, name == "v");
        assert_eq!(event.what, What::Message { client_message_id: id, text: "안녕하세요".into() });
    }
    let close = Request::post(&format!("/v1/conversations/{}/close", receipt.conversation));
    place.send(as_agent(close, &cookie)).await;
    for socket in [&mut visitor, &mut agent] {
        socket.hear_until(|frame| matches!(frame, ServerFrame::Event { event } if event.what == What::Closed)).await;
    }
    queue.hear_until(|frame| matches!(frame, ServerFrame::Changed { last: 24, .. })).await;
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_repetitions_at_once_are_one_handoff() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let address = place.address;
    let repetitions: Vec<_> =
        (0..100).map(|_| tokio::spawn(async move { handoff_request("one").send(address).await })).collect();
    let mut receipts = Vec::new();
    for repetition in repetitions {
        let reply = repetition.await.unwrap();
        assert_eq!(reply.status, 201);
        receipts.push(reply.text().to_owned());
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1);
    let queue = place.send(as_agent(Request::get("/v1/queue"), &cookie)).await.json();
    assert_eq!(queue["conversations"].as_array().unwrap().len(), 1);
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_is_in_no_file() {
    let place = Place::new().await;
    let receipt = place.visitor("secret").await;
    let folder = place.stop().await;
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        files += 1;
        for secret in [receipt.token.as_bytes(), b"4111 1111", b"4111111111111111"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
    assert!(files >= 2, "database and key");
}

/// A key that might be guessed gives nothing to who does not know what was said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_key_is_no_way_in() {
    let place = Place::new().await;
    let hand_off = async |message: &str| {
        let mut body = handoff_body();
        body["message"] = json!(message);
        place.send(Request::post("/v1/handoffs").header("idempotency-key", "1").json(&body)).await
    };
    let first = hand_off("I cannot sign in.").await.json();
    assert_eq!(hand_off("I cannot sign in.").await.json(), first);
    let guessed = hand_off("Let me in.").await;
    assert_eq!((guessed.status, guessed.problem().as_str()), (409, "conflict"));
    let events = Request::get("/v1/events").bearer(first["token"].as_str().unwrap());
    assert_eq!(place.send(events).await.status, 200);
}
