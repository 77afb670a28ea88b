//! A desk from its start to its end.

use std::{sync::Arc, time::Duration};

use tokio::{net::TcpListener, time::timeout};

use crate::{
    config::Settings,
    connections,
    origin::{BadOrigin, Origin, Origins},
    routes,
    state::Desk,
    store::Store,
    token::{KeyError, TokenKey},
};

/// How long connections may take to end. What is stored is safe; whoever is cut off connects again.
const PARTING: Duration = Duration::from_secs(10);

/// The desk cannot start.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The key of visitors' tokens cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The listener does not tell its address.
    #[error("the address cannot be told: {0}")]
    Address(#[from] std::io::Error),
    /// No public address was given, and that of the listener is none.
    #[error("{0}; give `public_url`")]
    Origin(#[from] BadOrigin),
}

/// Serves until `shutdown` ends. See [`Server`].
///
/// # Errors
/// [`LaunchError`] where the desk cannot start; the store is closed then, too.
pub async fn launch(
    settings: Settings,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send,
    store: Arc<dyn Store>,
) -> Result<(), LaunchError> {
    Server::new(settings, listener, store).await?.run(shutdown).await;
    Ok(())
}

/// A desk that is ready to serve. Whoever connects already waits.
pub struct Server {
    settings: Settings,
    listener: TcpListener,
    desk: Arc<Desk>,
}

impl Server {
    /// Makes all ready.
    ///
    /// # Errors
    /// [`LaunchError`] where the desk cannot start; the store is closed then, too.
    pub async fn new(settings: Settings, listener: TcpListener, store: Arc<dyn Store>) -> Result<Self, LaunchError> {
        match prepare(&settings, &listener, Arc::clone(&store)) {
            Ok(desk) => Ok(Self { settings, listener, desk: Arc::new(desk) }),
            Err(error) => {
                store.close().await;
                Err(error)
            }
        }
    }

    /// Serves until `shutdown` ends. Then sockets are told goodbye, waiting requests are answered, and at last the store
    /// is closed.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let Self { settings, listener, desk } = self;
        tell(&settings, &desk);
        let hub = tokio::spawn({
            let (hub, commits) = (Arc::clone(&desk.hub), desk.store.watch());
            async move { hub.run(commits).await }
        });
        let serving = tokio::spawn(connections::serve(Arc::clone(&desk), listener, routes::app(Arc::clone(&desk))));
        shutdown.await;
        tracing::info!("stopping");
        desk.stop();
        let parting = async {
            // Connections first: one that is just being upgraded becomes a socket.
            let _ = serving.await;
            desk.sockets_left().await;
        };
        if timeout(PARTING, parting).await.is_err() {
            tracing::warn!("some connections did not end in time and are cut");
        }
        desk.store.close().await;
        hub.abort();
        tracing::info!("stopped");
    }
}

fn prepare(settings: &Settings, listener: &TcpListener, store: Arc<dyn Store>) -> Result<Desk, LaunchError> {
    let address = listener.local_addr()?;
    let public = match &settings.public_url {
        Some(origin) => origin.clone(),
        None => Origin::parse(&match address.port() {
            80 => format!("http://{}", address.to_string().trim_end_matches(":80")),
            _ => format!("http://{address}"),
        })?,
    };
    let key = match &settings.secrets_key_file {
        Some(path) => TokenKey::read(path)?,
        None => TokenKey::read_or_make(&settings.database.key_file())?,
    };
    let origins = Origins::new(public, settings.origins.clone());
    Ok(Desk::new(store, key, origins, settings.trusted_proxies.clone()))
}

fn tell(settings: &Settings, desk: &Desk) {
    let public = desk.origins.desk();
    tracing::info!(%public, database = settings.database.url(), "serving");
    let is_local = public.host() == "localhost"
        || public.host().parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if !public.is_https() && !is_local {
        tracing::warn!(
            "browsers keep the agents' cookie only where `public_url` is https: nobody will be able to sign in"
        );
    }
    if settings.metrics_listen.is_some() {
        tracing::warn!("`metrics_listen` is not used yet");
    }
    if settings.agents_kb.is_some() {
        tracing::warn!("`agents_kb` is not used yet");
    }
}
