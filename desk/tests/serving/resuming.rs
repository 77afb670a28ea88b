//! Connections that are cut, at any moment.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use handoff::chat::{ServerFrame, What};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    http::Request,
    place::{Place, message},
};

/// Messages of each writer.
const MESSAGES: u64 = 100;
const WRITERS: u64 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_gap_and_no_repetition_under_many_writers() {
    let place = Arc::new(Place::new().await);
    let receipt = place.visitor("resume").await;
    let last = 2 + WRITERS * MESSAGES;
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (place, token) = (Arc::clone(&place), receipt.token.clone());
            tokio::spawn(async move {
                for number in 0..MESSAGES {
                    let body = message(&format!("w{writer}-{number}"), "x");
                    let stored = place.send(Request::post("/v1/messages").bearer(&token).json(&body)).await;
                    assert_eq!(stored.status, 201);
                }
            })
        })
        .collect();
    let readers: Vec<_> = (0..6u64)
        .map(|reader| {
            let (place, token) = (Arc::clone(&place), receipt.token.clone());
            tokio::spawn(async move {
                let mut seen = Vec::new();
                while seen.last() != Some(&last) {
                    let after = seen.last().copied().unwrap_or(0);
                    let mut socket = place.hello(&token, after, None).await;
                    for _ in 0..5 + reader * 13 {
                        match socket.hear().await {
                            Some(ServerFrame::Event { event }) => seen.push(event.seq),
                            Some(_) => {}
                            None => break,
                        }
                        if seen.last() == Some(&last) {
                            break;
                        }
                    }
                    // Cut without a word.
                }
                seen
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for reader in readers {
        assert!(reader.await.unwrap().into_iter().eq(1..=last));
    }
    Arc::into_inner(place).unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_before_the_ack_and_sent_again_is_stored_once() {
    let place = Place::new().await;
    let receipt = place.visitor("cut").await;
    for number in 0..100u64 {
        let id = format!("m{number}");
        let mut socket = place.hello(&receipt.token, number + 2, None).await;
        assert!(matches!(socket.hear().await, Some(ServerFrame::Welcome { .. })));
        socket.write(&id, "x").await;
        // From at once to when the ack is surely there.
        tokio::time::sleep(Duration::from_micros(number * number)).await;
        drop(socket);
        let mut socket = place.hello(&receipt.token, number + 2, None).await;
        socket.write(&id, "x").await;
        let is_ack = |frame: &ServerFrame| matches!(frame, ServerFrame::Ack { .. });
        let heard = socket.hear_until(is_ack).await;
        let Some(ServerFrame::Ack { client_message_id, seq, .. }) = heard.last() else { unreachable!() };
        assert_eq!((client_message_id, *seq), (&id, number + 3));
    }
    let (events, last) = place.store.events(&receipt.conversation, 0, 1000).await.unwrap();
    assert_eq!(last, 102);
    for (number, event) in events[2..].iter().enumerate() {
        assert!(
            matches!(&event.what, What::Message { client_message_id, .. } if *client_message_id == format!("m{number}"))
        );
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_says_goodbye_and_loses_nothing() {
    let place = Place::new().await;
    let receipt = place.visitor("stop").await;
    let mut socket = place.hello(&receipt.token, 2, None).await;
    for number in 0..200 {
        socket.write(&format!("m{number}"), "x").await;
    }
    let hearing = tokio::spawn(async move {
        let mut acks = 0;
        loop {
            match socket.hear().await {
                Some(ServerFrame::Ack { .. }) => acks += 1,
                Some(ServerFrame::Bye { reason }) => return (acks, Some(reason)),
                Some(_) => {}
                None => return (acks, None),
            }
        }
    });
    tokio::time::sleep(Duration::from_millis(30)).await;
    let place = place.restarted().await;
    let (acks, reason) = hearing.await.unwrap();
    assert_eq!(reason, Some(handoff::chat::Farewell::Restarting));
    let (_, last) = place.store.events(&receipt.conversation, 0, 1).await.unwrap();
    assert_eq!(last, 2 + acks, "what was acknowledged is there, and nothing else");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_connections_do_not_hold_up_the_end() {
    let place = Place::new().await;
    // One has said nothing, one half of a request, one a whole one.
    let silent = TcpStream::connect(place.address).await.unwrap();
    let mut half = TcpStream::connect(place.address).await.unwrap();
    half.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let mut idle = TcpStream::connect(place.address).await.unwrap();
    idle.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut start_of_answer = [0; 12];
    idle.read_exact(&mut start_of_answer).await.unwrap();
    assert_eq!(&start_of_answer, b"HTTP/1.1 200");
    let start = Instant::now();
    place.stop().await;
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    drop((silent, half, idle));
}
