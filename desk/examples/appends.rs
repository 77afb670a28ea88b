//! How many appended messages a second the store acknowledges, beside what the disk itself can do:
//! `cargo run --release -p desk --example appends [FOLDER] [SECONDS]`.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::{
    env,
    fs::File,
    io::{Seek, Write},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use desk::store::{NewConversation, NewEvent, Store, sqlite::SqliteStore};
use handoff::{
    Cause, Transcript,
    chat::{Participant, What},
    transcript::{Page, VERSION},
};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let folder =
        arguments.next().map_or_else(env::temp_dir, Into::into).join(format!("appends-{}", std::process::id()));
    let time = Duration::from_secs(arguments.next().map_or(Ok(5), |seconds| seconds.parse())?);
    std::fs::create_dir_all(&folder)?;
    println!("the disk alone: {:.0} synced writes of 4 KiB a second", syncs(&folder, time)?);
    let store = Arc::new(SqliteStore::connect(&format!("sqlite:{}/desk.db", folder.display())).await?);
    for callers in [1, 16, 256] {
        appends(&store, callers, time).await?;
    }
    store.close().await;
    println!("the disk alone: {:.0} synced writes of 4 KiB a second", syncs(&folder, time)?);
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Synced writes a second, over the same 4 MiB again and again, as SQLite's log has them.
fn syncs(folder: &Path, time: Duration) -> Result<f64> {
    const BLOCKS: u32 = 1024;
    let mut file = File::create(folder.join("synced"))?;
    file.write_all(&vec![0; 4096 * BLOCKS as usize])?;
    file.sync_all()?;
    let (start, mut count) = (Instant::now(), 0);
    while start.elapsed() < time {
        if count % BLOCKS == 0 {
            file.rewind()?;
        }
        file.write_all(&[count as u8; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

/// Callers that each append to a conversation of their own, one message after another.
async fn appends(store: &Arc<SqliteStore>, callers: u32, time: Duration) -> Result<()> {
    let mut ids = Vec::new();
    for caller in 0..callers {
        ids.push(store.open(handoff(&format!("{callers}-{caller}"))).await?.conversation);
    }
    let start = Instant::now();
    let tasks: Vec<_> = ids
        .into_iter()
        .map(|conversation| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let mut waits = Vec::new();
                while start.elapsed() < time {
                    let what = What::Message {
                        client_message_id: format!("0123456789abcdef-{}", waits.len()),
                        text: "Where is my parcel? It was to be here on Monday. ".repeat(3),
                    };
                    let by = Participant::Visitor;
                    let asked = Instant::now();
                    store.append(NewEvent { conversation: conversation.clone(), by, what, now_ms: 1 }).await?;
                    waits.push(asked.elapsed());
                }
                Ok::<_, anyhow::Error>(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await??);
    }
    let rate = waits.len() as f64 / start.elapsed().as_secs_f64();
    waits.sort_unstable();
    let [p50, p99, p999] = [500, 990, 999].map(|part| waits[(waits.len() - 1) * part / 1000].as_secs_f64() * 1000.0);
    println!(
        "{callers:>3} callers: {rate:>6.0} acknowledged appends a second; p50 {p50:.1}, p99 {p99:.1}, p99.9 {p999:.1} ms"
    );
    Ok(())
}

fn handoff(name: &str) -> NewConversation {
    let mut token_hash = [0; 32];
    token_hash.iter_mut().zip(name.bytes()).for_each(|(hash, byte)| *hash = byte);
    NewConversation {
        id: format!("c-{name}"),
        receipt: name.into(),
        token_hash,
        idempotency_key: format!("k-{name}"),
        message: "Hello".into(),
        name: None,
        email: None,
        transcript: Transcript {
            version: VERSION,
            lang: "en".into(),
            page: Page::default(),
            cause: Cause::VisitorChose,
            entries: Vec::new(),
            struck: 0,
        },
        now_ms: 1,
    }
}
