//! Tickets: browsers cannot give a header with a WebSocket, and a cookie alone must not open one. So a signed-in agent
//! asks for a ticket over HTTP and shows it in the socket's first frame. Each opens one socket, once, within half a
//! minute. In memory: a restart voids those that are out.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    random::{self, NoRandomness},
    token,
};

use super::session::SignedIn;

/// How long a ticket is good.
pub(crate) const LIFE: Duration = Duration::from_secs(30);
/// What each begins with: no visitor's token holds a dot.
const MARK: &str = "ticket.";
/// Most tickets that are out at once; the oldest go first.
const TICKETS_MAX: usize = 10_000;

/// Tickets that are out, by their SHA-256.
#[derive(Default)]
pub(crate) struct Tickets(Mutex<HashMap<[u8; 32], (Instant, SignedIn)>>);

impl Tickets {
    /// A ticket for this agent.
    pub(crate) fn issue(&self, to: SignedIn, now: Instant) -> Result<String, NoRandomness> {
        let ticket = format!("{MARK}{}", random::base64url(&random::bytes::<32>()?));
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tickets.retain(|_, (issued, _)| now.duration_since(*issued) < LIFE);
        if tickets.len() >= TICKETS_MAX
            && let Some(oldest) = tickets.iter().min_by_key(|(_, (issued, _))| *issued).map(|(hash, _)| *hash)
        {
            tickets.remove(&oldest);
        }
        tickets.insert(token::hash(&ticket), (now, to));
        Ok(ticket)
    }

    /// Whether a text says that it is a ticket.
    pub(crate) fn is_one(text: &str) -> bool {
        text.starts_with(MARK)
    }

    /// Takes a ticket: whose it is, if it is good. It is not good again.
    pub(crate) fn take(&self, ticket: &str, now: Instant) -> Option<SignedIn> {
        let (issued, to) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&token::hash(ticket))?;
        (now.duration_since(issued) < LIFE).then_some(to)
    }
}

#[cfg(test)]
mod tests {
    use handoff::api::{Agent, Role};

    use super::*;

    fn agent() -> SignedIn {
        let agent = Agent { id: "1".into(), email: "a@example".into(), name: "A".into(), role: Role::Agent };
        SignedIn { agent, session: [7; 32] }
    }

    #[test]
    fn once_and_soon() {
        let tickets = Tickets::default();
        let now = Instant::now();
        let ticket = tickets.issue(agent(), now).unwrap();
        assert!(Tickets::is_one(&ticket));
        assert_eq!(tickets.take("ticket.", now), None);
        assert_eq!(tickets.take(&ticket, now), Some(agent()));
        assert_eq!(tickets.take(&ticket, now), None);
        let ticket = tickets.issue(agent(), now).unwrap();
        assert_eq!(tickets.take(&ticket, now + LIFE), None);
    }

    #[test]
    fn memory_is_bounded() {
        let tickets = Tickets::default();
        let now = Instant::now();
        let first = tickets.issue(agent(), now).unwrap();
        for _ in 0..TICKETS_MAX {
            tickets.issue(agent(), now + Duration::from_secs(1)).unwrap();
        }
        assert_eq!(tickets.0.lock().unwrap().len(), TICKETS_MAX);
        assert_eq!(tickets.take(&first, now), None);
    }
}
