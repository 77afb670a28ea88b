use std::{sync::Arc, time::Duration};

use handoff::chat::{ServerFrame, What};
use tokio::time::Instant;

use crate::store::Store;

use super::support::{Client, Place, hello, short};

fn message(number: usize) -> What {
    What::Message { client_message_id: format!("m{number}"), text: "x".into() }
}

/// Numbers of the events that come until this one.
async fn seqs(client: &mut Client, until: u64) -> Vec<u64> {
    let mut seqs = Vec::new();
    while seqs.last() != Some(&until) {
        if let ServerFrame::Event { event } = client.hear().await.unwrap() {
            seqs.push(event.seq);
        }
    }
    seqs
}

#[tokio::test(start_paused = true)]
async fn everybody_sees_all_once_and_in_order() {
    let place = Arc::new(Place::new());
    let conversation = place.open(1).await;
    let writer = tokio::spawn({
        let (place, conversation) = (Arc::clone(&place), conversation.clone());
        async move {
            for number in 0..2000 {
                place.append(&conversation, message(number)).await;
                if number % 7 == 0 {
                    tokio::task::yield_now().await;
                }
                if number % 50 == 0 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        }
    });
    // Watchers come at any time, know any number of events, and go and come again.
    let watchers: Vec<_> = (0..20u64)
        .map(|number| {
            let (place, conversation) = (Arc::clone(&place), conversation.clone());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(number * 2)).await;
                let mut after = 0;
                while after < 2002 {
                    let mut client = place.hello(&conversation, after, None).await;
                    for _ in 0..10 + number * 25 {
                        let Some(frame) = client.hear().await else { break };
                        if let ServerFrame::Event { event } = frame {
                            assert_eq!(event.seq, after + 1, "a gap or a repetition");
                            after = event.seq;
                        }
                        if after == 2002 {
                            break;
                        }
                    }
                }
            })
        })
        .collect();
    writer.await.unwrap();
    for watcher in watchers {
        watcher.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_hub_that_lags_costs_nothing() {
    // The hub can hardly follow: it must have watchers read again.
    let place = Place::with_watched(2);
    let conversation = place.open(1).await;
    let mut client = place.visitor(&conversation).await;
    for number in 0..100 {
        place.append(&conversation, message(number)).await;
    }
    assert_eq!(seqs(&mut client, 102).await, (3..=102).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_read_is_cut() {
    let place = Place::new();
    let conversation = place.open(1).await;
    let mut slow = place.connect(2, true);
    slow.say(&hello(&conversation, 0, None)).await;
    let mut other = place.visitor(&conversation).await;
    let start = Instant::now();
    for number in 0..1000 {
        place.append(&conversation, message(number)).await;
    }
    slow.attending.await.unwrap();
    assert!((10..=11).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    // Others have noticed nothing.
    assert_eq!(seqs(&mut other, 1002).await.len(), 1000);
    // And he who comes again misses nothing.
    let mut again = place.hello(&conversation, 2, None).await;
    assert_eq!(seqs(&mut again, 1002).await, (3..=1002).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn visitors_are_told_their_place() {
    let place = Place::new();
    let (first, second) = (place.open(1).await, place.open(2).await);
    let mut client = place.hello(&second, 2, None).await;
    assert_eq!(short(&client.hear().await.unwrap()), "welcome 2");
    assert_eq!(short(&client.hear().await.unwrap()), "place 2, 1 to 2");
    // One who comes later changes nothing for those who are there.
    place.open(3).await;
    assert!(client.hears_nothing().await);
    place.append(&first, What::Assigned).await;
    assert_eq!(short(&client.hear().await.unwrap()), "place 1, 1 to 2");
    // What moves nobody is not told.
    place.append(&first, What::Closed).await;
    assert!(client.hears_nothing().await);
    place.append(&second, What::Assigned).await;
    assert_eq!(short(&client.hear().await.unwrap()), "3 Assigned");
    assert_eq!(short(&client.hear().await.unwrap()), "place None, Unknown");
    place.append(&first, What::Reopened).await;
    assert!(client.hears_nothing().await);
    place.append(&second, What::Reopened).await;
    assert_eq!(short(&client.hear().await.unwrap()), "4 Reopened");
    assert_eq!(short(&client.hear().await.unwrap()), "place 2, 1 to 2");
}

#[tokio::test(start_paused = true)]
async fn requests_wait_for_what_happens() {
    use crate::conversation::page;

    let place = Arc::new(Place::new());
    let conversation = place.open(1).await;
    let wait = Duration::from_secs(25);
    let start = Instant::now();
    // What is there is given at once.
    let found = page(&place.desk, &conversation, 0, wait).await.unwrap();
    assert_eq!((found.events.len(), found.last, found.position), (2, 2, Some(1)));
    assert_eq!(page(&place.desk, &conversation, 1, wait).await.unwrap().events.len(), 1);
    assert!(page(&place.desk, &conversation, 2, Duration::ZERO).await.unwrap().events.is_empty());
    assert_eq!(start.elapsed(), Duration::ZERO);
    // Nothing comes, and no wait is longer than it may be.
    assert!(page(&place.desk, &conversation, 2, Duration::from_secs(1000)).await.unwrap().events.is_empty());
    assert_eq!(start.elapsed().as_secs(), 25);
    // Something comes.
    let waiting = |after| {
        let (place, conversation) = (Arc::clone(&place), conversation.clone());
        tokio::spawn(async move { page(&place.desk, &conversation, after, wait).await.unwrap() })
    };
    let (one, ahead) = (waiting(2), waiting(77));
    tokio::time::sleep(Duration::from_secs(5)).await;
    let start = Instant::now();
    place.append(&conversation, What::Assigned).await;
    for waited in [one, ahead] {
        let found = waited.await.unwrap();
        assert_eq!((found.events[0].seq, found.last, found.position), (3, 3, None));
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    // The desk is stopped.
    let waiting = waiting(3);
    tokio::time::sleep(Duration::from_secs(5)).await;
    let start = Instant::now();
    place.desk.stop();
    assert!(waiting.await.unwrap().events.is_empty());
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(place.store.events(&conversation, 0, 10).await.unwrap().1, 3);
}
