//! What must hold, whatever befalls them.

use handoff::chat::{Event, What};

use desk_client::{Client, Draft, Status};

use crate::{page::number, plan::Who, world::World};

/// What was written by whom, and what the stores of both people hold.
#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) written: Vec<Written>,
    visitors: Vec<Draft>,
    agents: Vec<Draft>,
    pub(crate) violation: Option<String>,
}

pub(crate) struct Written {
    page: usize,
    text: String,
    refused: bool,
    /// It was once in the store: from then on it must not get lost.
    pub(crate) kept: bool,
}

/// How much was seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) schedules: u64,
    pub(crate) happenings: u64,
    /// Messages on the desk's disk, and how often one came again that was there already.
    pub(crate) stored: u64,
    pub(crate) repeats: u64,
    pub(crate) sockets: u64,
    pub(crate) polls: u64,
    pub(crate) crashes: u64,
    /// Crashes with something uncommitted.
    pub(crate) lost_uncommitted: u64,
    pub(crate) cut_before_ack: u64,
    /// Drafts that a page found in the store when it was loaded.
    pub(crate) reloaded: u64,
    /// Longest time from the end of all faults until all was settled, in virtual milliseconds.
    pub(crate) settled_ms: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.schedules += other.schedules;
        self.happenings += other.happenings;
        self.stored += other.stored;
        self.repeats += other.repeats;
        self.sockets += other.sockets;
        self.polls += other.polls;
        self.crashes += other.crashes;
        self.lost_uncommitted += other.lost_uncommitted;
        self.cut_before_ack += other.cut_before_ack;
        self.reloaded += other.reloaded;
        self.settled_ms = self.settled_ms.max(other.settled_ms);
    }
}

/// Connections that a page may begin by itself within [`WINDOW_MS`]. That so many delays by full jitter are so short has
/// a chance below 1 in 10^14: 10,000^16 / (16! * 500 * 1,000 * ... * 16,000 * 30,000^10).
const CONNECTIONS: usize = 16;
const WINDOW_MS: u64 = 10_000;

impl Ledger {
    pub(crate) fn violate(&mut self, text: impl FnOnce() -> String) {
        if self.violation.is_none() {
            self.violation = Some(text());
        }
    }

    pub(crate) fn write(&mut self, page: usize, text: Option<&str>) -> Draft {
        let number = self.written.len();
        let text = text.map_or_else(|| format!("text {number}"), str::to_owned);
        self.written.push(Written { page, refused: text == crate::desk::REFUSED, text: text.clone(), kept: false });
        Draft { client_message_id: format!("m{number}"), text }
    }

    pub(crate) fn store(&mut self, who: Who) -> &mut Vec<Draft> {
        match who {
            Who::Visitor => &mut self.visitors,
            Who::Agent => &mut self.agents,
        }
    }

    pub(crate) fn keep(&mut self, who: Who, draft: Draft) {
        self.written[number(&draft.client_message_id)].kept = true;
        let store = self.store(who);
        if store.iter().any(|kept| kept.client_message_id == draft.client_message_id) {
            self.violate(|| format!("{draft:?} was kept twice"));
        } else {
            store.push(draft);
        }
    }

    pub(crate) fn forget(&mut self, who: Who, client_message_id: &str) {
        self.store(who).retain(|draft| draft.client_message_id != client_message_id);
    }
}

fn message_id(event: &Event) -> Option<&str> {
    match &event.what {
        What::Message { client_message_id, .. } => Some(client_message_id),
        _ => None,
    }
}

impl World {
    /// A draft may be sent once it was kept, and after all older drafts that are not known to be stored.
    pub(crate) fn may_be_sent(&mut self, page: usize, link: usize, client_message_id: &str) {
        let draft = number(client_message_id);
        if !self.ledger.written[draft].kept {
            self.ledger.violate(|| format!("page {page} sends draft {draft} before it is kept"));
        }
        let older =
            self.pages[page].machine.iter().flat_map(Client::outbox).map(|draft| number(&draft.client_message_id));
        let sent = &self.links[link].sent;
        let overtaken = older.take_while(|other| *other != draft).find(|older| !sent.contains(older));
        if let Some(overtaken) = overtaken {
            self.ledger.violate(|| format!("page {page} sends draft {draft} before {overtaken}"));
        }
        self.links[link].sent.push(draft);
    }

    /// Each event once, in order, as it is on the desk's disk.
    pub(crate) fn delivered(&mut self, page: usize, event: &Event) {
        let screen = &mut self.pages[page].screen;
        if event.seq != *screen + 1 {
            let screen = *screen;
            self.ledger.violate(|| format!("page {page} shows event {} after {screen}", event.seq));
        }
        *screen = event.seq;
        if self.desk.log.get(event.seq as usize - 1) != Some(event) {
            self.ledger.violate(|| format!("page {page} shows {event:?}, which is not on the disk"));
        }
    }

