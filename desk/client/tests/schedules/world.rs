//! The world of one schedule: its time, what is about to happen, and the network between pages and desk.

use std::{cmp::Reverse, collections::BinaryHeap};

use handoff::chat::{ClientFrame, Farewell, ServerFrame};

use desk_client::Transport;

use crate::{
    chance::Chance,
    desk::{Desk, Fault, Replies, Reply, Request},
    link::Link,
    oracle::{Ledger, Tally},
    page::{Page, PageNews},
    plan::{Action, Plan, Sockets, Weather},
};

/// What is about to happen.
pub(crate) enum Happening {
    Act(Action),
    /// To a page, unless it was loaded anew since.
    ToPage {
        page: usize,
        instance: u32,
        news: PageNews,
    },
    /// To the desk, by a link.
    ToDesk {
        link: usize,
        news: DeskNews,
    },
    /// The desk commits, unless it died since.
    Commit {
        life: u32,
    },
    DeskUp,
}

pub(crate) enum DeskNews {
    /// A socket is to be opened.
    Knock,
    Frame(ClientFrame),
    Asked(Request),
    /// The poll has waited long enough.
    WaitOver,
    /// The link is closed.
    Gone,
}

/// What is left when all is well must be settled within this time, in milliseconds: all patience and the largest delay,
/// several times over.
const SETTLING_MS: u64 = 600_000;
/// A schedule has a few hundred happenings; more than this means that something turns in circles.
const MOST_HAPPENINGS: u64 = 30_000;

struct Entry {
    at: u64,
    /// First come, first served.
    turn: u64,
    happening: Happening,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.turn).cmp(&(other.at, other.turn))
    }
}

pub(crate) struct World {
    pub(crate) now: u64,
    ahead: BinaryHeap<Reverse<Entry>>,
    turns: u64,
    pub(crate) chance: Chance,
    pub(crate) weather: Weather,
    pub(crate) desk: Desk,
    commit_planned: bool,
    /// The next commit is the desk's last act: whether it counts, and for how long the desk is down.
    dies_in_commit: Option<(bool, u64)>,
    pub(crate) links: Vec<Link>,
    pub(crate) pages: Vec<Page>,
    pub(crate) ledger: Ledger,
    pub(crate) tally: Tally,
    /// Since when all is well.
    pub(crate) quiet_since: Option<u64>,
    trace: Option<Vec<String>>,
}

/// How a schedule went.
pub(crate) struct Outcome {
    /// What was violated first.
    pub(crate) violation: Option<String>,
    pub(crate) tally: Tally,
    /// Everything that happened, if it was asked for.
    pub(crate) trace: Vec<String>,
}

impl World {
    /// Plays the schedule of a seed to its end.
    pub(crate) fn play(seed: u64, fault: Fault, traced: bool) -> Outcome {
        let mut chance = Chance::new(seed);
        let plan = Plan::new(&mut chance);
        let mut world = Self {
            now: 0,
            ahead: BinaryHeap::with_capacity(64),
            turns: 0,
            chance,
            weather: plan.weather,
            desk: Desk::new(fault),
            commit_planned: false,
            dies_in_commit: None,
            links: Vec::with_capacity(16),
            pages: plan.pages.into_iter().map(Page::new).collect(),
            ledger: Ledger::default(),
            tally: Tally { schedules: 1, ..Tally::default() },
            quiet_since: None,
            trace: traced.then(Vec::new),
        };
        world.note(|world| format!("{:?}", world.weather));
        for (at, action) in plan.actions {
            world.ahead(at, Happening::Act(action));
        }
        for page in 0..world.pages.len() {
            world.load(page);
        }
        let violation = world.run().err();
        Outcome { violation, tally: world.tally, trace: world.trace.unwrap_or_default() }
    }

    fn run(&mut self) -> Result<(), String> {
        while let Some(Reverse(Entry { at, happening, .. })) = self.ahead.pop() {
            self.now = at;
            self.tally.happenings += 1;
            self.happens(happening);
            if let Some(violation) = self.ledger.violation.take() {
                return Err(violation);
            }
            if self.tally.happenings > MOST_HAPPENINGS {
                return Err("it turns in circles".into());
            }
            let Some(since) = self.quiet_since else { continue };
            if self.is_settled() {
                self.tally.settled_ms = self.tally.settled_ms.max(self.now - since);
                return self.verify();
            }
            if self.now > since + SETTLING_MS {
                return Err(self.unsettled());
            }
        }
        Err(self.unsettled())
    }

