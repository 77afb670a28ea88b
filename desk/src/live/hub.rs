//! Tells commits to whoever listens to a conversation.
//!
//! A listener holds no queue: only the latest event of its conversation waits for it. Who is one event behind takes it
//! from there; who is more behind, or told that the hub itself has missed something, reads the store again from the
//! last number that he has. So a slow reader costs nothing and misses nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use handoff::chat::What;
use tokio::{
    sync::{broadcast, watch},
    time::{Instant, sleep_until},
};

use crate::store::Committed;

/// Shortest time between two notices that the queue has moved.
const QUEUE_PACE: Duration = Duration::from_millis(500);

/// The latest event; `None` at first, and where events were missed.
type Latest = Option<Arc<Committed>>;
type Listened = HashMap<String, watch::Sender<Latest>>;

/// Who listens to what.
#[derive(Default)]
pub(crate) struct Hub {
    listened: Mutex<Listened>,
    /// Counts how often places in the queue have changed.
    queue: watch::Sender<u64>,
}

impl Hub {
    /// Listens to a conversation from now on.
    pub(crate) fn listen(self: &Arc<Self>, conversation: &str) -> Listener {
        let mut listened = self.lock();
        let receiver = match listened.get(conversation) {
            Some(sender) => sender.subscribe(),
            None => {
                let (sender, receiver) = watch::channel(None);
                listened.insert(conversation.to_owned(), sender);
                receiver
            }
        };
        Listener { hub: Arc::clone(self), conversation: conversation.to_owned(), receiver }
    }

    /// Listens to the queue: a new number says that places in it may have changed.
    pub(crate) fn queue(&self) -> watch::Receiver<u64> {
        self.queue.subscribe()
    }

    /// Tells what is committed until the store is closed.
    pub(crate) async fn run(&self, mut commits: broadcast::Receiver<Arc<Committed>>) {
        let mut told: Option<Instant> = None;
        let mut due: Option<Instant> = None;
        loop {
            let received = tokio::select! {
                received = commits.recv() => received,
                () = at(due) => {
                    (told, due) = (Some(Instant::now()), None);
                    self.queue.send_modify(|count| *count += 1);
                    continue;
                }
            };
            let moves = match received {
                Ok(committed) => {
                    let moves = moves_queue(&committed);
                    self.tell(committed);
                    moves
                }
                Err(broadcast::error::RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "commits came faster than they could be told; listeners read again");
                    self.tell_missed();
                    true
                }
                Err(broadcast::error::RecvError::Closed) => return,
            };
            if moves && due.is_none() {
                due = Some(told.map_or_else(Instant::now, |told| told + QUEUE_PACE));
            }
        }
    }

    fn tell(&self, committed: Arc<Committed>) {
        if let Some(sender) = self.lock().get(&committed.conversation) {
            sender.send_replace(Some(committed));
        }
    }

    fn tell_missed(&self) {
        for sender in self.lock().values() {
            sender.send_replace(None);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Listened> {
        self.listened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends at a time; never without one.
async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}

/// Whether others may have another place now. A new conversation stands last and moves nobody.
fn moves_queue(committed: &Committed) -> bool {
    matches!(committed.event.what, What::Assigned | What::Closed | What::Reopened)
}

/// Listens to one conversation.
pub(crate) struct Listener {
    hub: Arc<Hub>,
    conversation: String,
    receiver: watch::Receiver<Latest>,
}

impl Listener {
    /// The latest event since the last call, once there is one. `None` where events were missed. May be dropped and
    /// called again without loss.
    pub(crate) async fn next(&mut self) -> Latest {
        match self.receiver.changed().await {
            Ok(()) => self.receiver.borrow_and_update().clone(),
            // The hub keeps the sender as long as somebody listens.
            Err(_) => std::future::pending().await,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut listened = self.hub.lock();
        // Nobody can begin to listen meanwhile, so the last one is the one who leaves.
        if listened.get(&self.conversation).is_some_and(|sender| sender.receiver_count() <= 1) {
            listened.remove(&self.conversation);
        }
    }
}

#[cfg(test)]
mod tests {
    use handoff::chat::{Event, Participant};
    use tokio::time::timeout;

    use super::*;

    fn committed(conversation: &str, seq: u64, what: What) -> Arc<Committed> {
        let event = Event { seq, at_ms: 0, by: Participant::Visitor, what };
        Arc::new(Committed { conversation: conversation.into(), event })
    }

    fn start(capacity: usize) -> (Arc<Hub>, broadcast::Sender<Arc<Committed>>) {
        let hub = Arc::new(Hub::default());
        let (sender, receiver) = broadcast::channel(capacity);
        let running = Arc::clone(&hub);
        tokio::spawn(async move { running.run(receiver).await });
        (hub, sender)
    }

    async fn seq(listener: &mut Listener) -> Option<u64> {
        let latest = timeout(Duration::from_secs(60), listener.next()).await.expect("nothing was told");
        latest.map(|committed| committed.event.seq)
    }

    #[tokio::test(start_paused = true)]
    async fn listeners_hear_their_conversation() {
        let (hub, sender) = start(16);
        let (mut a, mut b) = (hub.listen("a"), hub.listen("b"));
        let mut again = hub.listen("a");
        sender.send(committed("a", 3, What::HandedOff)).unwrap();
        assert_eq!((seq(&mut a).await, seq(&mut again).await), (Some(3), Some(3)));
        assert!(timeout(Duration::from_secs(1), b.next()).await.is_err());
        drop((a, again));
        assert_eq!(hub.lock().keys().collect::<Vec<_>>(), ["b"]);
        drop(b);
        assert!(hub.lock().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn only_the_latest_waits() {
        let (hub, sender) = start(16);
        let mut listener = hub.listen("a");
        for seq in 1..=10 {
            sender.send(committed("a", seq, What::Closed)).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(seq(&mut listener).await, Some(10));
        assert!(timeout(Duration::from_secs(1), listener.next()).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_lag_is_told_to_all() {
        let hub = Arc::new(Hub::default());
        let (sender, receiver) = broadcast::channel(2);
        let (mut a, mut b) = (hub.listen("a"), hub.listen("b"));
        for seq in 1..=10 {
            sender.send(committed("a", seq, What::HandedOff)).unwrap();
        }
        drop(sender);
        hub.run(receiver).await;
        assert_eq!(seq(&mut a).await, Some(10));
        assert_eq!(seq(&mut b).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn moves_of_the_queue_are_told_in_bundles() {
        let (hub, sender) = start(64);
        let mut queue = hub.queue();
        sender.send(committed("a", 1, What::HandedOff)).unwrap();
        assert!(timeout(Duration::from_secs(1), queue.changed()).await.is_err());
        for seq in 2..12 {
            sender.send(committed("a", seq, What::Closed)).unwrap();
        }
        queue.changed().await.unwrap();
        assert_eq!(*queue.borrow_and_update(), 1);
        sender.send(committed("a", 12, What::Reopened)).unwrap();
        assert!(timeout(QUEUE_PACE / 2, queue.changed()).await.is_err());
        timeout(QUEUE_PACE, queue.changed()).await.unwrap().unwrap();
        assert_eq!(*queue.borrow_and_update(), 2);
    }
}
