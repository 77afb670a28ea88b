use std::sync::atomic::Ordering;

use axum::extract::ws::Message;
use handoff::{
    chat::{ClientFrame, Farewell, Participant, ServerFrame, What},
    limits::MESSAGE_BYTES,
};

use crate::store::Store;

use super::support::{Place, short};

#[tokio::test(start_paused = true)]
async fn an_ack_comes_after_the_store_has_answered() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    place.store.hold();
    client.write("a", "one").await;
    client.write("b", "two").await;
    assert!(client.hears_nothing().await);
    place.store.gate.add_permits(1);
    let mut heard = vec![short(&client.hear().await.unwrap()), short(&client.hear().await.unwrap())];
    heard.sort();
    assert_eq!(heard, ["3 message a", "ack a 3"]);
    assert!(client.hears_nothing().await);
    place.store.gate.add_permits(1);
    let mut heard = vec![short(&client.hear().await.unwrap()), short(&client.hear().await.unwrap())];
    heard.sort();
    assert_eq!(heard, ["4 message b", "ack b 4"]);
}

#[tokio::test(start_paused = true)]
async fn others_are_heard_while_a_message_is_being_stored() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    place.append(&conversation, What::Assigned).await;
    assert_eq!(short(&client.hear().await.unwrap()), "3 Assigned");
    assert_eq!(short(&client.hear().await.unwrap()), "place None, Unknown");
    place.store.hold();
    client.write("a", "one").await;
    assert!(client.hears_nothing().await);
    // Heartbeats go on.
    assert_eq!(client.hear().await, Some(ServerFrame::Ping));
    place.store.gate.add_permits(1);
    assert_eq!(short(&client.hear().await.unwrap()), "ack a 4");
}

#[tokio::test(start_paused = true)]
async fn many_at_once_are_stored_in_order() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    for number in 0..500 {
        client.write(&format!("m{number}"), "x").await;
    }
    let (mut acks, mut events) = (Vec::new(), Vec::new());
    while acks.len() < 500 || events.len() < 500 {
        match client.hear().await.unwrap() {
            ServerFrame::Ack { client_message_id, seq, .. } => acks.push((client_message_id, seq)),
            ServerFrame::Event { event } => match event.what {
                What::Message { client_message_id, .. } => events.push((client_message_id, event.seq)),
                what => panic!("{what:?}"),
            },
            other => panic!("{other:?}"),
        }
    }
    let expected: Vec<_> = (0..500).map(|number| (format!("m{number}"), number + 3)).collect();
    assert_eq!(acks, expected);
    assert_eq!(events, expected);
}

#[tokio::test(start_paused = true)]
async fn a_repetition_gets_the_first_number() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    for text in ["one", "another"] {
        client.write("a", text).await;
    }
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(short(&client.hear().await.unwrap()));
    }
    heard.sort();
    assert_eq!(heard, ["3 message a", "ack a 3", "ack a 3"]);
    assert!(client.hears_nothing().await);
}

#[tokio::test(start_paused = true)]
async fn what_can_never_be_stored_is_refused() {
    let place = Place::new();
    let conversation = place.open(1).await;
    place.append(&conversation, What::Message { client_message_id: "theirs".into(), text: "x".into() }).await;
    let mut client = place.visitor(&conversation).await;
    let mut check = async |id: &str, text: &str, expected: &str| {
        client.write(id, text).await;
        assert_eq!(short(&client.hear().await.unwrap()), format!("refused {id} {expected}"));
    };
    check("a", "", "problems/wrong-shape").await;
    check("a", " \n\t\u{3000}", "problems/wrong-shape").await;
    check("a", &"x".repeat(MESSAGE_BYTES + 1), "problems/too-large").await;
    check("", "x", "problems/wrong-shape").await;
    check("a b", "x", "problems/wrong-shape").await;
    check("가", "x", "problems/wrong-shape").await;
    check(&"a".repeat(65), "x", "problems/wrong-shape").await;
    check("theirs", "x", "problems/conflict").await;
    // The connection goes on, and the id of a refused message is free.
    client.write("a", &"한".repeat(MESSAGE_BYTES / 3)).await;
    let mut heard = vec![short(&client.hear().await.unwrap()), short(&client.hear().await.unwrap())];
    heard.sort();
    assert_eq!(heard, ["4 message a", "ack a 4"]);
}

