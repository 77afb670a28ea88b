//! When a desk is asked to stop.

use std::io::Read;

use tokio::sync::oneshot;

/// Ends when the program is interrupted or terminated, or, where that is asked for, when its standard input closes: then
/// it cannot outlive whoever started it.
pub async fn asked(until_stdin_closes: bool) {
    tokio::select! {
        () = closed(), if until_stdin_closes => {}
        () = interrupted() => {}
        () = terminated() => {}
    }
}

async fn closed() {
    let (sender, receiver) = oneshot::channel();
    // A thread of its own: a blocking read in the runtime would hold up its end.
    std::thread::spawn(move || {
        let mut ignored = [0; 256];
        while std::io::stdin().read(&mut ignored).is_ok_and(|n| n > 0) {}
        // The receiver is gone only when the program ends anyway.
        let _ = sender.send(());
    });
    let _ = receiver.await;
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            terminate.recv().await;
        }
        Err(_) => std::future::pending::<()>().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
