//! Waiting for events without a socket.

use std::time::{Duration, Instant};

use crate::{
    http::Request,
    place::{Place, message},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_waiting_request_is_answered_at_once_when_something_happens() {
    let place = Place::new().await;
    let receipt = place.visitor("poll").await;
    let mut slowest = Duration::ZERO;
    for number in 0..20 {
        let after = number + 2;
        let (address, token) = (place.address, receipt.token.clone());
        let waiting = tokio::spawn(async move {
            let reply = Request::get(&format!("/v1/events?after={after}&wait=25")).bearer(&token).send(address).await;
            (reply, Instant::now())
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        let body = message(&format!("m{number}"), "x");
        let stored = place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&body)).await;
        let written = Instant::now();
        assert_eq!(stored.json()["seq"], after + 1);
        let (reply, answered) = waiting.await.unwrap();
        assert_eq!(reply.json()["events"][0]["seq"], after + 1);
        slowest = slowest.max(answered.saturating_duration_since(written));
    }
    // Some milliseconds; generous, as others may use the machine.
    assert!(slowest < Duration::from_millis(500), "{slowest:?}");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_ends_in_time_and_with_the_desk() {
    let place = Place::new().await;
    let receipt = place.visitor("poll").await;
    let start = Instant::now();
    let reply = place.send(Request::get("/v1/events?after=2&wait=1").bearer(&receipt.token)).await;
    assert_eq!((reply.status, reply.json()["events"].as_array().unwrap().len()), (200, 0));
    assert!((900..5000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());

    let (address, token) = (place.address, receipt.token);
    let waiting =
        tokio::spawn(async move { Request::get("/v1/events?after=2&wait=25").bearer(&token).send(address).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    place.stop().await;
    let reply = waiting.await.unwrap();
    assert_eq!((reply.status, reply.json()["events"].as_array().unwrap().len()), (200, 0));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
