//! When to connect, when to give up, and when to try again.

use handoff::chat::{ClientFrame, Farewell};

use super::{Client, State, Turn};
use crate::{Ended, Output, backoff::delay_ms, vigil::Verdict};

/// A hurry opens at most one connection in so many milliseconds, and so does a start after the desk had ended it.
const BETWEEN_CONNECTIONS_MS: u64 = 1_000;
/// A hurry forgets failures beyond so many: what kept us out has perhaps just ended.
const FAILURES_AFTER_HURRY: u32 = 3;

impl Client {
    pub(super) fn start(&mut self, turn: &mut Turn) {
        let again_at = match self.state {
            State::Idle | State::Ended(Ended::Stopped) => turn.now,
            // A shell that starts again whenever it is sent away must not turn in circles.
            State::Ended(_) => self.connected_at.saturating_add(BETWEEN_CONNECTIONS_MS),
            _ => return,
        };
        self.failures = 0;
        for (draft, problem) in self.outbox.take_impossible() {
            self.refuse(turn, draft, problem);
        }
        self.connect_at(turn, again_at);
    }

    pub(super) fn stop(&mut self, turn: &mut Turn) {
        if self.is_up() {
            turn.say(Output::Disconnect);
        }
        self.enter(turn, State::Ended(Ended::Stopped));
    }

    pub(super) fn opened(&mut self, turn: &Turn) {
        if let State::Connecting { opened, until } = &mut self.state {
            *opened = true;
            *until = turn.now.saturating_add(self.config.patience_ms);
        }
    }

    pub(super) fn lost(&mut self, turn: &mut Turn) {
        if let State::Connecting { .. } = self.state {
            self.route.failed(self.transport);
        }
        if self.is_up() {
            self.count_loss(turn);
            self.back_off(turn);
        }
    }

    fn given_up(&mut self, turn: &mut Turn) {
        turn.say(Output::Disconnect);
        self.lost(turn);
    }

    pub(super) fn sent_away(&mut self, turn: &mut Turn, reason: Farewell) {
        match reason {
            Farewell::NotAllowed => self.end(turn, Ended::NotAllowed),
            Farewell::Misused => self.end(turn, Ended::Misused),
            Farewell::TooSlow | Farewell::Restarting | Farewell::Silent => {
                turn.say(Output::Disconnect);
                self.count_loss(turn);
                self.back_off(turn);
            }
        }
    }

    /// Events are missing: the desk gives them on a new connection. At once, but a desk that leaves them out time and
    /// again is treated like one that cannot be reached.
    pub(super) fn resume(&mut self, turn: &mut Turn) {
        turn.say(Output::Disconnect);
        self.count_loss(turn);
        if self.failures == 0 {
            self.failures = 1;
            self.connect(turn);
        } else {
            self.back_off(turn);
        }
    }

    pub(super) fn woken(&mut self, turn: &mut Turn) {
        match &mut self.state {
            State::Waiting { until } if *until <= turn.now => self.connect(turn),
            State::Connecting { until, .. } if *until <= turn.now => self.given_up(turn),
            State::Live(vigil) => {
                let verdict = vigil.look(turn.now, &self.config);
                self.judge(turn, verdict);
            }
            _ => {}
        }
    }

    pub(super) fn hurry(&mut self, turn: &mut Turn) {
        // A page that wakes up may be told so before its timers run.
        self.woken(turn);
        let patience = self.config.short_patience_ms();
        match &mut self.state {
            State::Waiting { until } => {
                let at = (*until).min(self.connected_at.saturating_add(BETWEEN_CONNECTIONS_MS));
                self.failures = self.failures.min(FAILURES_AFTER_HURRY);
                self.connect_at(turn, at);
            }
            State::Connecting { until, .. } if turn.now.saturating_sub(self.connected_at) >= patience => {
                *until = (*until).min(turn.now.saturating_add(patience));
            }
            State::Live(vigil) => {
                let verdict = vigil.hurry(turn.now, &self.config);
                self.judge(turn, verdict);
            }
            _ => {}
        }
    }

    fn judge(&mut self, turn: &mut Turn, verdict: Verdict) {
        match verdict {
            Verdict::Alive => {}
            Verdict::Ask => turn.say(Output::Send(ClientFrame::Ping)),
            Verdict::Dead => self.given_up(turn),
        }
    }

    /// A connection that lived ends the row of failures; one that was welcomed and died at once does not.
    fn count_loss(&mut self, turn: &Turn) {
        if let State::Live(vigil) = &self.state {
            self.route.lost(self.transport);
            if turn.now.saturating_sub(vigil.since) >= self.config.patience_ms {
                self.failures = 0;
            }
        }
    }

    fn back_off(&mut self, turn: &mut Turn) {
        let delay = delay_ms(&self.config, self.failures, turn.random);
        self.failures = self.failures.saturating_add(1);
        self.enter(turn, State::Waiting { until: turn.now.saturating_add(delay) });
    }

    fn connect_at(&mut self, turn: &mut Turn, at: u64) {
        if at <= turn.now {
            self.connect(turn);
        } else {
            self.enter(turn, State::Waiting { until: at });
        }
    }

    fn connect(&mut self, turn: &mut Turn) {
        self.connection += 1;
        self.connected_at = turn.now;
        self.transport = self.route.next(self.config.sockets_before_polling);
        turn.say(Output::Connect {
            connection: self.connection,
            transport: self.transport,
            after: self.delivered.last(),
        });
        let until = turn.now.saturating_add(self.config.patience_ms);
        self.enter(turn, State::Connecting { opened: false, until });
    }

    pub(super) fn end(&mut self, turn: &mut Turn, why: Ended) {
        turn.say(Output::Disconnect);
        self.enter(turn, State::Ended(why));
    }

    fn is_up(&self) -> bool {
        matches!(self.state, State::Connecting { .. } | State::Live(_))
    }

    pub(super) fn enter(&mut self, turn: &mut Turn, state: State) {
        let before = self.status();
        self.state = state;
        if self.status() != before {
            turn.say(Output::Status(self.status()));
        }
    }
}
