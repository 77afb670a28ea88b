//! The open conversation: what its connection says, and what the agent does.

use desk_client::{Draft, Ended, Output, Status};
use desk_connection::Failure;
use handoff::api::Conversation;

use super::{
    Action, Effect, Known, Route, State, Step, Target, Trouble, Way, Why, line::PATIENCE_MS, session::Fate, talk::Talk,
};

/// Delay before the desk is asked again for what it could not give, in milliseconds.
const AGAIN_MS: u32 = 3_000;
/// Delay before a connection that the desk ended is tried again, in milliseconds.
const RECONNECT_MS: u32 = 5_000;

impl State {
    /// The address bar says another thing.
    pub(super) fn went(&mut self, route: Route) -> Vec<Effect> {
        if self.route == route {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.route, route);
        self.brief = false;
        if self.session != super::Session::In {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if let Some(id) = before.conversation() {
            if let Some(talk) = self.talks.get_mut(id) {
                talk.below = false;
                talk.trouble = None;
            }
            effects.extend(self.settle(id));
        }
        match self.route.clone() {
            Route::Queue => {
                effects.push(Effect::Focus(Target::Queue(before.conversation().map(str::to_owned))));
            }
            Route::Conversation(id) => {
                effects.extend(self.open(&id));
                effects.push(Effect::Focus(Target::Talk));
            }
        }
        effects
    }

    /// Opens a conversation.
    pub(super) fn open(&mut self, id: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.talks.contains_key(id) {
            self.talks.insert(id.to_owned(), Talk::default());
            effects.extend(self.connect(id));
        }
        if let Some(talk) = self.talks.get_mut(id)
            && !matches!(talk.known, Known::Here(_))
        {
            talk.known = Known::Loading;
            effects.push(Effect::FetchConversation(id.to_owned()));
        }
        effects
    }

    /// Connects to a conversation that is held here.
    pub(super) fn connect(&mut self, id: &str) -> Option<Effect> {
        let now = self.clock.local();
        self.talks.get_mut(id)?.line.start(now);
        Some(Effect::Connect(id.to_owned()))
    }

    /// Lets a conversation go that is neither open nor has anything unsent.
    fn settle(&mut self, id: &str) -> Option<Effect> {
        let busy = self.talks.get(id).is_some_and(|talk| talk.has_unsent() || talk.is_due());
        if self.route.conversation() == Some(id) || busy {
            return None;
        }
        self.talks.remove(id)?;
        Some(Effect::Disconnect(id.to_owned()))
    }

    /// Conversations have replies in this browser that were not sent.
    pub(super) fn unsent(&mut self, ids: Vec<String>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for id in ids {
            if !self.talks.contains_key(&id) {
                self.talks.insert(id.clone(), Talk::default());
                effects.extend(self.connect(&id));
            }
        }
        effects
    }

    /// Replies were in the outbox when a conversation was connected. The page that wrote them may have ended before it
    /// could assign the conversation: that is done now, where it is still to be done.
    pub(super) fn found(&mut self, id: String, drafts: &[Draft]) -> Vec<Effect> {
        let Some(talk) = self.talks.get_mut(&id).filter(|_| !drafts.is_empty()) else {
            return Vec::new();
        };
        drafts.iter().for_each(|draft| talk.keep(draft));
        talk.set_due(true);
        match talk.known {
            Known::Here(_) => self.advance(&id),
            // The open conversation is being fetched already.
            _ if self.route.conversation() == Some(&id) => Vec::new(),
            _ => vec![Effect::FetchConversation(id)],
        }
    }

    /// The desk's answer to a fetch of a conversation.
    pub(super) fn conversation_is(&mut self, id: &str, answer: Result<Box<Conversation>, Failure>) -> Vec<Effect> {
        let Some(talk) = self.talks.get_mut(id) else {
            return Vec::new();
        };
        match answer.map_err(Fate::from) {
            Ok(conversation) => {
                talk.know(*conversation);
                if let Some(summary) = self.queue.find(id) {
                    talk.update(summary);
                }
                let ended = talk.line.ended() == Some(Ended::NotAllowed);
                let mut effects = self.advance(id);
                if ended {
                    effects.push(Effect::Later(RECONNECT_MS, Box::new(Action::Reconnect(Some(id.to_owned())))));
                }
                effects
            }
            Err(Fate::Unknown) => self.end(Why::Ended),
            Err(Fate::Never(status, detail)) => {
                talk.known = if status == 404 { Known::Missing } else { Known::Refused(detail) };
                talk.line = Default::default();
                talk.set_due(false);
                vec![Effect::Disconnect(id.to_owned())]
            }
            Err(Fate::Passing) => {
                vec![Effect::Later(AGAIN_MS, Box::new(Action::Fetch(id.to_owned())))]
            }
        }
    }

    /// A conversation is still to be fetched, if it is.
    pub(super) fn fetch(&mut self, id: String) -> Vec<Effect> {
        let open = self.route.conversation() == Some(&id);
        let wanted = self.session == super::Session::In
            && self.talks.get(&id).is_some_and(|talk| talk.known == Known::Loading && (open || talk.is_due()));
        if wanted { vec![Effect::FetchConversation(id)] } else { Vec::new() }
    }

    /// A conversation's connection says something.
    pub(super) fn heard(&mut self, id: &str, output: Output) -> Vec<Effect> {
        let now = self.clock.local();
        let Some(talk) = self.talks.get_mut(id) else {
            return Vec::new();
        };
        match output {
            Output::Deliver(event) => {
                talk.deliver(event);
            }
            Output::Keep(draft) => talk.keep(&draft),
            Output::Sent { client_message_id, .. } => talk.mark(&client_message_id, Way::Sent),
            Output::Refused { draft, problem } => {
                talk.keep(&draft);
                talk.mark(&draft.client_message_id, Way::NotSent(problem.detail));
            }
            Output::Status(status) => {
                talk.line.turn(status, now);
                return self.turned(id, status);
            }
            Output::Forget { .. }
            | Output::Connect { .. }
            | Output::Disconnect
            | Output::Send(_)
            | Output::Queue { .. } => {}
        }
        self.settle(id).into_iter().collect()
    }

    fn turned(&mut self, id: &str, status: Status) -> Vec<Effect> {
        match status {
            Status::Live => self.advance(id),
            // The desk says why when it is asked for the conversation.
            Status::Ended(Ended::NotAllowed) => vec![Effect::FetchConversation(id.to_owned())],
            Status::Ended(_) | Status::Idle => Vec::new(),
            Status::Connecting | Status::Waiting { .. } => vec![told_later()],
        }
    }

    /// A connection that the desk ended is tried once more.
    pub(super) fn reconnect(&mut self, id: Option<String>) -> Vec<Effect> {
        let again = |line: &super::Line| line.ended() == Some(Ended::NotAllowed);
        match id {
            None if again(&self.line) => {
                self.line.start(self.clock.local());
                vec![Effect::Subscribe]
            }
            Some(id) if self.talks.get(&id).is_some_and(|talk| again(&talk.line)) => {
                self.connect(&id).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The agent replies. An open conversation that is answered is somebody's: that comes first.
    pub(super) fn send(&mut self, id: &str, draft: Draft) -> Vec<Effect> {
        let Some(talk) = self.talks.get_mut(id) else {
            return Vec::new();
        };
        talk.hold(draft.clone());
        // Durable at once, however long the rest takes.
        let mut effects = vec![Effect::Hold(id.to_owned(), draft)];
        effects.extend(self.advance(id));
        effects
    }

    /// Does the next of what must be done before replies go out; then lets them go.
    fn advance(&mut self, id: &str) -> Vec<Effect> {
        let Some(talk) = self.talks.get_mut(id) else {
            return Vec::new();
        };
        if talk.running.is_some() || !(talk.has_held() || talk.is_due()) {
            return Vec::new();
        }
        match talk.missing_step() {
            Some(step) => run(id, talk, step),
            None => {
                talk.set_due(false);
                let writes: Vec<Effect> = write(id, talk);
                writes.into_iter().chain(self.settle(id)).collect()
            }
        }
    }

    /// The agent does something with a conversation.
    pub(super) fn step(&mut self, id: &str, step: Step) -> Vec<Effect> {
        match self.talks.get_mut(id) {
            Some(talk) if talk.running.is_none() && talk.summary.is_some() => run(id, talk, step),
            _ => Vec::new(),
        }
    }

    /// The desk's answer to that.
    pub(super) fn done(&mut self, id: &str, step: Step, answer: Result<(), Failure>) -> Vec<Effect> {
        let (Some(talk), Some(me)) = (self.talks.get_mut(id), &self.agent) else {
            return Vec::new();
        };
        talk.running = None;
        match answer.map_err(Fate::from) {
            Ok(()) => {
                talk.done(step, me);
                let mut effects = self.advance(id);
                effects.extend(self.queue_changed());
                effects.push(Effect::Focus(Target::TalkIfLost));
                effects
            }
            Err(Fate::Never(_, detail)) => {
                let mut effects = Vec::new();
                for reply in talk.replies.iter_mut().filter(|reply| reply.way == Way::Held) {
                    reply.way = Way::NotSent(detail.clone());
                    effects.push(Effect::Forget(id.to_owned(), reply.key.clone()));
                }
                talk.set_due(false);
                talk.trouble = Some(Trouble::Refused(detail));
                effects.extend(self.settle(id));
                effects
            }
            Err(fate) => {
                // What waits in the outbox goes out with the next connection; so the step comes as soon as it can.
                let mut effects = write(id, talk);
                if effects.is_empty() && !talk.is_due() {
                    talk.trouble = Some(Trouble::Unreachable);
                } else {
                    talk.set_due(true);
                }
                if fate == Fate::Unknown {
                    effects.extend(self.end(Why::Ended));
                }
                effects
            }
        }
    }

    /// The agent has a refused reply back in the box.
    pub(super) fn edit(&mut self, id: String, key: &str) -> Vec<Effect> {
        match self.talks.get_mut(&id).and_then(|talk| talk.take(key)) {
            Some(reply) => vec![Effect::PutBack(id, reply.text), Effect::Focus(Target::Reply)],
            None => Vec::new(),
        }
    }

    /// The agent throws a refused reply away.
    pub(super) fn discard(&mut self, id: &str, key: &str) -> Vec<Effect> {
        if let Some(talk) = self.talks.get_mut(id) {
            talk.take(key);
        }
        vec![Effect::Focus(Target::Reply)]
    }
}

/// A connection was lost: if it stays so, people are told.
pub(super) fn told_later() -> Effect {
    Effect::Later(PATIENCE_MS as u32, Box::new(Action::Tick))
}

fn run(id: &str, talk: &mut Talk, step: Step) -> Vec<Effect> {
    talk.running = Some(step);
    talk.trouble = None;
    vec![Effect::Do(id.to_owned(), step)]
}

fn write(id: &str, talk: &mut Talk) -> Vec<Effect> {
    talk.take_held().into_iter().map(|draft| Effect::Write(id.to_owned(), draft)).collect()
}