#[tokio::test(start_paused = true)]
async fn texts_are_stored_without_what_nobody_should_keep() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    client.write("a", "my card 4111 1111 1111 1111\0").await;
    while !matches!(client.hear().await, Some(ServerFrame::Ack { .. })) {}
    let (events, _) = place.store.events(&conversation, 2, 10).await.unwrap();
    let What::Message { text, .. } = &events[0].what else { panic!("{events:?}") };
    assert!(!text.contains("4111 1111") && text.contains('\u{fffd}') && text.starts_with("my card"), "{text}");
    assert_eq!(events[0].by, Participant::Visitor);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_stored_is_not_acknowledged() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    place.store.fails.store(true, Ordering::Relaxed);
    client.write("a", "one").await;
    client.write("b", "two").await;
    assert_eq!(client.farewell().await, Some(Farewell::Restarting));
    assert_eq!(place.store.events(&conversation, 0, 10).await.unwrap().1, 2);
    // Once it works again, both are sent again and stored, in order.
    place.store.fails.store(false, Ordering::Relaxed);
    let mut client = place.visitor(&conversation).await;
    client.write("a", "one").await;
    client.write("b", "two").await;
    let mut acks = Vec::new();
    while acks.len() < 2 {
        if let Some(ServerFrame::Ack { client_message_id, seq, .. }) = client.hear().await {
            acks.push((client_message_id, seq));
        }
    }
    assert_eq!(acks, [("a".to_owned(), 3), ("b".to_owned(), 4)]);
}

#[tokio::test(start_paused = true)]
async fn what_is_on_its_way_is_answered_before_the_end() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    place.store.hold();
    client.write("a", "one").await;
    client.write("b", "two").await;
    assert!(client.hears_nothing().await);
    place.desk.stop();
    assert!(client.hears_nothing().await);
    place.store.gate.add_permits(1);
    let (heard, reason) = client.hear_goodbye().await;
    assert!(heard.iter().any(|frame| short(frame) == "ack a 3"), "{heard:?}");
    assert!(!heard.iter().any(|frame| short(frame).starts_with("ack b")), "{heard:?}");
    assert_eq!(reason, Some(Farewell::Restarting));
}

#[tokio::test(start_paused = true)]
async fn cut_between_storing_and_ack_then_sent_again() {
    let place = Place::new();
    let conversation = place.open(1).await;
    for _ in 0..5 {
        let client = place.visitor(&conversation).await;
        place.store.hold();
        let mut client = client;
        client.write("a", "one").await;
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        // Whether it was stored or not, nobody here knows.
        client.attending.abort();
        place.store.gate.add_permits(1_000);
    }
    let mut client = place.visitor(&conversation).await;
    client.write("a", "one").await;
    while !matches!(client.hear().await, Some(ServerFrame::Ack { seq: 3, .. })) {}
    assert_eq!(place.store.events(&conversation, 0, 10).await.unwrap().1, 3);
}

#[tokio::test(start_paused = true)]
async fn nonsense_ends_the_connection() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let wrong = [
        Message::Text("{".into()),
        Message::Text(r#"{"type":"message","client_message_id":"a"}"#.into()),
        Message::Text(r#"{"type":"message","client_message_id":"a","text":null}"#.into()),
        Message::Text(r#"{"type":"message","client_message_id":"a","text":"b","more":1}"#.into()),
        Message::Binary(vec![0; 10].into()),
    ];
    for message in wrong {
        let mut client = place.visitor(&conversation).await;
        client.say_raw(message.clone()).await;
        assert_eq!(client.farewell().await, Some(Farewell::Misused), "{message:?}");
    }
    // A frame that cannot be read is no better.
    let mut client = place.visitor(&conversation).await;
    client.to_desk.try_send(Err(())).unwrap();
    assert_eq!(client.farewell().await, Some(Farewell::Misused));
    // The library's own frames are none of ours.
    let mut client = place.visitor(&conversation).await;
    client.say_raw(Message::Ping(vec![1].into())).await;
    client.say_raw(Message::Pong(vec![1].into())).await;
    client.say(&ClientFrame::Ping).await;
    assert_eq!(client.hear().await, Some(ServerFrame::Pong));
    client.say_raw(Message::Close(None)).await;
    client.attending.await.unwrap();
}
