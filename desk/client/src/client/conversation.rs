//! Drafts out, events in.

use handoff::{
    api::Problem,
    chat::{ClientFrame, Event, ServerFrame, VERSION, What},
};

use super::{Client, State, Turn};
use crate::{Draft, Ended, Output, sequence::Place, vigil::Vigil};

impl Client {
    pub(super) fn write(&mut self, turn: &mut Turn, draft: Draft) {
        if self.outbox.holds(&draft.client_message_id) {
            return;
        }
        if let Some(problem) = draft.problem() {
            turn.say(Output::Refused { draft, problem });
            return;
        }
        turn.say(Output::Keep(draft.clone()));
        // Live means that all older drafts were sent on this connection: at the welcome, or as this one is.
        if let State::Live(_) = self.state {
            turn.say(Output::Send(draft.frame()));
        }
        self.outbox.push(draft);
    }

    pub(super) fn heard(&mut self, turn: &mut Turn, frame: ServerFrame) {
        match &mut self.state {
            State::Connecting { opened: true, .. } => match frame {
                ServerFrame::Welcome { version, last, .. } => self.welcomed(turn, version, last),
                ServerFrame::Bye { reason } => self.sent_away(turn, reason),
                ServerFrame::Ping => turn.say(Output::Send(ClientFrame::Pong)),
                _ => {}
            },
            State::Live(vigil) => {
                vigil.heard(turn.now);
                match frame {
                    ServerFrame::Event { event } => self.happened(turn, event),
                    ServerFrame::Ack { client_message_id, seq, .. } => {
                        vigil.told_of(seq);
                        self.stored(turn, client_message_id, seq);
                    }
                    ServerFrame::Refused { client_message_id, problem } => {
                        if let Some(draft) = self.outbox.take(&client_message_id) {
                            self.refuse(turn, draft, problem);
                        }
                    }
                    ServerFrame::Queue { position, wait } => {
                        if self.queue.replace((position, wait)) != Some((position, wait)) {
                            turn.say(Output::Queue { position, wait });
                        }
                    }
                    ServerFrame::Ping => turn.say(Output::Send(ClientFrame::Pong)),
                    ServerFrame::Bye { reason } => self.sent_away(turn, reason),
                    // Changes of the queue are for the shell, which hears all frames.
                    ServerFrame::Pong | ServerFrame::Changed { .. } | ServerFrame::Welcome { .. } => {}
                }
            }
            // Said before the connection was open, or after it was given up: by one that no longer counts.
            _ => {}
        }
    }

    fn welcomed(&mut self, turn: &mut Turn, version: u16, last: u64) {
        if version != VERSION || last < self.delivered.last() {
            return self.end(turn, Ended::Misused);
        }
        self.route.welcomed(self.transport);
        // Nobody knows which of them reached the desk; it drops those that it has.
        for draft in self.outbox.iter() {
            turn.say(Output::Send(draft.frame()));
        }
        self.enter(turn, State::Live(Vigil::begin(turn.now, last)));
    }

    fn happened(&mut self, turn: &mut Turn, event: Event) {
        let own = match &event.what {
            What::Message { client_message_id, .. } if self.outbox.holds(client_message_id) => {
                Some((client_message_id.clone(), event.seq))
            }
            _ => None,
        };
        match self.delivered.take(event.seq) {
            Place::Next => turn.say(Output::Deliver(event)),
            Place::Seen => {}
            Place::Beyond => return self.resume(turn),
        }
        if let Some((client_message_id, seq)) = own {
            self.stored(turn, client_message_id, seq);
        }
    }

    /// An acknowledgement or the event itself, whichever comes first.
    fn stored(&mut self, turn: &mut Turn, client_message_id: String, seq: u64) {
        if self.outbox.take(&client_message_id).is_some() {
            turn.say(Output::Sent { client_message_id: client_message_id.clone(), seq });
            turn.say(Output::Forget { client_message_id });
        }
    }

    /// The text is given back before it is forgotten: a page that dies in between asks once more.
    pub(super) fn refuse(&mut self, turn: &mut Turn, draft: Draft, problem: Problem) {
        let client_message_id = draft.client_message_id.clone();
        turn.say(Output::Refused { draft, problem });
        turn.say(Output::Forget { client_message_id });
    }
}
