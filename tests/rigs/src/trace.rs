//! The desk's system calls: between a message and its acknowledgement the write-ahead log is written and synced.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};
use handoff::chat::ClientFrame;
use system_tests::desk::Desk;

use crate::http::Routes;
use crate::random::id;
use crate::socket::Socket;
use crate::story;

/// How much is traced.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Messages, one after the other
    #[arg(long, default_value_t = 1_000)]
    messages: usize,
}

/// Traces the desk, which must pass, and one that acknowledges first, which must not.
pub(crate) async fn run(program: &Path, faulty: &Path, options: &Options) -> anyhow::Result<()> {
    let sound = Desk::set_up(program)?;
    sound.add_agent(program)?;
    let proven = proven(sound, options.messages).await?;
    println!(
        "{proven} of {} acknowledgements were sent after the log was written and its sync had returned",
        options.messages
    );
    ensure!(proven == options.messages, "{} acknowledgements came too early", options.messages - proven);

    let early = Desk::set_up(faulty)?.with_environment("FAULT", "ack-first");
    early.add_agent(program)?;
    let of_faulty = self::proven(early, options.messages).await?;
    println!("of a desk that acknowledges first: {of_faulty} of {}", options.messages);
    ensure!(of_faulty < options.messages, "a desk that acknowledges first was not caught: the trace proves nothing");
    Ok(())
}

/// How many of so many acknowledgements were sent after their message's sync had returned.
async fn proven(desk: Desk, messages: usize) -> anyhow::Result<usize> {
    let file = desk.folder().join("trace");
    // As a grandchild (-D) the tracer leaves the desk our own child.
    let mut wrapper: Vec<String> = "strace -D -f -qq -y -s 160 -e signal=none -e trace=fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg -o"
        .split(' ')
        .map(str::to_owned)
        .collect();
    wrapper.push(file.display().to_string());
    let mut desk = desk.with_wrapper(&wrapper);
    desk.start().await.context("cannot trace: is strace installed, and may it trace here?")?;
    let routes = Routes::new(&desk.address())?;
    let receipt = routes.hand_off(&id(), &story::hand_off(&mut crate::random::Random::new(1))).await?;
    let mut socket = Socket::open(&routes, &receipt.token).await?;
    for n in 0..messages {
        let client_message_id = name(n);
        socket
            .say(&ClientFrame::Message { client_message_id: client_message_id.clone(), text: "traced".into() })
            .await?;
        ensure!(socket.acknowledged().await? == client_message_id, "acknowledgements are out of order");
    }
    drop(socket);
    desk.terminate()?;
    let mut trace = std::fs::read(&file)?;
    // The tracer may still be writing its last lines.
    for _ in 0..50 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let longer = std::fs::read(&file)?;
        if longer.len() == trace.len() {
            break;
        }
        trace = longer;
    }
    Ok(count(&String::from_utf8_lossy(&trace), messages))
}

fn name(n: usize) -> String {
    format!("traced-{n:06}")
}

/// Counts acknowledgements before which, since the one before, the log was written and then a sync of it returned.
fn count(trace: &str, messages: usize) -> usize {
    let (mut next, mut proven) = (0, 0);
    let (mut written, mut synced) = (false, false);
    // Syncs that have begun and not returned: thread -> whether the log had been written when it began.
    let mut syncing: BTreeMap<&str, bool> = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        let of_log = call.contains("desk.db-wal>");
        let is_sync = call.starts_with("fdatasync(") || call.starts_with("fsync(");
        if of_log && is_sync {
            if call.contains("<unfinished") {
                syncing.insert(thread, written);
            } else if call.ends_with("= 0") {
                synced |= written;
            }
        } else if call.starts_with("<... fdatasync resumed>") || call.starts_with("<... fsync resumed>") {
            let after_write = syncing.remove(thread).unwrap_or_default();
            synced |= after_write && call.ends_with("= 0");
        } else if of_log && (call.starts_with("write(") || call.starts_with("pwrite")) {
            // Written anew, it must be synced anew.
            (written, synced) = (true, false);
        } else if next < messages && call.contains("\"ack") && call.contains(&name(next)) {
            proven += usize::from(synced);
            next += 1;
            (written, synced) = (false, false);
        }
    }
    proven
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITE: &str = "7 pwrite64(9</x/desk.db-wal>, \"\", 4096, 0) = 4096";
    const SYNC: &str = "7 fdatasync(9</x/desk.db-wal>) = 0";
    const ACK: &str = "8 sendto(12<socket:[1]>, \"{\\\"type\\\":\\\"ack\\\",\\\"client_message_id\\\":\\\"traced-000000\\\"\", 90, 0, NULL, 0) = 90";

    #[track_caller]
    fn check(lines: &[&str], expected: usize) {
        assert_eq!(count(&lines.join("\n"), 1), expected, "{lines:#?}");
    }

    #[test]
    fn order_is_what_counts() {
        check(&[WRITE, SYNC, ACK], 1);
        check(&[WRITE, ACK, SYNC], 0);
        check(&[SYNC, WRITE, ACK], 0);
        check(&[ACK, WRITE, SYNC], 0);
        check(&[WRITE, SYNC, WRITE, ACK], 0);
        check(&[WRITE, "7 fdatasync(9</x/desk.db-wal>) = -1 EIO (Input/output error)", ACK], 0);
    }

    #[test]
    fn a_sync_counts_when_it_has_returned() {
        let begins = "7 fdatasync(9</x/desk.db-wal> <unfinished ...>";
        let returns = "7 <... fdatasync resumed>) = 0";
        check(&[WRITE, begins, returns, ACK], 1);
        check(&[WRITE, begins, ACK, returns], 0);
        check(&[begins, WRITE, returns, ACK], 0);
    }
}
