//! An agent's socket that watches the queue: each conversation that is new or has changed is named.

use std::{collections::BTreeMap, sync::Arc};

use axum::extract::ws::Message;
use futures_util::{Sink, Stream};
use handoff::chat::{ClientFrame, Farewell, ServerFrame, VERSION};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{state::Desk, store::Committed};

use super::{
    line::{End, Heard, Line},
    presence::{self, HEARTBEAT_S, Pass, SILENCE},
};

/// Most commits that are told together; of each conversation only the last is.
const BUNDLE: usize = 256;

/// Serves the socket until it ends.
pub(super) async fn serve<S, E>(desk: &Desk, line: &mut Line<S>, pass: Pass) -> End
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    match watch(desk, line, &mut Some(pass)).await {
        Ok(never) => match never {},
        Err(end) => end,
    }
}

async fn watch<S, E>(desk: &Desk, line: &mut Line<S>, pass: &mut Option<Pass>) -> Result<std::convert::Infallible, End>
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
{
    let mut commits = desk.store.watch();
    line.say(&ServerFrame::Welcome { version: VERSION, last: 0, heartbeat_s: HEARTBEAT_S }).await?;
    let mut heartbeat = presence::heartbeat();
    let stopped = desk.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            biased;
            () = &mut stopped => return Err(End::Bye(Farewell::Restarting)),
            end = presence::lost(pass, desk) => return Err(end),
            _ = heartbeat.tick() => {
                if line.silence() >= SILENCE {
                    return Err(End::Bye(Farewell::Silent));
                }
                line.say(&ServerFrame::Ping).await?;
            }
            heard = line.hear() => match heard {
                Heard::Frame(ClientFrame::Ping) => line.say(&ServerFrame::Pong).await?,
                Heard::Frame(ClientFrame::Pong) => {}
                Heard::Frame(ClientFrame::Hello { .. } | ClientFrame::Message { .. }) | Heard::Nonsense => {
                    return Err(End::Bye(Farewell::Misused));
                }
                Heard::Gone => return Err(End::Gone),
            },
            first = commits.recv() => {
                for (conversation, last) in bundle(first, &mut commits)? {
                    line.say(&ServerFrame::Changed { conversation, last }).await?;
                }
            }
        }
    }
}

/// What there is to tell at once.
fn bundle(
    first: Result<Arc<Committed>, RecvError>,
    commits: &mut Receiver<Arc<Committed>>,
) -> Result<BTreeMap<String, u64>, End> {
    let first = first.map_err(|error| {
        End::Bye(match error {
            RecvError::Lagged(_) => Farewell::TooSlow,
            RecvError::Closed => Farewell::Restarting,
        })
    })?;
    let mut changed = BTreeMap::from([(first.conversation.clone(), first.event.seq)]);
    // A lag shows at the next call.
    while changed.len() < BUNDLE
        && let Ok(committed) = commits.try_recv()
    {
        changed.insert(committed.conversation.clone(), committed.event.seq);
    }
    Ok(changed)
}
