use desk_client::{Ended, Status};
use desk_connection::Failure;
use handoff::api;

use super::{
    Action, Arrived, Effect, Session, Shortcut, Standing, State, Step, Target, Why, session::Fate, talking::told_later,
};

/// Pause between two fetches of the queue, in milliseconds.
const PAUSE_MS: u32 = 300;
/// Delay before a fetch that failed, or a connection that the desk ended, is tried again, in milliseconds.
const AGAIN_MS: u32 = 5_000;
/// How long it stands there for readers of screens that something came, in milliseconds.
const TOLD_MS: u32 = 10_000;

impl State {
    /// The browser's clock shows this, in milliseconds since 1970.
    pub(crate) fn tick(&mut self, local_ms: u64) {
        self.clock.tick(local_ms);
    }

    /// Takes in what happened and says what is to be done, in order.
    pub(crate) fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Start => vec![Effect::AskSession],
            Action::SessionIs(answer) => self.session_is(answer),
            Action::SignIn(sign_in) => self.sign_in(sign_in),
            Action::SignedIn(answer) => self.signed_in(answer),
            Action::SignOut => {
                self.still_in = false;
                vec![Effect::SignOut]
            }
            Action::SignedOut(answer) => self.signed_out(answer),
            Action::Went(route) => self.went(route),
            Action::Tick => Vec::new(),
            Action::Told => {
                self.arrived = None;
                Vec::new()
            }
            Action::QueueChanged => self.queue_changed().into_iter().collect(),
            Action::QueueIs(answer) => self.queue_is(answer),
            Action::QueueLine(status) => self.queue_line(status),
            Action::Reconnect(id) => self.reconnect(id),
            Action::Unsent(ids) => self.unsent(ids),
            Action::Fetch(id) => self.fetch(id),
            Action::ConversationIs(id, answer) => self.conversation_is(&id, answer),
            Action::Found(id, drafts) => self.found(id, &drafts),
            Action::Heard(id, output) => self.heard(&id, output),
            Action::Send(id, text) => self.send(&id, text),
            Action::Do(id, step) => self.step(&id, step),
            Action::Done(id, step, answer) => self.done(&id, step, answer),
            Action::Edit(id, key) => self.edit(id, &key),
            Action::Discard(id, key) => self.discard(&id, &key),
            Action::Below(below) => {
                if let Some(talk) = self.route.conversation().and_then(|id| self.talks.get_mut(id)) {
                    talk.below = below;
                }
                Vec::new()
            }
            Action::Brief(shown) => {
                self.brief = shown;
                vec![Effect::Focus(if shown { Target::Brief } else { Target::BriefButton })]
            }
            Action::Focus(target) => vec![Effect::Focus(target)],
            Action::Press(shortcut) => self.press(shortcut),
            Action::Keys(shown) => {
                self.keys = shown;
                Vec::new()
            }
            Action::Shortcuts(on) => {
                self.shortcuts = on;
                vec![Effect::KeepShortcuts(on)]
            }
            Action::Speak(lang) => {
                self.lang = lang;
                vec![Effect::KeepLang(lang)]
            }
            Action::Hurry => vec![Effect::Hurry],
        }
    }

    /// Something of the queue has changed.
    pub(super) fn queue_changed(&mut self) -> Option<Effect> {
        (self.session == Session::In && self.queue.want()).then_some(Effect::FetchQueue)
    }

    fn queue_is(&mut self, answer: Result<api::Queue, Failure>) -> Vec<Effect> {
        let again = self.queue.fetched();
        if self.session != Session::In {
            return Vec::new();
        }
        let mut effects = Vec::new();
        match answer.map_err(Fate::from) {
            Ok(queue) => {
                self.clock.set(queue.now_ms);
                effects.extend(self.replace_queue(queue.conversations));
                if self.line.ended() == Some(Ended::NotAllowed) {
                    effects.push(Effect::Later(AGAIN_MS, Box::new(Action::Reconnect(None))));
                }
            }
            Err(Fate::Unknown) => return self.end(Why::Ended),
            // Without a connection the next one brings a change, and with it the next fetch.
            Err(_) if self.line.is_live() && !again => {
                effects.push(Effect::Later(AGAIN_MS, Box::new(Action::QueueChanged)));
            }
            Err(_) => {}
        }
        if again {
            effects.push(Effect::Later(PAUSE_MS, Box::new(Action::QueueChanged)));
        }
        effects
    }

    fn replace_queue(&mut self, list: Vec<api::Summary>) -> Option<Effect> {
        let me = self.me().to_owned();
        let ids =
            |state: &Self| -> Vec<String> { state.queue.waiting_for(&me).into_iter().map(str::to_owned).collect() };
        let before = self.queue.list.is_some().then(|| ids(self));
        for summary in &list {
            if let Some(talk) = self.talks.get_mut(&summary.conversation) {
                talk.update(summary);
            }
        }
        self.queue.list = Some(list);
        let before = before?;
        let now = ids(self);
        // What is said in the open conversation is told by its log.
        let new = now.iter().filter(|id| !before.contains(id) && self.route.conversation() != Some(id)).count() as u32;
        if new == 0 {
            return None;
        }
        self.arrived = Some(Arrived { new, waiting: now.len() as u32 });
        Some(Effect::Later(TOLD_MS, Box::new(Action::Told)))
    }

    fn queue_line(&mut self, status: Status) -> Vec<Effect> {
        self.line.turn(status, self.clock.local());
        match status {
            // The desk says why when it is asked for the queue.
            Status::Ended(Ended::NotAllowed) => self.queue_changed().into_iter().collect(),
            Status::Connecting | Status::Waiting { .. } => vec![told_later()],
            Status::Live | Status::Idle | Status::Ended(_) => Vec::new(),
        }
    }

    fn press(&mut self, shortcut: Shortcut) -> Vec<Effect> {
        if self.session != Session::In || !self.shortcuts {
            return Vec::new();
        }
        let open = self.route.conversation().map(str::to_owned);
        let stands = open.as_deref().and_then(|id| self.summary(id)).map(|summary| Standing::of(summary, self.me()));
        match (shortcut, open) {
            (Shortcut::Next, _) => vec![Effect::Focus(Target::Step(true))],
            (Shortcut::Previous, _) => vec![Effect::Focus(Target::Step(false))],
            (Shortcut::Queue, open) => vec![Effect::Focus(Target::Queue(open))],
            (Shortcut::Keys, _) => {
                self.keys = true;
                Vec::new()
            }
            (Shortcut::Reply, Some(_)) => vec![Effect::Focus(Target::Reply)],
            (Shortcut::Brief, Some(_)) => {
                self.brief = true;
                vec![Effect::Focus(Target::Brief)]
            }
            (Shortcut::Assign, Some(id)) if matches!(stands, Some(Standing::Waiting | Standing::Others(_))) => {
                self.step(&id, Step::Assign)
            }
            (Shortcut::Close, Some(id)) if stands.is_some_and(|stands| stands != Standing::Closed) => {
                self.step(&id, Step::Close)
            }
            _ => Vec::new(),
        }
    }
}
