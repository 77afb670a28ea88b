use axum::extract::ws::Message;
use handoff::chat::{ClientFrame, Farewell, ServerFrame, VERSION, What};
use tokio::time::Instant;

use super::support::{Place, hello, short};

#[tokio::test(start_paused = true)]
async fn whoever_says_nothing_is_sent_away() {
    let place = Place::new();
    let start = Instant::now();
    assert_eq!(place.connect(8, true).farewell().await, Some(Farewell::Silent));
    assert_eq!(start.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_begin_with_hello_is_sent_away() {
    let place = Place::new();
    place.open(1).await;
    let text = |text: &str| Message::Text(text.into());
    let wrong = [
        text(""),
        text("hello"),
        text("[]"),
        text("null"),
        text("{}"),
        text(r#"{"type":"hello"}"#),
        text(r#"{"type":"hullo"}"#),
        text(r#"{"type":"ping"}"#),
        text(r#"{"type":"message","client_message_id":"a","text":"b"}"#),
        text(r#"{"type":"hello","version":2,"token":"x","after":0}"#),
        text(r#"{"type":"hello","version":1,"token":"x","after":-1}"#),
        text(r#"{"type":"hello","version":1,"token":"x","after":0.5}"#),
        text(r#"{"type":"hello","version":1,"token":["x"],"after":0}"#),
        text(r#"{"type":"hello","version":1,"token":{"$regex":"."},"after":0}"#),
        text(r#"{"type":"hello","version":1,"token":"x","after":0,"more":1}"#),
        text(r#"{"type":"hello","version":1,"token":"x","token":"y","after":0}"#),
        text(r#"["ping"]"#),
        text(r#"["hello",1,"x",0]"#),
        text(&"[".repeat(100_000)),
        Message::Binary(br#"{"type":"ping"}"#.to_vec().into()),
    ];
    for message in wrong {
        let mut client = place.connect(8, true);
        client.say_raw(message.clone()).await;
        assert_eq!(client.farewell().await, Some(Farewell::Misused), "{message:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_its_token_opens_a_conversation() {
    let place = Place::new();
    let (one, other) = (place.open(1).await, place.open(2).await);
    let (_, ticket) = place.ticket().await;
    let wrong = [
        hello("", 0, None),
        hello("nonsense", 0, None),
        hello(&"x".repeat(100_000), 0, None),
        hello("ticket.nonsense", 0, None),
        hello(&one, 0, Some(&other)),
        hello(&one, 0, Some("")),
        hello(&ticket, 0, Some("nonsense")),
        // Spent by the line before.
        hello(&ticket, 0, Some(&one)),
    ];
    for frame in wrong {
        let mut client = place.connect(8, true);
        client.say(&frame).await;
        assert_eq!(client.farewell().await, Some(Farewell::NotAllowed), "{frame:?}");
    }
    let (_, ticket) = place.ticket().await;
    let mut client = place.hello(&ticket, 0, Some(&format!("{:032x}", 77))).await;
    assert_eq!(client.farewell().await, Some(Farewell::NotAllowed), "there is no such conversation");
    for conversation in [None, Some(&*one)] {
        let mut client = place.hello(&one, 0, conversation).await;
        assert!(matches!(
            client.hear().await,
            Some(ServerFrame::Welcome { version: VERSION, last: 2, heartbeat_s: 30 })
        ));
    }
}

#[tokio::test(start_paused = true)]
async fn agents_come_from_the_desks_own_pages() {
    let place = Place::new();
    let conversation = place.open(1).await;
    for conversation in [None, Some(&*conversation)] {
        let (_, ticket) = place.ticket().await;
        let mut client = place.connect(8, false);
        client.say(&hello(&ticket, 0, conversation)).await;
        assert_eq!(client.farewell().await, Some(Farewell::NotAllowed));
        // It is spent all the same.
        assert_eq!(place.hello(&ticket, 0, conversation).await.farewell().await, Some(Farewell::NotAllowed));
    }
    // Visitors may come from any page on the list.
    let mut client = place.connect(8, false);
    client.say(&hello(&conversation, 0, None)).await;
    assert!(matches!(client.hear().await, Some(ServerFrame::Welcome { .. })));
}

#[tokio::test(start_paused = true)]
async fn what_was_missed_comes_first() {
    let place = Place::new();
    let conversation = place.open(1).await;
    place.append(&conversation, What::Assigned).await;
    let check = async |after, expected: &[&str]| {
        let mut client = place.hello(&conversation, after, None).await;
        let mut heard = Vec::new();
        for _ in expected {
            heard.push(short(&client.hear().await.unwrap()));
        }
        assert_eq!(heard, expected);
        assert!(client.hears_nothing().await);
    };
    let place_none = "place None, Unknown";
    check(0, &["welcome 3", "1 HandedOff", "2 message handoff", "3 Assigned", place_none]).await;
    check(2, &["welcome 3", "3 Assigned", place_none]).await;
    check(3, &["welcome 3", place_none]).await;
    check(99, &["welcome 3", place_none]).await;
    check(u64::MAX, &["welcome 3", place_none]).await;
}

#[tokio::test(start_paused = true)]
async fn long_histories_come_in_pages_and_whole() {
    let place = Place::new();
    let conversation = place.open(1).await;
    for number in 0..1000 {
        place.append(&conversation, What::Message { client_message_id: format!("m{number}"), text: "x".into() }).await;
    }
    let mut client = place.hello(&conversation, 0, None).await;
    assert_eq!(short(&client.hear().await.unwrap()), "welcome 1002");
    for expected in 1..=1002 {
        match client.hear().await {
            Some(ServerFrame::Event { event }) => assert_eq!(event.seq, expected),
            other => panic!("{other:?} instead of event {expected}"),
        }
    }
    assert_eq!(short(&client.hear().await.unwrap()), "place 1, 1 to 2");
}

#[tokio::test(start_paused = true)]
async fn a_second_hello_is_out_of_order() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    client.say(&hello(&conversation, 0, None)).await;
    assert_eq!(client.farewell().await, Some(Farewell::Misused));
}

#[tokio::test(start_paused = true)]
async fn whoever_can_be_heard_stays() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let start = Instant::now();
    let mut client = place.visitor(&conversation).await;
    for _ in 0..10 {
        assert_eq!(client.hear().await, Some(ServerFrame::Ping));
        client.say(&ClientFrame::Pong).await;
    }
    assert_eq!(start.elapsed().as_secs(), 300);
    // Pings of the client are answered, and count as well.
    client.say(&ClientFrame::Ping).await;
    assert_eq!(client.hear().await, Some(ServerFrame::Pong));
    // Then it falls silent: cut between two and three heartbeats later.
    let silent = Instant::now();
    let (heard, reason) = client.hear_goodbye().await;
    assert_eq!(reason, Some(Farewell::Silent));
    assert!(heard.iter().all(|frame| *frame == ServerFrame::Ping));
    assert!((60..=90).contains(&silent.elapsed().as_secs()), "{:?}", silent.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_stopping_desk_says_so() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let (_, ticket) = place.ticket().await;
    let mut clients =
        vec![place.connect(8, true), place.visitor(&conversation).await, place.hello(&ticket, 0, None).await];
    assert!(matches!(clients[2].hear().await, Some(ServerFrame::Welcome { last: 0, .. })));
    place.desk.stop();
    for mut client in clients {
        assert_eq!(client.farewell().await, Some(Farewell::Restarting));
        drop(client.to_desk);
        client.attending.await.unwrap();
    }
    tokio::time::timeout(std::time::Duration::from_secs(1), place.desk.sockets_left()).await.unwrap();
}
