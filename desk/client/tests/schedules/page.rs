//! A model of the shell: a page that carries out what its machine says, and may die at any moment. Its outbox store and
//! nothing else outlives it; pages of one person share it.

use std::collections::VecDeque;

use handoff::chat::{ClientFrame, ServerFrame, VERSION};

use desk_client::{Client, Config, Ended, Input, Output, Status, Transport};

use crate::{
    desk::{REFUSED, Reply, Request},
    link::Link,
    plan::Who,
    world::{DeskNews, Happening, World},
};

/// What a page hears.
pub(crate) enum PageNews {
    Load,
    Thaw,
    Start,
    Stop,
    Hurry,
    Wake(u64),
    Opened(usize),
    Frame(usize, ServerFrame),
    Lost(usize),
    Answer(usize, Reply),
    /// A request was not answered in time.
    Timeout(usize, u32),
}

/// Time within which a request must be answered, besides what it may wait.
const REQUEST_MS: u64 = 10_000;
/// Time that a poll may wait.
const POLL_MS: u64 = 25_000;

/// How a page polls.
#[derive(Default)]
pub(crate) struct Poller {
    /// Number of the last event that came.
    cursor: u64,
    welcomed: bool,
    requests: u32,
    poll: Option<u32>,
    post: Option<u32>,
    /// Messages to post after the one that is on its way.
    queue: VecDeque<(String, String)>,
}

pub(crate) struct Page {
    pub(crate) who: Who,
    /// Rises when it dies.
    pub(crate) instance: u32,
    pub(crate) machine: Option<Client>,
    pub(crate) link: Option<usize>,
    poller: Poller,
    /// When its timer runs out.
    armed: Option<u64>,
    pub(crate) frozen_until: u64,
    inbox: Vec<PageNews>,
    pub(crate) offline_until: u64,
    pub(crate) dies_after: Option<(u32, u64)>,
    pub(crate) denied: bool,
    /// How often the desk did not accept it and it has not ended for that yet.
    pub(crate) denials: u32,
    pub(crate) cut_at_commit: bool,
    pub(crate) hangs_at_welcome: bool,
    /// What its clock shows at the beginning of time.
    origin: u64,
    /// Events on its screen.
    pub(crate) screen: u64,
    /// Numbers of drafts that this instance has to account for, and of those for which it did.
    pub(crate) drafts: Vec<usize>,
    pub(crate) accounted: Vec<usize>,
    /// When it connected, and when it was told to from outside and how many connections that explains.
    pub(crate) connects: Vec<u64>,
    pub(crate) excuses: Vec<(u64, usize)>,
}

impl Page {
    pub(crate) fn new(who: Who) -> Self {
        Self {
            who,
            instance: 0,
            machine: None,
            link: None,
            poller: Poller::default(),
            armed: None,
            frozen_until: 0,
            inbox: Vec::new(),
            offline_until: 0,
            dies_after: None,
            denied: false,
            denials: 0,
            cut_at_commit: false,
            hangs_at_welcome: false,
            origin: 0,
            screen: 0,
            drafts: Vec::new(),
            accounted: Vec::new(),
            connects: Vec::new(),
            excuses: Vec::new(),
        }
    }
}

pub(crate) fn number(client_message_id: &str) -> usize {
    client_message_id[1..].parse().expect("ids are made by `write`")
}

impl World {
    /// The page is loaded: a new machine with an empty screen and what the store has kept.
    pub(crate) fn load(&mut self, page: usize) {
        self.note(|_| format!("page {page} is loaded"));
        let drafts = self.ledger.store(self.pages[page].who).clone();
        self.tally.reloaded += drafts.len() as u64;
        let origin = self.chance.pick(&[0, 1 << 40]);
        let now = self.now;
        let state = &mut self.pages[page];
        state.origin = origin;
        state.drafts = drafts.iter().map(|draft| number(&draft.client_message_id)).collect();
        state.machine = Some(Client::new(Config::default(), 0, drafts));
        state.excuses.push((now, 8));
        self.feed(page, Input::Start);
    }

