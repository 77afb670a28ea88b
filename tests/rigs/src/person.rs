//! A visitor or an agent: the client's machine in a shell of real sockets, who writes a number of messages, sometimes
//! reloads the page, and keeps what the screen showed.

use std::time::{Duration, Instant};

use desk_client::{Client, Config, Draft, Ended, Input, Output, Status};
use handoff::chat::Event;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::http::{Caller, Routes};
use crate::link::{Arrival, Link};
use crate::random::{Random, id};

/// How long nothing may happen, all being acknowledged, until a person stops waiting for more.
const PATIENCE: Duration = Duration::from_secs(4);

/// What a person does.
pub(crate) struct Plan {
    /// Texts, in the order in which they are written.
    pub(crate) texts: Vec<String>,
    /// Longest pause between two of them, in milliseconds.
    pub(crate) pause_ms: u64,
    /// Events that the conversation has when everybody has written everything.
    pub(crate) events: usize,
    /// Whether long polls may be used.
    pub(crate) polls: bool,
    /// One in so many messages is followed by a reload of the page.
    pub(crate) reload_one_in: u64,
    /// How long a person tries at all.
    pub(crate) longest: Duration,
}

/// What a person has seen in the end.
pub(crate) struct Record {
    /// Everything that was written, in order: (id, text).
    pub(crate) written: Vec<(String, String)>,
    /// What was told to be stored: (id, number).
    pub(crate) sent: Vec<(String, u64)>,
    /// Messages that the desk refused.
    pub(crate) refused: usize,
    /// What the screen showed since the last reload.
    pub(crate) shown: Vec<Event>,
}

struct Person<'p> {
    routes: &'p Routes,
    caller: &'p Caller,
    machine: Client,
    /// The durable store of drafts, which outlives the page.
    outbox: Vec<Draft>,
    link: Option<(u64, Link)>,
    arrivals: UnboundedSender<(u64, Arrival)>,
    /// Numbers of connections go on rising over reloads here, to tell them apart.
    offset: u64,
    begun: Instant,
    random: Random,
    record: Record,
}

/// Lets a person do what he planned.
pub(crate) async fn run(routes: &Routes, caller: &Caller, plan: &Plan, seed: u64) -> Record {
    let (arrivals, mut heard) = unbounded_channel();
    let mut person = Person {
        routes,
        caller,
        machine: machine(plan, Vec::new()),
        outbox: Vec::new(),
        link: None,
        arrivals,
        offset: 0,
        begun: Instant::now(),
        random: Random::new(seed),
        record: Record { written: Vec::new(), sent: Vec::new(), refused: 0, shown: Vec::new() },
    };
    person.tell(Input::Start);
    person.live(plan, &mut heard).await;
    person.record
}

fn machine(plan: &Plan, drafts: Vec<Draft>) -> Client {
    let config = Config {
        heartbeat_ms: 2_000,
        patience_ms: 2_000,
        backoff_ms: 20,
        backoff_max_ms: 100,
        sockets_before_polling: if plan.polls { 1 } else { u32::MAX },
    };
    Client::new(config, 0, drafts)
}

impl Person<'_> {
    async fn live(&mut self, plan: &Plan, heard: &mut UnboundedReceiver<(u64, Arrival)>) {
        let mut texts = plan.texts.iter();
        let mut next = self.pause(plan);
        let mut changed = Instant::now();
        loop {
            let all_written = texts.len() == 0;
            let all_sent = all_written && self.outbox.is_empty();
            if all_sent && (self.record.shown.len() >= plan.events || changed.elapsed() > PATIENCE)
                || self.begun.elapsed() > plan.longest
            {
                return;
            }
            let wake = self
                .machine
                .wake_at()
                .map_or(Duration::from_millis(200), |at| Duration::from_millis(at.saturating_sub(self.now())));
            tokio::select! {
                Some((number, arrival)) = heard.recv() => {
                    changed = Instant::now();
                    match arrival {
                        Arrival::Lost => {
                            if let Some(connection) = number.checked_sub(self.offset) {
                                self.tell(Input::Lost { connection });
                            }
                        }
                        // What comes from a connection that was given up is not heard.
                        _ if self.link.as_ref().is_none_or(|(current, _)| *current != number) => {}
                        Arrival::Opened => self.tell(Input::Opened),
                        Arrival::Frame(frame) => self.tell(Input::Heard(frame)),
                    }
                }
                () = tokio::time::sleep_until(next.into()), if !all_written => {
                    if let Some(text) = texts.next() {
                        let draft = Draft { client_message_id: id(), text: text.clone() };
                        self.record.written.push((draft.client_message_id.clone(), draft.text.clone()));
                        self.tell(Input::Write(draft));
                        if self.random.between(0, plan.reload_one_in) == 0 {
                            self.reload(plan);
                        }
                    }
                    next = self.pause(plan);
                }
                () = tokio::time::sleep(wake.min(Duration::from_millis(500))) => {
                    if self.machine.wake_at().is_some_and(|at| at <= self.now()) {
                        self.tell(Input::Woken);
                    }
                }
            }
        }
    }

    fn pause(&mut self, plan: &Plan) -> Instant {
        Instant::now() + Duration::from_millis(self.random.between(0, plan.pause_ms))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The page is loaded anew: machine, connection and screen are gone, the store of drafts is not.
    fn reload(&mut self, plan: &Plan) {
        self.offset += 1_000_000;
        self.link = None;
        self.record.shown.clear();
        self.machine = machine(plan, self.outbox.clone());
        self.tell(Input::Start);
    }

    fn tell(&mut self, input: Input) {
        let random = self.random.next();
        let mut again = false;
        for output in self.machine.handle(self.now(), random, input) {
            match output {
                Output::Keep(draft) => self.outbox.push(draft),
                Output::Forget { client_message_id } => {
                    self.outbox.retain(|draft| draft.client_message_id != client_message_id);
                }
                Output::Connect { connection, transport, after } => {
                    let number = self.offset + connection;
                    let arrivals = self.arrivals.clone();
                    let link = Link::open(self.routes, self.caller, number, transport, after, arrivals);
                    self.link = Some((number, link));
                }
                Output::Disconnect => self.link = None,
                Output::Send(frame) => {
                    if let Some((_, link)) = &self.link {
                        link.send(frame);
                    }
                }
                Output::Deliver(event) => self.record.shown.push(event),
                Output::Sent { client_message_id, seq } => self.record.sent.push((client_message_id, seq)),
                Output::Refused { .. } => self.record.refused += 1,
                // A ticket is gone with the desk that gave it: an agent fetches another, as the console does.
                Output::Status(Status::Ended(Ended::NotAllowed)) if self.caller.is_agent() => again = true,
                Output::Status(Status::Ended(why)) => eprintln!("a connection ended for good: {why:?}"),
                Output::Queue { .. } | Output::Status(_) => {}
            }
        }
        if again {
            self.tell(Input::Start);
        }
    }
}
