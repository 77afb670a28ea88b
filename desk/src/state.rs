//! What all requests and sockets of a desk share.

use std::{
    future::Future,
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use handoff::api::Wait;
use tokio::sync::{Mutex, broadcast, watch};

use crate::{
    agents::{password::Passwords, throttle::Throttle, ticket::Tickets},
    config::Network,
    live::hub::Hub,
    origin::Origins,
    store::{Store, StoreError},
    token::TokenKey,
    wait,
};

/// Tries to sign in, a minute and account.
const TRIES_BY_ACCOUNT: usize = 10;
/// Tries to sign in, a minute and client.
const TRIES_BY_CLIENT: usize = 60;
/// How long the samples of the estimate hold.
const SAMPLES_LIFE: Duration = Duration::from_secs(5);

/// A desk at work.
pub(crate) struct Desk {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) key: TokenKey,
    pub(crate) origins: Origins,
    /// Proxies that are believed.
    pub(crate) proxies: Vec<Network>,
    pub(crate) passwords: Passwords,
    pub(crate) tickets: Tickets,
    /// By the SHA-256 of the e-mail address, so that long ones take no room.
    pub(crate) tries_by_account: Throttle<[u8; 32]>,
    pub(crate) tries_by_client: Throttle<IpAddr>,
    /// Tells the SHA-256 of each session that was ended before its time.
    pub(crate) ended_sessions: broadcast::Sender<[u8; 32]>,
    samples: Mutex<Option<(Instant, Vec<u64>)>>,
    stopping: watch::Sender<bool>,
    sockets: watch::Sender<()>,
}

impl Desk {
    pub(crate) fn new(store: Arc<dyn Store>, key: TokenKey, origins: Origins, proxies: Vec<Network>) -> Self {
        Self {
            store,
            hub: Arc::default(),
            key,
            origins,
            proxies,
            passwords: Passwords::new(),
            tickets: Tickets::default(),
            tries_by_account: Throttle::new(TRIES_BY_ACCOUNT),
            tries_by_client: Throttle::new(TRIES_BY_CLIENT),
            ended_sessions: broadcast::Sender::new(64),
            samples: Mutex::default(),
            stopping: watch::Sender::default(),
            sockets: watch::Sender::default(),
        }
    }

    /// Place in the queue, and how long it may take.
    pub(crate) async fn standing(&self, conversation: &str) -> Result<(Option<u32>, Wait), StoreError> {
        let position = self.store.position(conversation).await?;
        if position.is_none() {
            return Ok((None, Wait::Unknown));
        }
        let mut samples = self.samples.lock().await;
        let waits = match &*samples {
            Some((taken, waits)) if taken.elapsed() < SAMPLES_LIFE => waits.as_slice(),
            _ => {
                let waits = self.store.first_reply_waits(wait::SAMPLES).await?;
                &samples.insert((Instant::now(), waits)).1
            }
        };
        Ok((position, wait::estimate(waits, position)))
    }

    /// Begins to stop: sockets say goodbye, waiting requests answer.
    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the desk is being stopped.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Ends when the desk begins to stop.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.subscribe();
        async move {
            // An error says that the desk itself is gone.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        }
    }

    /// Counts a socket as long as the result is kept.
    pub(crate) fn count_socket(&self) -> watch::Receiver<()> {
        self.sockets.subscribe()
    }

    /// Ends when no socket is left.
    pub(crate) async fn sockets_left(&self) {
        self.sockets.closed().await;
    }
}
