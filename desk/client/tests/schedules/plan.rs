//! What a seed stands for: who is there, what the network is like, and what befalls them when.

use crate::chance::Chance;

/// What happens to a page's attempts to open a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sockets {
    Open,
    /// Refused at once.
    Refused,
    /// Never answered.
    Swallowed,
    /// Opened by something in between that passes nothing on.
    Mute,
}

/// What the network and the desk are like until all become quiet.
#[derive(Clone, Debug)]
pub(crate) struct Weather {
    /// Longest usual delay of a frame, in milliseconds.
    pub(crate) latency: u64,
    /// One frame in so many takes up to 4 s more; 0 for none.
    pub(crate) late: u64,
    /// One frame of the desk in so many arrives again later; 0 for none.
    pub(crate) doubled: u64,
    /// One event or acknowledgement in so many is never sent by the desk, though the connection lives; 0 for none.
    pub(crate) forgotten: u64,
    /// One connection in so many dies soon after its welcome; 0 for none.
    pub(crate) short_lived: u64,
    /// Longest time from a message to its commit.
    pub(crate) commit: u64,
    /// How many pages, from the first, have what kind of sockets.
    pub(crate) blocked: (usize, Sockets),
}

/// What befalls them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    /// Somebody writes.
    Write { page: usize },
    /// Somebody presses the button twice: the same draft comes two times.
    WriteTwice { page: usize },
    /// Somebody writes what the desk refuses.
    WriteRefused { page: usize },
    /// An agent takes or closes the conversation.
    Note,
    /// The page's connection is cut, each direction at its own time.
    Cut { page: usize },
    /// Nothing arrives any more in one or both directions, and nobody is told.
    Hole { page: usize, up: bool, down: bool },
    /// With the next commit of one of its messages the page's connection is cut before the acknowledgement.
    CutAtCommit { page: usize },
    /// The desk dies; what is not committed is lost.
    Crash { down_for: u64, silently: bool },
    /// The desk dies in the next commit: before it counts, or after it and before anybody is told.
    CrashAtCommit { committed: bool, down_for: u64 },
    /// The desk sends everybody away.
    Restart { down_for: u64 },
    /// The desk sends one page away.
    SendAway { page: usize },
    /// The desk hangs: on the page's connection it answers pings and nothing else, from now on or from its next welcome.
    Hang { page: usize, at_welcome: bool },
    /// The desk does not accept the page's next hello; the page then gets a new ticket.
    Deny { page: usize },
    /// The page is gone, with all that it did not store, and is loaded again.
    Reload { page: usize, gone_for: u64 },
    /// The page dies after so many things that it does from now on, in the midst of doing what the machine said.
    DieDuring { page: usize, outputs: u32, gone_for: u64 },
    /// The page does nothing and hears all later: a laptop sleeps, a tab is frozen.
    Freeze { page: usize, time: u64, hurry: bool },
    /// No network.
    Offline { page: usize, time: u64, hurry: bool },
    /// The page is shown again, or the network is back.
    Hurry { page: usize },
    /// The chat is put away and taken up again.
    StopAndStart { page: usize, stopped_for: u64 },
    /// The desk pings everybody.
    Ping,
    /// After all became quiet: the desk no longer hangs, unless the page must have noticed.
    EndHang { page: usize },
    /// Everything is well from now on.
    Quiet,
}

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Visitor,
    Agent,
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) pages: Vec<Who>,
    pub(crate) weather: Weather,
    pub(crate) actions: Vec<(u64, Action)>,
}

/// Times that may last less or longer than any patience.
const TIMES: [u64; 6] = [1, 50, 700, 4_000, 15_000, 60_000];

impl Plan {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        let mut pages = vec![Who::Visitor];
        if chance.one_in(3) {
            pages.push(Who::Visitor);
        }
        if !chance.one_in(3) {
            pages.push(Who::Agent);
        }
        let sockets = chance.pick(&[
            Sockets::Open,
            Sockets::Open,
            Sockets::Open,
            Sockets::Refused,
            Sockets::Swallowed,
            Sockets::Mute,
        ]);
        let weather = Weather {
            latency: chance.pick(&[3, 40, 400]),
            late: chance.pick(&[0, 0, 30]),
            doubled: chance.pick(&[0, 0, 3, 12]),
            forgotten: chance.pick(&[0, 0, 0, 8]),
            short_lived: chance.pick(&[0, 0, 0, 0, 1, 2]),
            commit: chance.pick(&[0, 20, 500]),
            blocked: (chance.between(0, pages.len() as u64) as usize, sockets),
        };
        let span = chance.pick(&[500, 5_000, 40_000, 120_000]);
        let mut actions = Vec::new();
        for _ in 0..chance.between(1, 10) {
            let page = chance.below(pages.len() as u64) as usize;
            let write = match chance.below(12) {
                0 => Action::WriteTwice { page },
                1 => Action::WriteRefused { page },
                2 => Action::Note,
                _ => Action::Write { page },
            };
            let at = chance.below(span);
            actions.push((at, write));
            // Several in a row, so that there is an order to keep.
            for _ in 0..chance.below(3) {
                actions.push((at + chance.below(200), Action::Write { page }));
            }
        }
        for _ in 0..chance.below(12) {
            actions.push((chance.below(span), trouble(chance, pages.len())));
        }
        actions.push((span, Action::Quiet));
        Self { pages, weather, actions }
    }
}

fn trouble(chance: &mut Chance, pages: usize) -> Action {
    let page = chance.below(pages as u64) as usize;
    match chance.below(21) {
        0..3 => Action::Cut { page },
        3 => Action::Hole { page, up: true, down: chance.one_in(2) },
        4 => Action::Hole { page, up: false, down: true },
        5 | 6 => Action::CutAtCommit { page },
        7 => Action::Crash { down_for: chance.pick(&TIMES), silently: chance.one_in(3) },
        8 => Action::CrashAtCommit { committed: chance.one_in(2), down_for: chance.pick(&TIMES) },
        9 => Action::Restart { down_for: chance.pick(&TIMES) },
        10 => Action::SendAway { page },
        11 => Action::Deny { page },
        12 => Action::Reload { page, gone_for: chance.pick(&TIMES) },
        13 | 14 => Action::DieDuring { page, outputs: chance.below(12) as u32, gone_for: chance.pick(&TIMES) },
        15 => Action::Freeze { page, time: chance.pick(&TIMES), hurry: chance.one_in(2) },
        16 => Action::Offline { page, time: chance.pick(&TIMES), hurry: chance.one_in(2) },
        17 => Action::Hurry { page },
        18 => Action::StopAndStart { page, stopped_for: chance.pick(&TIMES) },
        19 => Action::Hang { page, at_welcome: chance.one_in(2) },
        _ => Action::Ping,
    }
}
