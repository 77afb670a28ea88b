//! Connections: accepted, limited, and let go in good order. (`axum::serve` has no limits for slow or large heads.)

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::sleep,
};

use crate::{client_address::Peer, state::Desk};

/// How long a request's head may take, and a connection may be idle between two requests.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// Largest head of a request, and most that is read ahead of a body.
const BUFFER_BYTES: usize = 32 * 1024;
/// How long a connection may live on after the desk has begun to stop and its requests are answered.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How long to wait where no connection can be accepted, as when all files are in use.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until the desk begins to stop; ends when all requests are answered.
pub(crate) async fn serve(desk: Arc<Desk>, listener: TcpListener, app: Router) {
    // Each connection holds a receiver; the sender sees when none is left.
    let (open, counted) = watch::channel(());
    let mut stopped = std::pin::pin!(desk.stopped());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stopped => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = answer(Arc::clone(&desk), stream, Peer(peer), app.clone());
                let counted = counted.clone();
                tokio::spawn(async move {
                    connection.await;
                    drop(counted);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop((listener, counted));
    open.closed().await;
}

async fn answer(desk: Arc<Desk>, stream: TcpStream, peer: Peer, app: Router) {
    // Small frames must not wait for each other. A connection that is gone already shows so below.
    let _ = stream.set_nodelay(true);
    let app = TowerToHyperService::new(app);
    // Each request holds a receiver until it is answered.
    let asked = Arc::new(watch::Sender::new(()));
    let service = hyper::service::service_fn({
        let asked = Arc::clone(&asked);
        move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            let (answered, asking) = (app.call(request), asked.subscribe());
            async move {
                let answer = answered.await;
                drop(asking);
                answer
            }
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = desk.stopped() => {
            connection.as_mut().graceful_shutdown();
            // Browsers open connections ahead of what they want to ask: such ones would not end by themselves.
            let all_said = async {
                asked.closed().await;
                sleep(LAST_WORDS).await;
            };
            tokio::select! {
                result = connection => result,
                () = all_said => return,
            }
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection broke");
    }
}