    /// The page is gone with all that it did not store.
    pub(crate) fn kill(&mut self, page: usize, gone_for: u64) {
        self.note(|_| format!("page {page} dies for {gone_for}"));
        if let Some(link) = self.pages[page].link.take() {
            self.hang_up(link);
            // What the browser had not written to the wire is lost.
            if self.chance.one_in(2) {
                let now = self.now;
                self.links[link].falls_silent(now, true, true);
            }
        }
        let state = &mut self.pages[page];
        state.instance += 1;
        state.machine = None;
        state.armed = None;
        state.frozen_until = 0;
        state.inbox.clear();
        state.dies_after = None;
        state.screen = 0;
        state.drafts.clear();
        state.accounted.clear();
        self.tell_page(self.now + gone_for, page, PageNews::Load);
    }

    /// Somebody writes, so many times with the same id.
    pub(crate) fn write(&mut self, page: usize, refused: bool, times: u32) {
        let state = &self.pages[page];
        if state.machine.is_none() || state.frozen_until > self.now {
            return;
        }
        let instance = state.instance;
        let draft = self.ledger.write(page, if refused { Some(REFUSED) } else { None });
        let number = number(&draft.client_message_id);
        self.pages[page].drafts.push(number);
        for _ in 0..times {
            self.feed(page, Input::Write(draft.clone()));
        }
        if self.pages[page].instance == instance && !self.ledger.written[number].kept {
            self.ledger.violate(|| format!("page {page} did not keep draft {number}"));
        }
    }

    pub(crate) fn page_hears(&mut self, page: usize, news: PageNews) {
        let state = &mut self.pages[page];
        match news {
            PageNews::Load if state.machine.is_none() => self.load(page),
            PageNews::Load => {}
            PageNews::Thaw if state.frozen_until <= self.now => {
                for news in std::mem::take(&mut state.inbox) {
                    self.page_takes(page, news);
                }
            }
            PageNews::Thaw => {}
            news if state.frozen_until > self.now || !state.inbox.is_empty() => state.inbox.push(news),
            news => self.page_takes(page, news),
        }
    }

    fn page_takes(&mut self, page: usize, news: PageNews) {
        let now = self.now;
        let state = &mut self.pages[page];
        match news {
            PageNews::Load | PageNews::Thaw => {}
            PageNews::Start => {
                state.excuses.push((now, 8));
                self.feed(page, Input::Start);
            }
            PageNews::Stop => self.feed(page, Input::Stop),
            PageNews::Hurry => {
                state.excuses.push((now, 2));
                self.feed(page, Input::Hurry);
            }
            PageNews::Wake(at) => {
                if state.armed == Some(at) {
                    state.armed = None;
                    self.feed(page, Input::Woken);
                }
            }
            PageNews::Opened(link) => {
                if state.link == Some(link) {
                    self.links[link].opened = true;
                    self.feed(page, Input::Opened);
                    if self.pages[page].link == Some(link) {
                        let after = self.links[link].after;
                        let hello =
                            ClientFrame::Hello { version: VERSION, token: String::new(), after, conversation: None };
                        self.say(link, hello);
                    }
                }
            }
            PageNews::Frame(link, frame) => {
                if state.link == Some(link) && now <= self.links[link].down_until {
                    self.feed(page, Input::Heard(frame));
                }
            }
            PageNews::Lost(link) => self.page_loses(page, link),
            PageNews::Answer(link, reply) => {
                if state.link == Some(link) && now <= self.links[link].down_until {
                    self.page_is_answered(page, link, reply);
                }
            }
            PageNews::Timeout(link, request) => {
                if state.link == Some(link) && [state.poller.poll, state.poller.post].contains(&Some(request)) {
                    self.page_loses(page, link);
                }
            }
        }
    }

    /// The machine hears of every connection that ends, also of those that it has given up.
    fn page_loses(&mut self, page: usize, link: usize) {
        if self.pages[page].link == Some(link) {
            self.pages[page].link = None;
            self.hang_up(link);
        }
        let connection = self.links[link].connection;
        self.feed(page, Input::Lost { connection });
    }

