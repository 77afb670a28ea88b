//! Messages acknowledged durably a second, beside the synced writes a second of the same disk in the same run.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use handoff::chat::ClientFrame;
use system_tests::desk::Desk;
use tokio::task::JoinSet;

use crate::http::Routes;
use crate::random::{Random, id};
use crate::socket::Socket;
use crate::story;

/// How much load.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Sockets, each of a conversation of its own
    #[arg(long, default_value_t = 64)]
    sockets: usize,
    /// Messages of a socket that may wait for their acknowledgement
    #[arg(long, default_value_t = 8)]
    window: usize,
    /// Seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

/// Runs the rig.
pub(crate) async fn run(program: &Path, options: &Options) -> anyhow::Result<()> {
    let mut desk = Desk::set_up(program)?;
    desk.add_agent(program)?;
    let before = synced_writes(desk.folder())?;
    desk.start().await?;
    let routes = Routes::new(&desk.address())?;
    let mut sockets = JoinSet::new();
    let mut random = Random::new(1);
    for _ in 0..options.sockets {
        let receipt = routes.hand_off(&id(), &story::hand_off(&mut random)).await?;
        let socket = Socket::open(&routes, &receipt.token).await?;
        sockets.spawn(talk(socket, options.window, Duration::from_secs(options.seconds)));
    }
    let begun = Instant::now();
    let mut delays = Vec::new();
    while let Some(talked) = sockets.join_next().await {
        delays.extend(talked??);
    }
    let took = begun.elapsed().as_secs_f64();
    desk.terminate()?;
    let after = synced_writes(desk.folder())?;
    delays.sort_unstable();
    let at = |share: usize| delays.get(delays.len() * share / 1000).copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!(
        "{:.0} messages/s acknowledged durably ({} in {took:.1} s, {} sockets, {} under way each)\n\
         from message to acknowledgement: median {:.1} ms, 99th percentile {:.1} ms, 99.9th {:.1} ms\n\
         the disk's own synced writes of 4 KiB: {before:.0}/s before, {after:.0}/s after",
        delays.len() as f64 / took,
        delays.len(),
        options.sockets,
        options.window,
        at(500),
        at(990),
        at(999),
    );
    Ok(())
}

/// Keeps a window of messages under way and gives the time that each took to be acknowledged.
async fn talk(mut socket: Socket, window: usize, time: Duration) -> anyhow::Result<Vec<Duration>> {
    let begun = Instant::now();
    let mut sent = Vec::new();
    let mut delays = Vec::new();
    while begun.elapsed() < time || delays.len() < sent.len() {
        while sent.len() - delays.len() < window && begun.elapsed() < time {
            let frame = ClientFrame::Message { client_message_id: id(), text: "How long does it take?".into() };
            socket.say(&frame).await?;
            sent.push(Instant::now());
        }
        socket.acknowledged().await?;
        // Acknowledgements keep the order of messages.
        delays.push(sent[delays.len()].elapsed());
    }
    Ok(delays)
}

/// How many times a second 4 KiB can be written to the end of a file and synced, one after the other.
fn synced_writes(folder: &Path) -> anyhow::Result<f64> {
    let mut file = File::create(folder.join("probe"))?;
    let begun = Instant::now();
    let mut writes = 0;
    while begun.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        writes += 1;
    }
    Ok(f64::from(writes) / begun.elapsed().as_secs_f64())
}
