use desk_connection::Failure;
use handoff::api::{Agent, SignIn};

use super::{Action, Effect, Route, State, Target};

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Session {
    /// The desk is being asked.
    Asking {
        /// How often it could not be reached.
        failed: u32,
    },
    /// Nobody is.
    Out(Out),
    /// The agent is.
    In,
}

/// The form to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Out {
    /// Why it is shown.
    pub(crate) why: Why,
    /// Whether an answer is awaited.
    pub(crate) busy: bool,
    /// Why the last try did not succeed.
    pub(crate) refusal: Option<Refusal>,
}

/// Why an agent must sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// He has not yet.
    First,
    /// His session has ended; he goes on where he was.
    Ended,
    /// He has signed out.
    Left {
        /// Conversations with replies in this browser that were not sent.
        unsent: u32,
    },
}

/// Why a try to sign in did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A field is empty.
    Empty,
    /// Address or password is wrong.
    Wrong,
    /// Too many tries.
    TooMany,
    /// No answer.
    Unreachable,
    /// Something else, in the desk's words.
    Other(String),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        if matches!(&failure, Failure::Refused(problem) if problem.status == 429) {
            return Self::TooMany;
        }
        match failure.into() {
            Fate::Unknown => Self::Wrong,
            Fate::Passing => Self::Unreachable,
            Fate::Never(_, detail) => Self::Other(detail),
        }
    }
}

/// What a failed call means for somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The desk no longer knows who he is.
    Unknown,
    /// It may succeed when it is tried again: no answer, or a desk that is being restarted.
    Passing,
    /// It will not; status, and the desk's words.
    Never(u16, String),
}

impl From<Failure> for Fate {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable => Self::Passing,
            Failure::Refused(problem) => match problem.status {
                401 => Self::Unknown,
                408 | 425 | 429 | 500.. => Self::Passing,
                status => Self::Never(status, problem.detail),
            },
        }
    }
}

/// Bounds of the delay before the desk is asked again who is signed in, in milliseconds.
const AGAIN_MS: (u32, u32) = (1_000, 30_000);

impl State {
    /// The desk says who is signed in.
    pub(super) fn session_is(&mut self, answer: Result<Agent, Failure>) -> Vec<Effect> {
        match answer.map_err(Fate::from) {
            Ok(agent) => self.begin(agent),
            Err(Fate::Unknown) => {
                self.session = Session::Out(Out { why: Why::First, busy: false, refusal: None });
                vec![Effect::Focus(Target::SignIn)]
            }
            Err(_) => {
                let Session::Asking { failed } = &mut self.session else {
                    return Vec::new();
                };
                *failed += 1;
                let delay = AGAIN_MS.0.saturating_mul(1 << (*failed - 1).min(10)).min(AGAIN_MS.1);
                vec![Effect::Later(delay, Box::new(Action::Start))]
            }
        }
    }

    /// The agent signs in.
    pub(super) fn sign_in(&mut self, sign_in: SignIn) -> Vec<Effect> {
        let Session::Out(out) = &mut self.session else {
            return Vec::new();
        };
        if out.busy {
            return Vec::new();
        }
        if sign_in.email.is_empty() || sign_in.password.is_empty() {
            out.refusal = Some(Refusal::Empty);
            let target = if sign_in.email.is_empty() { Target::SignIn } else { Target::Password };
            return vec![Effect::Focus(target)];
        }
        out.busy = true;
        out.refusal = None;
        vec![Effect::SignIn(sign_in)]
    }

    /// The desk's answer to that.
    pub(super) fn signed_in(&mut self, answer: Result<Agent, Failure>) -> Vec<Effect> {
        match (answer, &mut self.session) {
            (Ok(agent), _) => {
                let mut effects = self.begin(agent);
                // The form that had the focus has gone.
                effects.push(Effect::Focus(match &self.route {
                    Route::Queue => Target::Queue(None),
                    Route::Conversation(_) => Target::Talk,
                }));
                effects
            }
            (Err(failure), Session::Out(out)) => {
                out.busy = false;
                out.refusal = Some(failure.into());
                vec![Effect::Focus(Target::Password)]
            }
            (Err(_), _) => Vec::new(),
        }
    }

    /// The desk's answer to signing out.
    pub(super) fn signed_out(&mut self, answer: Result<(), Failure>) -> Vec<Effect> {
        match answer {
            Err(failure) if Fate::from(failure.clone()) != Fate::Unknown => {
                self.still_in = true;
                Vec::new()
            }
            _ => {
                let unsent = self.talks.values().filter(|talk| talk.has_unsent()).count() as u32;
                let mut effects = self.end(Why::Left { unsent });
                self.talks.clear();
                self.queue.list = None;
                self.agent = None;
                effects.push(Effect::ForgetTyped);
                effects
            }
        }
    }

    /// Somebody is signed in: everything starts, or goes on where it was.
    fn begin(&mut self, agent: Agent) -> Vec<Effect> {
        if self.agent.as_ref().is_some_and(|before| before.id != agent.id) {
            self.talks.clear();
            self.queue.list = None;
        }
        let mut effects = vec![Effect::Subscribe];
        self.line.start(self.clock.local());
        if self.queue.want() {
            effects.push(Effect::FetchQueue);
        }
        effects.push(Effect::FindUnsent(agent.id.clone()));
        self.agent = Some(agent);
        self.session = Session::In;
        self.still_in = false;
        let waiting: Vec<String> = self.talks.keys().cloned().collect();
        for id in waiting {
            effects.extend(self.connect(&id));
        }
        if let Route::Conversation(id) = self.route.clone() {
            effects.extend(self.open(&id));
        }
        effects
    }

    /// Nobody is signed in any more. What is open stays open, for the same agent.
    pub(super) fn end(&mut self, why: Why) -> Vec<Effect> {
        if self.session != Session::In {
            return Vec::new();
        }
        self.session = Session::Out(Out { why, busy: false, refusal: None });
        self.still_in = false;
        self.keys = false;
        self.arrived = None;
        self.line = Default::default();
        let mut effects = vec![Effect::Unsubscribe];
        for (id, talk) in &mut self.talks {
            talk.line = Default::default();
            effects.push(Effect::Disconnect(id.clone()));
        }
        effects.push(Effect::Focus(if why == Why::Ended { Target::Password } else { Target::SignIn }));
        effects
    }
}
