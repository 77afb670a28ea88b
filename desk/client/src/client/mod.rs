//! The machine. What is said is in [`conversation`], what carries it in [`connection`].

mod connection;
mod conversation;

use handoff::api::Wait;

use crate::{
    Config, Draft, Ended, Input, Output, Status, Transport, outbox::Outbox, sequence::Sequence, transport::Route,
    vigil::Vigil,
};

/// The machine.
#[derive(Clone, Debug)]
pub struct Client {
    config: Config,
    outbox: Outbox,
    delivered: Sequence,
    state: State,
    /// Number of the last connection, how it travels and when it was begun.
    connection: u64,
    transport: Transport,
    connected_at: u64,
    route: Route,
    /// Connections in a row that did not live.
    failures: u32,
    /// What was last said about the queue.
    queue: Option<(Option<u32>, Wait)>,
}

#[derive(Clone, Debug)]
enum State {
    Idle,
    Connecting { opened: bool, until: u64 },
    Live(Vigil),
    Waiting { until: u64 },
    Ended(Ended),
}

/// One call of [`Client::handle`].
struct Turn {
    now: u64,
    random: u64,
    outputs: Vec<Output>,
}

impl Turn {
    fn say(&mut self, output: Output) {
        self.outputs.push(output);
    }
}

impl Client {
    /// A machine that has delivered all events up to `after` and still has these drafts, oldest first.
    pub fn new(config: Config, after: u64, drafts: impl IntoIterator<Item = Draft>) -> Self {
        Self {
            config,
            outbox: Outbox::new(drafts),
            delivered: Sequence::after(after),
            state: State::Idle,
            connection: 0,
            transport: Transport::Socket,
            connected_at: 0,
            route: Route::default(),
            failures: 0,
            queue: None,
        }
    }

    /// Takes in what happened at a time (milliseconds, any origin, never falling) and says what to do. `random` is
    /// uniform over all numbers; it is used for jitter only.
    pub fn handle(&mut self, now: u64, random: u64, input: Input) -> Vec<Output> {
        let mut turn = Turn { now, random, outputs: Vec::new() };
        match input {
            Input::Start => self.start(&mut turn),
            Input::Write(draft) => self.write(&mut turn, draft),
            Input::Opened => self.opened(&turn),
            Input::Heard(frame) => self.heard(&mut turn, frame),
            Input::Lost { connection } if connection == self.connection => self.lost(&mut turn),
            Input::Lost { .. } => {}
            Input::Woken => self.woken(&mut turn),
            Input::Hurry => self.hurry(&mut turn),
            Input::Stop => self.stop(&mut turn),
        }
        if let State::Live(vigil) = &mut self.state {
            let progress = self.delivered.last().wrapping_add(self.outbox.taken());
            vigil.take_stock(now, !self.outbox.is_empty(), self.delivered.last(), progress);
        }
        turn.outputs
    }

    /// When [`Input::Woken`] is due, if at all.
    pub fn wake_at(&self) -> Option<u64> {
        match &self.state {
            State::Connecting { until, .. } | State::Waiting { until } => Some(*until),
            State::Live(vigil) => Some(vigil.due(&self.config)),
            State::Idle | State::Ended(_) => None,
        }
    }

    /// State of the connection.
    pub fn status(&self) -> Status {
        match &self.state {
            State::Idle => Status::Idle,
            State::Connecting { .. } => Status::Connecting,
            State::Live(_) => Status::Live,
            State::Waiting { until } => Status::Waiting { until: *until },
            State::Ended(why) => Status::Ended(*why),
        }
    }

    /// Drafts not yet known to be stored, oldest first.
    pub fn outbox(&self) -> impl Iterator<Item = &Draft> {
        self.outbox.iter()
    }

    /// Number of the last delivered event.
    pub fn after(&self) -> u64 {
        self.delivered.last()
    }
}
