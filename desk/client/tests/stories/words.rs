//! Inputs and outputs in few words.

use desk_client::{Client, Config, Draft, Input, Output, Transport};
use handoff::{
    api::{Problem, Wait},
    chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, VERSION, What},
};

pub(crate) fn draft(id: &str) -> Draft {
    Draft { client_message_id: id.into(), text: format!("text of {id}") }
}

pub(crate) fn write(id: &str) -> Input {
    Input::Write(draft(id))
}

pub(crate) fn welcome(last: u64) -> Input {
    Input::Heard(ServerFrame::Welcome { version: VERSION, last, heartbeat_s: 30 })
}

pub(crate) fn event(seq: u64) -> Input {
    happened(seq, What::Assigned)
}

pub(crate) fn own(seq: u64, id: &str) -> Input {
    happened(seq, What::Message { client_message_id: id.into(), text: String::new() })
}

pub(crate) fn happened(seq: u64, what: What) -> Input {
    Input::Heard(ServerFrame::Event { event: Event { seq, at_ms: 0, by: Participant::Visitor, what } })
}

pub(crate) fn ack(id: &str, seq: u64) -> Input {
    Input::Heard(ServerFrame::Ack { client_message_id: id.into(), seq, at_ms: 0 })
}

pub(crate) fn refusal(id: &str) -> Input {
    let problem = Problem { kind: "no".into(), title: String::new(), status: 422, detail: String::new() };
    Input::Heard(ServerFrame::Refused { client_message_id: id.into(), problem })
}

pub(crate) fn bye(reason: Farewell) -> Input {
    Input::Heard(ServerFrame::Bye { reason })
}

pub(crate) fn queue(position: Option<u32>) -> Input {
    Input::Heard(ServerFrame::Queue { position, wait: Wait::Unknown })
}

pub(crate) fn lost(connection: u64) -> Input {
    Input::Lost { connection }
}

pub(crate) const PING: Input = Input::Heard(ServerFrame::Ping);
pub(crate) const PONG: Input = Input::Heard(ServerFrame::Pong);

/// Tells what came of each input, and when the machine then wants to be woken.
pub(crate) fn told<const N: usize>(mut client: Client, inputs: [(u64, Input); N]) -> String {
    let mut story = String::new();
    for (now, input) in inputs {
        let heard = in_words(&input);
        let said: Vec<_> = client.handle(now, u64::MAX / 2, input).iter().map(output_in_words).collect();
        let said = if said.is_empty() { "nothing".into() } else { said.join(", ") };
        let wake = client.wake_at().map_or_else(|| "never".into(), |at| at.to_string());
        story += &format!("{now:>7} {heard:<14} -> {said} (wake at {wake})\n");
    }
    story
}

pub(crate) fn fresh() -> Client {
    Client::new(Config::default(), 0, [])
}

pub(crate) fn in_words(input: &Input) -> String {
    match input {
        Input::Write(draft) => format!("write {:.4}", draft.client_message_id),
        Input::Heard(frame) => match frame {
            ServerFrame::Welcome { last, .. } => format!("welcome {last}"),
            ServerFrame::Event { event } => match &event.what {
                What::Message { client_message_id, .. } => format!("event {} {client_message_id}", event.seq),
                _ => format!("event {}", event.seq),
            },
            ServerFrame::Ack { client_message_id, seq, .. } => format!("ack {client_message_id} {seq}"),
            ServerFrame::Refused { client_message_id, .. } => format!("refused {client_message_id}"),
            ServerFrame::Queue { position, .. } => format!("queue {position:?}"),
            ServerFrame::Bye { reason } => format!("bye {reason:?}"),
            other => format!("{other:?}").to_lowercase(),
        },
        Input::Lost { connection } => format!("lost #{connection}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

pub(crate) fn output_in_words(output: &Output) -> String {
    match output {
        Output::Keep(draft) => format!("keep {}", draft.client_message_id),
        Output::Forget { client_message_id } => format!("forget {client_message_id}"),
        Output::Connect { connection, transport, after } => {
            let how = if *transport == Transport::Socket { "socket" } else { "polling" };
            format!("connect #{connection} {how} after {after}")
        }
        Output::Disconnect => "disconnect".into(),
        Output::Send(ClientFrame::Message { client_message_id, .. }) => format!("send {client_message_id}"),
        Output::Send(frame) => format!("send {frame:?}").to_lowercase(),
        Output::Deliver(event) => format!("deliver {}", event.seq),
        Output::Sent { client_message_id, seq } => format!("sent {client_message_id} {seq}"),
        Output::Refused { draft, problem } => format!("refused {:.4} {}", draft.client_message_id, problem.kind),
        Output::Queue { position, .. } => format!("queue {position:?}"),
        Output::Status(status) => format!("{status:?}"),
    }
}
