use std::time::Duration;

use handoff::chat::{ClientFrame, Farewell, Participant, ServerFrame, What};
use tokio::time::{Instant, sleep};

use crate::store::{Session, Store};

use super::support::{Place, short};

#[tokio::test(start_paused = true)]
async fn an_agent_talks_under_his_name() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let (_, ticket) = place.ticket().await;
    let mut agent = place.hello(&ticket, 0, Some(&conversation)).await;
    let mut visitor = place.visitor(&conversation).await;
    for expected in ["welcome 2", "1 HandedOff", "2 message handoff"] {
        assert_eq!(short(&agent.hear().await.unwrap()), expected);
    }
    agent.write("reply", "Hello").await;
    match visitor.hear().await {
        Some(ServerFrame::Event { event }) => {
            assert_eq!(event.by, Participant::Agent { id: "1".into(), name: "Mina".into() });
        }
        other => panic!("{other:?}"),
    }
    visitor.write("reply2", "Hello!").await;
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(short(&agent.hear().await.unwrap()));
    }
    // Places in the queue are told to visitors only.
    assert!(heard.contains(&"4 message reply2".to_owned()), "{heard:?}");
    place.append(&conversation, What::Assigned).await;
    assert_eq!(short(&agent.hear().await.unwrap()), "5 Assigned");
    assert!(agent.hears_nothing().await);
}

#[tokio::test(start_paused = true)]
async fn the_queue_names_what_has_changed() {
    let place = Place::new();
    place.open(1).await;
    let (_, ticket) = place.ticket().await;
    let mut agent = place.hello(&ticket, 5, None).await;
    assert_eq!(short(&agent.hear().await.unwrap()), "welcome 0");
    let new = place.open(2).await;
    assert_eq!(short(&agent.hear().await.unwrap()), "changed 2 2");
    place.append(&new, What::Assigned).await;
    assert_eq!(short(&agent.hear().await.unwrap()), "changed 2 3");
    // Many changes of one conversation may be told as one.
    for number in 0..500 {
        place.append(&new, What::Message { client_message_id: format!("m{number}"), text: "x".into() }).await;
    }
    let mut frames = 0;
    loop {
        frames += 1;
        let heard = short(&agent.hear().await.unwrap());
        if heard == "changed 2 503" {
            break;
        }
    }
    assert!(frames < 100, "{frames}");
    agent.say(&ClientFrame::Ping).await;
    assert_eq!(agent.hear().await, Some(ServerFrame::Pong));
    // Nobody can be spoken to here.
    agent.write("a", "Hello?").await;
    assert_eq!(agent.farewell().await, Some(Farewell::Misused));
}

#[tokio::test(start_paused = true)]
async fn whoever_cannot_follow_the_queue_reads_it_anew() {
    let place = Place::with_watched(4);
    let conversation = place.open(1).await;
    let (_, ticket) = place.ticket().await;
    let mut agent = place.hello(&ticket, 0, None).await;
    assert_eq!(short(&agent.hear().await.unwrap()), "welcome 0");
    for number in 0..500 {
        place.append(&conversation, What::Message { client_message_id: format!("m{number}"), text: "x".into() }).await;
    }
    assert_eq!(agent.hear_goodbye().await.1, Some(Farewell::TooSlow));
}

#[tokio::test(start_paused = true)]
async fn signing_out_ends_the_sockets() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let (who, ticket) = place.ticket().await;
    let mut talking = place.hello(&ticket, 2, Some(&conversation)).await;
    let mut watching = place.hello(&place.ticket().await.1, 0, None).await;
    for agent in [&mut talking, &mut watching] {
        assert!(matches!(agent.hear().await, Some(ServerFrame::Welcome { .. })));
    }
    // Somebody else signs out.
    place.desk.ended_sessions.send([1; 32]).unwrap();
    assert!(talking.hears_nothing().await && watching.hears_nothing().await);
    place.store.end_session(who.session).await.unwrap();
    place.desk.ended_sessions.send(who.session).unwrap();
    for mut agent in [talking, watching] {
        assert_eq!(agent.farewell().await, Some(Farewell::NotAllowed));
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_that_has_ended_is_noticed() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let (who, ticket) = place.ticket().await;
    let mut agent = place.hello(&ticket, 2, Some(&conversation)).await;
    assert_eq!(short(&agent.hear().await.unwrap()), "welcome 2");
    // Nobody says so; the store knows.
    let expired = Session { hash: who.session, agent: "1".into(), expires_ms: 0 };
    place.store.open_session(expired).await.unwrap();
    let start = Instant::now();
    loop {
        match agent.hear().await {
            Some(ServerFrame::Ping) => agent.say(&ClientFrame::Pong).await,
            Some(ServerFrame::Bye { reason: Farewell::NotAllowed }) => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(start.elapsed().as_secs(), 180);
    sleep(Duration::from_millis(1)).await;
}