    fn feed(&mut self, page: usize, input: Input) {
        let now = self.now;
        let random = self.chance.any();
        let Page { origin, instance, .. } = self.pages[page];
        let told = self.is_traced().then(|| format!("page {page} {input:?}"));
        let Some(machine) = self.pages[page].machine.as_mut() else { return };
        let outputs = machine.handle(origin + now, random, input);
        if let Some(told) = told {
            self.note(|_| format!("{told} -> {outputs:?}"));
        }
        for output in outputs {
            if let Some((left, gone_for)) = &mut self.pages[page].dies_after {
                if *left == 0 {
                    let gone_for = *gone_for;
                    return self.kill(page, gone_for);
                }
                *left -= 1;
            }
            self.carry_out(page, output);
        }
        if self.pages[page].instance == instance {
            self.arm(page);
        }
    }

    fn arm(&mut self, page: usize) {
        let state = &mut self.pages[page];
        let wake_at = state.machine.as_ref().and_then(Client::wake_at);
        let Some(at) = wake_at.map(|at| at.saturating_sub(state.origin).max(self.now)) else { return };
        // A timer that runs out too early is set again; setting one for each frame would be slow.
        if state.armed.is_none_or(|armed| at < armed) {
            state.armed = Some(at);
            self.tell_page(at, page, PageNews::Wake(at));
        }
    }

    fn carry_out(&mut self, page: usize, output: Output) {
        match output {
            Output::Keep(draft) => self.ledger.keep(self.pages[page].who, draft),
            Output::Forget { client_message_id } => self.ledger.forget(self.pages[page].who, &client_message_id),
            Output::Connect { connection, transport, after } => self.connect(page, connection, transport, after),
            Output::Disconnect => match self.pages[page].link.take() {
                Some(link) => {
                    self.hang_up(link);
                    // Browsers tell of the end of a socket that was closed by the page, too.
                    let at = self.now + self.latency();
                    self.tell_page_by(at, link, PageNews::Lost(link));
                }
                None => self.ledger.violate(|| format!("page {page} disconnects, but is not connected")),
            },
            Output::Send(frame) => match self.pages[page].link {
                Some(link) if self.links[link].opened => self.send(page, link, frame),
                _ => self.ledger.violate(|| format!("page {page} sends {frame:?} on no connection")),
            },
            Output::Deliver(event) => self.delivered(page, &event),
            Output::Sent { client_message_id, seq } => self.sent(page, &client_message_id, seq),
            Output::Refused { draft, .. } => self.refused(page, &draft),
            Output::Status(status) => self.page_is(page, status),
            Output::Queue { .. } => {}
        }
    }

    fn page_is(&mut self, page: usize, status: Status) {
        let connected = self.pages[page].link.is_some();
        if connected != matches!(status, Status::Connecting | Status::Live) {
            self.ledger.violate(|| format!("page {page} is {status:?}, connected: {connected}"));
        }
        match status {
            Status::Ended(Ended::NotAllowed) => {
                match self.pages[page].denials.checked_sub(1) {
                    Some(left) => self.pages[page].denials = left,
                    None => self.ledger.violate(|| format!("page {page} ended, though it was not denied")),
                }
                // A new ticket takes its time.
                let at = self.now + self.chance.below(3_000);
                self.tell_page(at, page, PageNews::Start);
            }
            Status::Ended(Ended::Misused) => {
                self.ledger.violate(|| format!("page {page} and the desk do not understand each other"));
            }
            _ => {}
        }
    }

