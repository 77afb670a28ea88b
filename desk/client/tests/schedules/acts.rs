//! What befalls pages, desk and network, as the plan says.

use crate::{
    page::PageNews,
    plan::Action,
    world::{Happening, World},
};

impl World {
    pub(crate) fn act(&mut self, action: Action) {
        self.note(|_| format!("{action:?}"));
        let now = self.now;
        match action {
            Action::Write { page } => self.write(page, false, 1),
            Action::WriteTwice { page } => self.write(page, false, 2),
            Action::WriteRefused { page } => self.write(page, true, 1),
            Action::Note => self.desk_notes(),
            Action::Cut { page } => {
                if let Some(link) = self.pages[page].link {
                    self.cut(link, 0);
                }
            }
            Action::Hole { page, up, down } => {
                if let Some(link) = self.pages[page].link {
                    self.links[link].falls_silent(now, up, down);
                }
            }
            Action::CutAtCommit { page } => self.pages[page].cut_at_commit = true,
            Action::Crash { down_for, silently } => {
                if self.desk.up {
                    self.crash(down_for, silently);
                }
            }
            Action::CrashAtCommit { committed, down_for } => self.die_in_commit(committed, down_for),
            Action::Restart { down_for } => {
                if self.desk.up {
                    self.send_away(|_| true);
                    self.crash(down_for, false);
                }
            }
            Action::SendAway { page } => self.send_away(|link| link.page == page),
            Action::Hang { page, at_welcome: false } => {
                if let Some(link) = self.pages[page].link {
                    self.links[link].hangs = true;
                }
            }
            Action::Hang { page, at_welcome: true } => {
                self.pages[page].hangs_at_welcome = true;
                self.send_away(|link| link.page == page);
            }
            Action::Deny { page } => {
                self.pages[page].denied = true;
                if let Some(link) = self.pages[page].link {
                    self.cut(link, 0);
                }
            }
            Action::Reload { page, gone_for } => self.kill(page, gone_for),
            Action::DieDuring { page, outputs, gone_for } => self.pages[page].dies_after = Some((outputs, gone_for)),
            Action::Freeze { page, time, hurry } => {
                let until = now + time;
                self.pages[page].frozen_until = until.max(self.pages[page].frozen_until);
                self.tell_page(until, page, PageNews::Thaw);
                if hurry {
                    self.tell_page(until, page, PageNews::Hurry);
                }
            }
            Action::Offline { page, time, hurry } => {
                let until = now + time;
                self.pages[page].offline_until = until.max(self.pages[page].offline_until);
                if let Some(link) = self.pages[page].link {
                    self.links[link].falls_silent(now, true, true);
                }
                if hurry {
                    self.tell_page(until, page, PageNews::Hurry);
                }
            }
            Action::Hurry { page } => self.tell_page(now, page, PageNews::Hurry),
            Action::StopAndStart { page, stopped_for } => {
                self.tell_page(now, page, PageNews::Stop);
                self.tell_page(now + stopped_for, page, PageNews::Start);
            }
            Action::Ping => self.ping_all(),
            Action::EndHang { page } => self.end_hang(page),
            Action::Quiet => self.quiet(),
        }
    }

    /// Faults end; whoever is away comes back. What is broken already stays so until the machine notices.
    fn quiet(&mut self) {
        self.calm_down();
        for page in 0..self.pages.len() {
            let state = &mut self.pages[page];
            state.denied = false;
            state.cut_at_commit = false;
            state.hangs_at_welcome = false;
            state.dies_after = None;
            state.offline_until = 0;
            state.frozen_until = 0;
            if state.machine.is_none() {
                self.load(page);
            } else {
                self.page_hears(page, PageNews::Thaw);
                self.tell_page(self.now, page, PageNews::Start);
                self.end_hang(page);
            }
        }
    }

    /// A desk that hangs can be noticed only by those to whom it owes something.
    fn end_hang(&mut self, page: usize) {
        let state = &self.pages[page];
        let (Some(link), Some(client)) = (state.link, &state.machine) else { return };
        if !self.links[link].hangs {
            return;
        }
        let owes = client.outbox().next().is_some() || client.after() < self.links[link].told;
        if owes {
            // What is still on its way may pay for all of it.
            self.ahead(self.now + 60_000, Happening::Act(Action::EndHang { page }));
        } else {
            self.cut(link, 0);
        }
    }
}
