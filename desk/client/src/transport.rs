//! How frames travel, and when to try the other way.

/// How frames travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// WebSocket.
    Socket,
    /// Long poll and POST, where sockets are blocked. The shell speaks in frames all the same: it says
    /// [`ServerFrame::Welcome`](handoff::chat::ServerFrame::Welcome) after the first answer (which it asks for without
    /// waiting), turns pages into events and answers to posts into acks, and answers pings itself. It posts one message
    /// at a time, in order; a request that fails is the end of the connection and is never repeated on it.
    Polling,
}

/// Which transport is next. Sockets come first; after so many failures in a row that something between us and the desk
/// seems to block them, polls and sockets take turns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Route {
    /// Sockets in a row that ended before their welcome.
    sockets_failed: u32,
    /// Once they take turns: whether it is the socket's.
    socket_next: bool,
    /// A socket was welcomed before: nothing blocks them for good.
    sockets_work: bool,
}

impl Route {
    pub(crate) fn next(&self, sockets_before_polling: u32) -> Transport {
        let blocked = self.sockets_failed >= sockets_before_polling;
        if blocked && !self.socket_next { Transport::Polling } else { Transport::Socket }
    }

    /// A connection ended before it was welcomed, and not by the desk's word.
    pub(crate) fn failed(&mut self, transport: Transport) {
        match transport {
            Transport::Socket => {
                self.sockets_failed = self.sockets_failed.saturating_add(1);
                self.socket_next = false;
            }
            Transport::Polling => self.socket_next = true,
        }
    }

    pub(crate) fn welcomed(&mut self, transport: Transport) {
        if transport == Transport::Socket {
            self.sockets_failed = 0;
            self.sockets_work = true;
        }
    }

    /// A connection ended that had been welcomed. Polling goes on with polling where no socket ever worked: a blocked
    /// socket may take all our patience to fail.
    pub(crate) fn lost(&mut self, transport: Transport) {
        if transport == Transport::Polling && self.sockets_work {
            self.sockets_failed = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays a story (`f`ailed before its welcome, `w`elcomed and then lost) and gives the transports that it used.
    fn played(sockets_before_polling: u32, story: &str) -> String {
        let mut route = Route::default();
        let mut used = String::new();
        for step in story.chars() {
            let transport = route.next(sockets_before_polling);
            used.push(if transport == Transport::Socket { 'S' } else { 'P' });
            if step == 'w' {
                route.welcomed(transport);
                route.lost(transport);
            } else {
                route.failed(transport);
            }
        }
        used
    }

    #[test]
    fn transports_take_turns() {
        let check = |before, story, used| assert_eq!(played(before, story), used, "{story} after {before}");
        check(2, "wwwww", "SSSSS");
        check(2, "fwfwf", "SSSSS");
        check(2, "ffffff", "SSPSPS");
        // Sockets never worked: polling is kept.
        check(2, "ffwwwffw", "SSPPPPSP");
        // One has worked: sockets are first again.
        check(2, "wffwffw", "SSSPSSP");
        check(2, "fffww", "SSPSS");
        check(1, "ffff", "SPSP");
        check(0, "ffff", "PSPS");
    }
}