    pub(crate) fn sent(&mut self, page: usize, client_message_id: &str, seq: u64) {
        let stored = seq.checked_sub(1).and_then(|at| self.desk.log.get(at as usize)).and_then(message_id);
        if stored != Some(client_message_id) {
            self.ledger.violate(|| {
                format!("page {page} shows {client_message_id} as sent with number {seq}, but it is not on the disk")
            });
        }
        self.account(page, number(client_message_id));
    }

    pub(crate) fn refused(&mut self, page: usize, draft: &Draft) {
        let draft = number(&draft.client_message_id);
        if !self.ledger.written[draft].refused {
            self.ledger.violate(|| format!("page {page} gives draft {draft} back, which the desk did not refuse"));
        }
        self.account(page, draft);
    }

    fn account(&mut self, page: usize, draft: usize) {
        let state = &mut self.pages[page];
        if state.accounted.contains(&draft) {
            self.ledger.violate(|| format!("page {page} says twice what became of draft {draft}"));
        } else {
            state.accounted.push(draft);
        }
    }

    /// Nothing is left to be done.
    pub(crate) fn is_settled(&self) -> bool {
        let last = self.desk.log.len() as u64;
        let settled = |client: &Client| {
            client.status() == Status::Live && client.after() == last && client.outbox().next().is_none()
        };
        self.desk.up
            && !self.desk.has_pending()
            && self.pages.iter().all(|page| page.machine.as_ref().is_some_and(settled))
    }

    pub(crate) fn unsettled(&self) -> String {
        let states: Vec<_> = self
            .pages
            .iter()
            .map(|page| page.machine.as_ref().map(|client| (client.status(), client.after(), client.outbox().count())))
            .collect();
        format!("not settled: desk has {} events, pages (status, after, drafts): {states:?}", self.desk.log.len())
    }

    /// What must hold once all is settled: nothing lost, doubled, unexpected or out of order.
    pub(crate) fn verify(&mut self) -> Result<(), String> {
        self.tally.repeats = self.desk.repeats;
        let mut found = vec![0_u32; self.ledger.written.len()];
        let mut last_of = vec![None; self.pages.len()];
        for (at, event) in self.desk.log.iter().enumerate() {
            if event.seq != at as u64 + 1 {
                return Err(format!("event {} has number {}", at + 1, event.seq));
            }
            let What::Message { client_message_id, text } = &event.what else { continue };
            let draft = number(client_message_id);
            let written = self.ledger.written.get(draft).filter(|written| written.kept && written.text == *text);
            let Some(written) = written else { return Err(format!("unexpected: {event:?}")) };
            found[draft] += 1;
            if last_of[written.page] >= Some(draft) && found[draft] == 1 {
                return Err(format!("out of order: draft {draft} of page {}", written.page));
            }
            last_of[written.page] = Some(draft);
            self.tally.stored += 1;
        }
        for (draft, written) in self.ledger.written.iter().enumerate() {
            let expected = u32::from(written.kept && !written.refused);
            if found[draft] != expected {
                let what = if found[draft] < expected { "lost" } else { "doubled" };
                return Err(format!("{what}: draft {draft} of page {}", written.page));
            }
        }
        if !(self.ledger.visitors.is_empty() && self.ledger.agents.is_empty()) {
            return Err("a draft was never forgotten".into());
        }
        for (at, page) in self.pages.iter().enumerate() {
            if page.screen != self.desk.log.len() as u64 {
                return Err(format!("page {at} shows {} of {} events", page.screen, self.desk.log.len()));
            }
            let unaccounted = page.drafts.iter().find(|draft| !page.accounted.contains(draft));
            if let Some(draft) = unaccounted {
                return Err(format!("page {at} does not say what became of draft {draft}"));
            }
            if let Some(from) = connects_too_often(&page.connects, &page.excuses) {
                return Err(format!("page {at} connects too often from {from} ms on"));
            }
        }
        Ok(())
    }
}

fn connects_too_often(connects: &[u64], excuses: &[(u64, usize)]) -> Option<u64> {
    connects.iter().enumerate().find_map(|(at, from)| {
        let until = from + WINDOW_MS;
        let many = connects[at..].iter().take_while(|time| **time <= until).count();
        let excused = |excuses: &[(u64, usize)]| -> usize {
            excuses.iter().filter(|(time, _)| (*from..=until).contains(time)).map(|(_, weight)| weight).sum()
        };
        (many > CONNECTIONS && many > CONNECTIONS + excused(excuses)).then_some(*from)
    })
}