    fn connect(&mut self, page: usize, connection: u64, transport: Transport, after: u64) {
        if let Some(older) = self.pages[page].link.take() {
            self.hang_up(older);
        }
        let now = self.now;
        let link = self.links.len();
        let screen = self.pages[page].screen;
        if after != screen {
            self.ledger.violate(|| format!("page {page} resumes after {after}, but shows {screen} events"));
        }
        let state = &mut self.pages[page];
        self.links.push(Link::new(page, state.instance, connection, transport, after));
        state.connects.push(now);
        state.link = Some(link);
        state.poller = Poller { cursor: after, ..Poller::default() };
        if state.offline_until > now {
            // Some browsers say so at once, others never.
            if self.chance.one_in(2) {
                let at = now + self.latency();
                self.tell_page_by(at, link, PageNews::Lost(link));
            }
            self.links[link].falls_silent(now, true, true);
        }
        match transport {
            Transport::Socket => {
                self.tally.sockets += 1;
                self.tell_desk(link, DeskNews::Knock);
            }
            Transport::Polling => {
                self.tally.polls += 1;
                self.ask(page, link, Request::Events { after, wait: 0 });
            }
        }
    }

    fn hang_up(&mut self, link: usize) {
        self.tell_desk(link, DeskNews::Gone);
    }

    fn tell_desk(&mut self, link: usize, news: DeskNews) {
        let at = self.now + self.latency();
        let at = self.links[link].up_at(at);
        self.ahead(at, Happening::ToDesk { link, news });
    }

    fn send(&mut self, page: usize, link: usize, frame: ClientFrame) {
        if let ClientFrame::Message { client_message_id, .. } = &frame {
            self.may_be_sent(page, link, client_message_id);
        }
        if self.links[link].transport == Transport::Socket {
            return self.say(link, frame);
        }
        match frame {
            ClientFrame::Message { client_message_id, text } => {
                self.pages[page].poller.queue.push_back((client_message_id, text));
                self.post_next(page, link);
            }
            ClientFrame::Ping => self.tell_page_by(self.now, link, PageNews::Frame(link, ServerFrame::Pong)),
            ClientFrame::Hello { .. } | ClientFrame::Pong => {}
        }
    }

    fn say(&mut self, link: usize, frame: ClientFrame) {
        self.tell_desk(link, DeskNews::Frame(frame));
    }

    fn post_next(&mut self, page: usize, link: usize) {
        let poller = &mut self.pages[page].poller;
        if poller.post.is_none()
            && let Some((client_message_id, text)) = poller.queue.pop_front()
        {
            self.ask(page, link, Request::Message { client_message_id, text });
        }
    }

    fn ask(&mut self, page: usize, link: usize, request: Request) {
        let poller = &mut self.pages[page].poller;
        poller.requests += 1;
        let number = poller.requests;
        let wait = match request {
            Request::Events { wait, .. } => {
                poller.poll = Some(number);
                wait
            }
            Request::Message { .. } => {
                poller.post = Some(number);
                0
            }
        };
        self.tell_page_by(self.now + wait + REQUEST_MS, link, PageNews::Timeout(link, number));
        // Requests travel apart from each other.
        let at = self.now + self.latency();
        self.ahead(at, Happening::ToDesk { link, news: DeskNews::Asked(request) });
    }

    /// An answer becomes frames.
    fn page_is_answered(&mut self, page: usize, link: usize, reply: Reply) {
        let poller = &mut self.pages[page].poller;
        let mut inputs = Vec::new();
        if !std::mem::replace(&mut poller.welcomed, true) {
            inputs.push(Input::Opened);
            if let Reply::Page { last, .. } = reply {
                inputs.push(Input::Heard(ServerFrame::Welcome { version: VERSION, last, heartbeat_s: 30 }));
            }
        }
        match reply {
            Reply::Page { events, .. } => {
                poller.poll = None;
                poller.cursor = events.last().map_or(poller.cursor, |event| event.seq);
                inputs.extend(events.into_iter().map(|event| Input::Heard(ServerFrame::Event { event })));
                let after = poller.cursor;
                self.links[link].opened = true;
                self.ask(page, link, Request::Events { after, wait: POLL_MS });
            }
            Reply::Posted(frame) => {
                if !matches!(frame, ServerFrame::Bye { .. }) {
                    poller.post = None;
                }
                inputs.push(Input::Heard(frame));
                self.post_next(page, link);
            }
            Reply::Frame(_) => {}
        }
        let instance = self.pages[page].instance;
        for input in inputs {
            if self.pages[page].instance == instance && self.pages[page].link == Some(link) {
                self.feed(page, input);
            }
        }
    }
}