    pub(crate) fn note(&mut self, text: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let line = format!("{:>8} {}", self.now, text(self));
            self.trace.get_or_insert_default().push(line);
        }
    }

    pub(crate) fn is_traced(&self) -> bool {
        self.trace.is_some()
    }

    pub(crate) fn ahead(&mut self, at: u64, happening: Happening) {
        self.turns += 1;
        self.ahead.push(Reverse(Entry { at, turn: self.turns, happening }));
    }

    pub(crate) fn tell_page(&mut self, at: u64, page: usize, news: PageNews) {
        let instance = self.pages[page].instance;
        self.ahead(at, Happening::ToPage { page, instance, news });
    }

    /// News of a link to the page that opened it.
    pub(crate) fn tell_page_by(&mut self, at: u64, link: usize, news: PageNews) {
        let Link { page, instance, .. } = self.links[link];
        self.ahead(at, Happening::ToPage { page, instance, news });
    }

    pub(crate) fn latency(&mut self) -> u64 {
        let usual = self.chance.between(1, self.weather.latency);
        let late = self.weather.late;
        if late > 0 && self.chance.one_in(late) { usual + self.chance.below(4_000) } else { usual }
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Act(action) => self.act(action),
            Happening::ToPage { page, instance, news } => {
                if self.pages[page].instance == instance || matches!(news, PageNews::Load) {
                    self.page_hears(page, news);
                }
            }
            Happening::ToDesk { link, news } => self.desk_hears(link, news),
            Happening::Commit { life } if life == self.desk.life => self.commit(),
            Happening::Commit { .. } => {}
            Happening::DeskUp => {
                self.note(|_| "desk is up".into());
                self.desk.up = true;
            }
        }
    }

    fn desk_hears(&mut self, link: usize, news: DeskNews) {
        let now = self.now;
        let Link { page, transport, up_until, .. } = self.links[link];
        if now > up_until {
            return;
        }
        let who = self.pages[page].who;
        let mut replies = Replies::new();
        match news {
            DeskNews::Knock => self.answer_the_door(link),
            DeskNews::Gone => {
                self.links[link].accepted = false;
                self.desk.is_rid_of(link);
            }
            DeskNews::Frame(frame) if self.links[link].hangs && frame != ClientFrame::Ping => {}
            DeskNews::Frame(frame) if self.links[link].is_accepted(self.desk.life) => {
                self.note(|_| format!("desk hears {link}: {frame:?}"));
                let allowed = !matches!(frame, ClientFrame::Hello { .. }) || self.allows(page);
                self.desk.hears(link, who, allowed, frame, &mut replies);
            }
            DeskNews::Frame(_) => {}
            DeskNews::Asked(request) if self.desk.up => {
                self.note(|_| format!("desk is asked {link}: {request:?}"));
                self.links[link].accept(self.desk.life);
                let allowed = !matches!(request, Request::Events { .. }) || self.allows(page);
                if let Some(wait) = self.desk.is_asked(link, who, allowed, request, &mut replies) {
                    self.ahead(now + wait, Happening::ToDesk { link, news: DeskNews::WaitOver });
                }
            }
            DeskNews::Asked(_) => {
                let at = now + self.latency();
                self.tell_page_by(at, link, PageNews::Lost(link));
            }
            DeskNews::WaitOver => self.desk.wait_is_over(link, &mut replies),
        }
        self.plan_commit();
        let welcomes = transport == Transport::Socket
            && replies.iter().any(|(_, reply)| matches!(reply, Reply::Frame(ServerFrame::Welcome { .. })));
        self.replies(replies);
        if welcomes && self.weather.short_lived > 0 && self.chance.one_in(self.weather.short_lived) {
            let after = self.latency() + self.chance.below(50);
            self.cut(link, after);
        }
    }

    fn allows(&mut self, page: usize) -> bool {
        let state = &mut self.pages[page];
        let denied = std::mem::take(&mut state.denied);
        state.denials += u32::from(denied);
        !denied
    }

    fn answer_the_door(&mut self, link: usize) {
        let page = self.links[link].page;
        let (blocked, sockets) = self.weather.blocked;
        let sockets = if page < blocked { sockets } else { Sockets::Open };
        let at = self.now + self.latency();
        match sockets {
            Sockets::Refused => self.tell_page_by(at, link, PageNews::Lost(link)),
            Sockets::Swallowed => {}
            Sockets::Mute => {
                self.links[link].falls_silent(self.now, true, true);
                self.tell_page_by(at, link, PageNews::Opened(link));
            }
            Sockets::Open if self.desk.up => {
                self.links[link].accept(self.desk.life);
                self.tell_page_by(at, link, PageNews::Opened(link));
            }
            // The machine may answer for a desk that does not run, or be off itself.
            Sockets::Open if self.chance.one_in(4) => {}
            Sockets::Open => self.tell_page_by(at, link, PageNews::Lost(link)),
        }
    }

    fn plan_commit(&mut self) {
        if self.desk.has_pending() && !self.commit_planned {
            self.commit_planned = true;
            let at = self.now + self.chance.between(0, self.weather.commit);
            self.ahead(at, Happening::Commit { life: self.desk.life });
        }
    }

    fn commit(&mut self) {
        self.commit_planned = false;
        let dies = self.dies_in_commit.take();
        if let Some((false, down_for)) = dies {
            return self.crash(down_for, false);
        }
        for page in 0..self.pages.len() {
            let from_page = self.desk.has_pending_from(|link| self.links[link].page == page);
            if from_page && std::mem::take(&mut self.pages[page].cut_at_commit) {
                self.tally.cut_before_ack += 1;
                if let Some(link) = self.pages[page].link {
                    self.cut(link, 0);
                }
            }
        }
        let now = self.now;
        let replies = self.desk.commits(now);
        self.note(|world| format!("desk commits, {} events", world.desk.log.len()));
        if let Some((_, down_for)) = dies {
            return self.crash(down_for, false);
        }
        self.replies(replies);
    }

    pub(crate) fn crash(&mut self, down_for: u64, silently: bool) {
        self.note(|_| format!("desk dies for {down_for}"));
        self.tally.crashes += 1;
        self.tally.lost_uncommitted += u64::from(self.desk.has_pending());
        self.commit_planned = false;
        for link in 0..self.links.len() {
            if self.links[link].is_accepted(self.desk.life) && !silently {
                let at = self.now + self.latency();
                self.tell_page_by(at, link, PageNews::Lost(link));
            }
        }
        self.desk.dies();
        self.ahead(self.now + down_for, Happening::DeskUp);
    }

    /// The desk's words go on their way.
    fn replies(&mut self, replies: Replies) {
        for (link, reply) in replies {
            if self.links[link].is_accepted(self.desk.life) {
                self.reply(link, reply);
            }
        }
    }

    fn reply(&mut self, link: usize, reply: Reply) {
        let quiet = self.quiet_since.is_some();
        let latency = self.latency();
        let Reply::Frame(frame) = reply else {
            // Answers to requests do not wait for each other.
            return self.tell_page_by(self.now + latency, link, PageNews::Answer(link, reply));
        };
        let state = &mut self.links[link];
        if state.hangs && frame != ServerFrame::Pong {
            return;
        }
        match frame {
            ServerFrame::Welcome { last, .. } => {
                state.told = last;
                state.hangs = std::mem::take(&mut self.pages[state.page].hangs_at_welcome);
            }
            ServerFrame::Ack { seq, .. } => state.told = state.told.max(seq),
            _ => {}
        }
        let forgettable = matches!(frame, ServerFrame::Event { .. } | ServerFrame::Ack { .. });
        let Weather { forgotten, doubled, .. } = self.weather;
        if !quiet && forgettable && forgotten > 0 && self.chance.one_in(forgotten) {
            self.note(|_| format!("desk forgets {link}: {frame:?}"));
            return;
        }
        let at = self.links[link].down_at(self.now + latency);
        if doubled > 0 && self.chance.one_in(doubled) {
            let later = at + self.chance.pick(&[0, 30, 3_000]);
            self.tell_page_by(later, link, PageNews::Frame(link, frame.clone()));
        }
        self.tell_page_by(at, link, PageNews::Frame(link, frame));
    }

    /// Cuts a link `after` so many milliseconds. What was sent before may still arrive, one way or the other; each side
    /// sees it at its own time, or never.
    pub(crate) fn cut(&mut self, link: usize, after: u64) {
        let at = self.now + after;
        let up = at + self.chance.pick(&[0, 0, 100, 2_000]);
        let down = at + self.chance.pick(&[0, 0, 100]);
        self.note(|_| format!("cut {link}: up until {up}, down until {down}"));
        self.links[link].is_cut(up, down);
        if !self.chance.one_in(4) {
            let seen = down + self.chance.pick(&[0, 20, 1_000]);
            self.tell_page_by(seen, link, PageNews::Lost(link));
        }
    }

    /// The desk sends away whoever listens by sockets.
    pub(crate) fn send_away(&mut self, of: impl Fn(&Link) -> bool) {
        let links: Vec<_> = self.desk.sockets().filter(|link| of(&self.links[*link])).collect();
        for link in links {
            let reason = self.chance.pick(&[Farewell::Restarting, Farewell::TooSlow, Farewell::Silent]);
            self.reply(link, Reply::Frame(ServerFrame::Bye { reason }));
            self.links[link].accepted = false;
            self.desk.is_rid_of(link);
            let at = self.links[link].down_at(self.now + 1);
            self.tell_page_by(at, link, PageNews::Lost(link));
        }
    }

    pub(crate) fn ping_all(&mut self) {
        let links: Vec<_> = self.desk.sockets().collect();
        for link in links {
            self.reply(link, Reply::Frame(ServerFrame::Ping));
        }
    }

    pub(crate) fn desk_notes(&mut self) {
        if self.desk.up {
            self.desk.note();
            self.plan_commit();
        }
    }

    pub(crate) fn die_in_commit(&mut self, committed: bool, down_for: u64) {
        self.dies_in_commit = Some((committed, down_for));
    }

    pub(crate) fn calm_down(&mut self) {
        self.note(|_| "all is well from now on".into());
        self.quiet_since = Some(self.now);
        self.dies_in_commit = None;
        let forgot = self.weather.forgotten > 0;
        self.weather.late = 0;
        self.weather.short_lived = 0;
        if !self.desk.up {
            self.ahead(self.now, Happening::DeskUp);
        } else if forgot {
            // What the desk forgot to tell last can be noticed only by what comes after it.
            self.desk_notes();
        }
    }
}
