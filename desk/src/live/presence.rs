//! Whether the other side is still there, and still may be.

use std::{future::pending, time::Duration};

use tokio::{
    sync::broadcast,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use handoff::chat::Farewell;

use crate::{clock, state::Desk};

use super::line::End;

/// Seconds between the desk's pings.
pub(super) const HEARTBEAT_S: u32 = 30;
/// Silence after which a client counts as gone: two heartbeats.
pub(super) const SILENCE: Duration = Duration::from_secs(2 * HEARTBEAT_S as u64);
/// How often an agent's session is looked up again.
const RECHECK: Duration = Duration::from_secs(3 * 60);

/// Pings that are due.
pub(super) fn heartbeat() -> Interval {
    every(Duration::from_secs(HEARTBEAT_S.into()))
}

fn every(period: Duration) -> Interval {
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// An agent's session while his socket is open.
pub(super) struct Pass {
    session: [u8; 32],
    recheck: Interval,
    /// Whether the session is to be looked up now.
    is_due: bool,
    ended: broadcast::Receiver<[u8; 32]>,
}

impl Pass {
    pub(super) fn new(desk: &Desk, session: [u8; 32]) -> Self {
        Self { session, recheck: every(RECHECK), is_due: false, ended: desk.ended_sessions.subscribe() }
    }

    /// Ends when the session does. May be dropped and called again.
    async fn lost(&mut self, desk: &Desk) -> End {
        let refused = End::Bye(Farewell::NotAllowed);
        loop {
            if self.is_due {
                match desk.store.session(self.session, clock::now_ms()).await {
                    Ok(Some(_)) => self.is_due = false,
                    Ok(None) => return refused,
                    Err(error) => return super::failed(&error),
                }
            }
            tokio::select! {
                _ = self.recheck.tick() => self.is_due = true,
                ended = self.ended.recv() => match ended {
                    Ok(session) if session == self.session => return refused,
                    Ok(_) => {}
                    // Something was missed: the store knows.
                    Err(broadcast::error::RecvError::Lagged(_)) => self.is_due = true,
                    Err(broadcast::error::RecvError::Closed) => pending().await,
                },
            }
        }
    }
}

/// Ends when an agent's session does; never for visitors.
pub(super) async fn lost(pass: &mut Option<Pass>, desk: &Desk) -> End {
    match pass {
        Some(pass) => pass.lost(desk).await,
        None => pending().await,
    }
}
