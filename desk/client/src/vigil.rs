//! Whether a welcomed connection is alive: that something is heard, and that the desk gives what it owes.

use crate::Config;

/// What silence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Alive,
    /// Ask for a sign of life.
    Ask,
    Dead,
}

/// Watches one connection from its welcome to its end.
#[derive(Clone, Debug)]
pub(crate) struct Vigil {
    /// When it was welcomed.
    pub(crate) since: u64,
    heard: u64,
    /// When an unanswered ping counts as never answered.
    answer_due: Option<u64>,
    /// Number of the last event that the desk has told of.
    told: u64,
    /// Since when the desk owes without giving anything, and how much had come by then.
    owes: Option<(u64, u64)>,
}

impl Vigil {
    /// Begins at a welcome that told of events up to `last`.
    pub(crate) fn begin(now: u64, last: u64) -> Self {
        Self { since: now, heard: now, answer_due: None, told: last, owes: None }
    }

    pub(crate) fn heard(&mut self, now: u64) {
        self.heard = now;
        self.answer_due = None;
    }

    /// The desk has events up to this number.
    pub(crate) fn told_of(&mut self, seq: u64) {
        self.told = self.told.max(seq);
    }

    /// Takes stock after whatever happened. The desk owes answers to drafts and all events that it has told of; a desk
    /// that answers pings, but has lost these, must not be believed for ever. `progress` rises with each thing it gives.
    pub(crate) fn take_stock(&mut self, now: u64, drafts_unanswered: bool, delivered: u64, progress: u64) {
        let owing = drafts_unanswered || delivered < self.told;
        self.owes = match self.owes {
            _ if !owing => None,
            Some(same) if same.1 == progress => Some(same),
            _ => Some((now, progress)),
        };
    }

    /// When it must be looked at again.
    pub(crate) fn due(&self, config: &Config) -> u64 {
        let silence = self.answer_due.unwrap_or_else(|| self.heard.saturating_add(config.heartbeat_ms));
        let debt = self.owes.map_or(u64::MAX, |(since, _)| since.saturating_add(config.credit_ms()));
        silence.min(debt)
    }

    pub(crate) fn look(&mut self, now: u64, config: &Config) -> Verdict {
        if now < self.due(config) {
            return Verdict::Alive;
        }
        let too_silent = self.answer_due.is_some_and(|due| due <= now);
        let owes_too_long = self.owes.is_some_and(|(since, _)| since.saturating_add(config.credit_ms()) <= now);
        if too_silent || owes_too_long {
            return Verdict::Dead;
        }
        self.answer_due = Some(now.saturating_add(config.patience_ms));
        Verdict::Ask
    }

    /// Somebody waits. Frames may be on their way to a page that has just woken up, so silence alone proves nothing; but
    /// the proof is not waited for as long as usual.
    pub(crate) fn hurry(&mut self, now: u64, config: &Config) -> Verdict {
        let soon = now.saturating_add(config.short_patience_ms());
        match self.answer_due {
            Some(due) => {
                self.answer_due = Some(due.min(soon));
                Verdict::Alive
            }
            None if now.saturating_sub(self.heard) >= config.patience_ms => {
                self.answer_due = Some(soon);
                Verdict::Ask
            }
            None => Verdict::Alive,
        }
    }
}
