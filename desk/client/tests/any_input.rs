//! Whatever it is told, in whatever order, at whatever times: the machine does not panic, does not turn in circles and
//! keeps its promises to the shell.

use std::collections::{BTreeMap, BTreeSet};

use desk_client::{Client, Config, Draft, Input, Output, Status};
use handoff::{
    api::{Problem, Wait},
    chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, VERSION, What},
};
use proptest::prelude::*;

fn id() -> impl Strategy<Value = String> {
    prop_oneof![8 => "[a-f]", 1 => Just("not an id".to_owned())]
}

fn draft() -> impl Strategy<Value = Draft> {
    let text = prop_oneof![8 => Just("x".to_owned()), 1 => Just("x".repeat(70_000))];
    (id(), text).prop_map(|(client_message_id, text)| Draft { client_message_id, text })
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![16 => 0..12_u64, 1 => any::<u64>()]
}

fn frame() -> impl Strategy<Value = ServerFrame> {
    let problem = || Problem { kind: String::new(), title: String::new(), status: 422, detail: String::new() };
    let welcome = |(version, last)| ServerFrame::Welcome { version, last, heartbeat_s: 30 };
    let event = |(seq, what)| ServerFrame::Event { event: Event { seq, at_ms: 0, by: Participant::Visitor, what } };
    let what = prop_oneof![
        Just(What::Assigned),
        id().prop_map(|client_message_id| What::Message { client_message_id, text: String::new() }),
    ];
    let reason = proptest::sample::select(vec![
        Farewell::NotAllowed,
        Farewell::Misused,
        Farewell::TooSlow,
        Farewell::Restarting,
        Farewell::Silent,
    ]);
    prop_oneof![
        4 => (prop_oneof![9 => Just(VERSION), 1 => any::<u16>()], number()).prop_map(welcome),
        8 => (number(), what).prop_map(event),
        4 => (id(), number()).prop_map(|(client_message_id, seq)| ServerFrame::Ack { client_message_id, seq, at_ms: 0 }),
        1 => id().prop_map(move |id| ServerFrame::Refused { client_message_id: id, problem: problem() }),
        1 => proptest::option::of(0..3_u32).prop_map(|position| ServerFrame::Queue { position, wait: Wait::Unknown }),
        1 => Just(ServerFrame::Changed { conversation: String::new(), last: 1 }),
        1 => Just(ServerFrame::Ping),
        1 => Just(ServerFrame::Pong),
        1 => reason.prop_map(|reason| ServerFrame::Bye { reason }),
    ]
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        2 => Just(Input::Start),
        4 => draft().prop_map(Input::Write),
        6 => Just(Input::Opened),
        16 => frame().prop_map(Input::Heard),
        2 => number().prop_map(|connection| Input::Lost { connection }),
        4 => Just(Input::Woken),
        1 => Just(Input::Hurry),
        1 => Just(Input::Stop),
    ]
}

fn step() -> impl Strategy<Value = (u64, u64, Input)> {
    let passed = prop_oneof![4 => 0..50_u64, 2 => 0..40_000_u64, 1 => any::<u32>().prop_map(u64::from)];
    (passed, any::<u64>(), input())
}

/// What a shell knows.
struct Shell {
    after: u64,
    kept: BTreeMap<String, Draft>,
    sent_here: BTreeSet<String>,
    connection: u64,
    connected: bool,
    status: Status,
}

impl Shell {
    /// Carries out an output and checks that it could be said.
    fn carry_out(&mut self, output: Output) -> Result<(), TestCaseError> {
        match output {
            Output::Keep(draft) => {
                let before = self.kept.insert(draft.client_message_id.clone(), draft);
                prop_assert_eq!(before, None, "kept twice");
            }
            Output::Forget { client_message_id } => {
                prop_assert!(self.kept.remove(&client_message_id).is_some(), "forgotten twice");
                self.sent_here.remove(&client_message_id);
            }
            Output::Connect { connection, after, .. } => {
                prop_assert!(!self.connected);
                prop_assert_eq!((connection, after), (self.connection + 1, self.after));
                (self.connection, self.connected) = (connection, true);
                self.sent_here.clear();
            }
            Output::Disconnect => prop_assert!(std::mem::take(&mut self.connected)),
            Output::Send(frame) => {
                prop_assert!(self.connected);
                if let ClientFrame::Message { client_message_id, .. } = frame {
                    prop_assert!(self.kept.contains_key(&client_message_id), "sent, but not kept");
                    prop_assert!(self.sent_here.insert(client_message_id), "sent twice on a connection");
                }
            }
            Output::Deliver(event) => {
                prop_assert_eq!(event.seq, self.after + 1);
                self.after = event.seq;
            }
            Output::Sent { client_message_id, .. } => prop_assert!(self.kept.contains_key(&client_message_id)),
            Output::Refused { .. } | Output::Queue { .. } => {}
            Output::Status(status) => {
                prop_assert_ne!(status, self.status, "said twice");
                prop_assert_eq!(self.connected, matches!(status, Status::Connecting | Status::Live));
                self.status = status;
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn promises_are_kept(
        origin in number(),
        after in number(),
        drafts in proptest::collection::vec(draft(), 0..3),
        steps in proptest::collection::vec(step(), 0..80),
    ) {
        let mut client = Client::new(Config::default(), after, drafts);
        let mut shell = Shell {
            after,
            kept: client.outbox().map(|draft| (draft.client_message_id.clone(), draft.clone())).collect(),
            sent_here: BTreeSet::new(),
            connection: 0,
            connected: false,
            status: Status::Idle,
        };
        let mut now = origin;
        for (passed, random, input) in [(0, 0, Input::Start)].into_iter().chain(steps) {
            now = now.saturating_add(passed);
            if let Input::Lost { connection } = input && connection == shell.connection {
                shell.connected = false;
            }
            for output in client.handle(now, random, input) {
                shell.carry_out(output)?;
            }
            prop_assert_eq!(client.status(), shell.status);
            prop_assert_eq!(client.after(), shell.after);
            prop_assert_eq!(client.outbox().count(), shell.kept.len());
            prop_assert!(client.outbox().all(|draft| shell.kept.get(&draft.client_message_id) == Some(draft)));
        }
        // A timer that is due brings it forward: after a delay of nothing and a connection, time must pass.
        for _ in 0..4 {
            if client.wake_at().is_some_and(|at| at <= now) {
                for output in client.handle(now, 0, Input::Woken) {
                    shell.carry_out(output)?;
                }
            }
        }
        prop_assert!(client.wake_at().is_none_or(|at| at > now || now == u64::MAX));
    }
}
