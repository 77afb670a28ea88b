//! The JSON of every frame and body, as programs outside rely on it. A change here is a change of the contract.

use handoff::{
    Cause, Transcript,
    api::{
        Agent, Conversation, NewHandoff, NewMessage, Page as EventPage, Problem, Queue, Receipt, Role, SignIn, State,
        Stored, Summary, Ticket, Wait,
    },
    chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, What},
    transcript::{Decision, Entry, Page, Reason, Said, Shown, Vote},
};
use serde::{Serialize, de::DeserializeOwned};

/// The value as JSON, and back.
fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: T, json: &str) {
    assert_eq!(serde_json::to_string(&value).expect("all of these become JSON"), json);
    assert_eq!(serde_json::from_str::<T>(json).expect("JSON of ours is read"), value, "{json}");
}

/// JSON that must not be read as this.
fn refused<T: DeserializeOwned + std::fmt::Debug>(json: &str) {
    let read = serde_json::from_str::<T>(json);
    assert!(read.is_err(), "{json} was read as {read:?}");
}

fn entry(said: Said) -> Entry {
    Entry { at_ms: 1, said }
}

fn shown() -> Shown {
    Shown {
        article: "reset".into(),
        section: "forgot-it".into(),
        title: "Reset".into(),
        url: "reset/".into(),
        version: "0a1b2c3d".into(),
        confidence: 0.5,
        passage: "Open settings.".into(),
    }
}

const SHOWN: &str = r#"{"article":"reset","section":"forgot-it","title":"Reset","url":"reset/","version":"0a1b2c3d","confidence":0.5,"passage":"Open settings."}"#;

fn transcript() -> Transcript {
    Transcript {
        version: 1,
        lang: "en".into(),
        page: Page { url: "https://a.example/".into(), title: "Shop".into() },
        cause: Cause::VisitorChose,
        entries: vec![],
        struck: 0,
    }
}

const TRANSCRIPT: &str = r#"{"version":1,"lang":"en","page":{"url":"https://a.example/","title":"Shop"},"cause":"visitor_chose","entries":[],"struck":0}"#;

#[test]
fn transcripts() {
    check(transcript(), TRANSCRIPT);
    check(entry(Said::Question { text: "How?".into() }), r#"{"at_ms":1,"said":{"question":{"text":"How?"}}}"#);
    check(
        entry(Said::Reply {
            decision: Decision::HandOff,
            reason: Reason::LowConfidence,
            confidence: 0.25,
            shown: vec![shown()],
            vote: Some(Vote::NotHelped),
        }),
        &format!(
            r#"{{"at_ms":1,"said":{{"reply":{{"decision":"hand_off","reason":"low_confidence","confidence":0.25,"shown":[{SHOWN}],"vote":"not_helped"}}}}}}"#
        ),
    );
    check(
        entry(Said::Chosen { shown: shown(), vote: None }),
        &format!(r#"{{"at_ms":1,"said":{{"chosen":{{"shown":{SHOWN},"vote":null}}}}}}"#),
    );
    check(
        entry(Said::Read { article: "reset".into(), section: String::new() }),
        r#"{"at_ms":1,"said":{"read":{"article":"reset","section":""}}}"#,
    );
    check(entry(Said::Unavailable {}), r#"{"at_ms":1,"said":{"unavailable":{}}}"#);
    refused::<Entry>(r#"{"at_ms":1,"said":{"unavailable":{"x":1}}}"#);
    refused::<Entry>(r#"{"at_ms":-1,"said":{"unavailable":{}}}"#);
    refused::<Transcript>(&TRANSCRIPT.replace("struck", "stuck"));
}

#[test]
fn words() {
    check(
        [
            Cause::VisitorChose,
            Cause::AskedForPerson,
            Cause::Urgent,
            Cause::LowConfidence,
            Cause::NoMatch,
            Cause::NotHelped,
            Cause::SearchUnavailable,
        ],
        r#"["visitor_chose","asked_for_person","urgent","low_confidence","no_match","not_helped","search_unavailable"]"#,
    );
    check([Decision::Answer, Decision::Choose, Decision::HandOff], r#"["answer","choose","hand_off"]"#);
    check(
        [
            Reason::Confident,
            Reason::Tie,
            Reason::LowConfidence,
            Reason::NoMatch,
            Reason::AskedForPerson,
            Reason::Urgent,
        ],
        r#"["confident","tie","low_confidence","no_match","asked_for_person","urgent"]"#,
    );
    check([Vote::Helped, Vote::NotHelped], r#"["helped","not_helped"]"#);
    check([Role::Admin, Role::Lead, Role::Agent], r#"["admin","lead","agent"]"#);
    check([State::Waiting, State::Assigned, State::Closed], r#"["waiting","assigned","closed"]"#);
    check(
        [Farewell::NotAllowed, Farewell::Misused, Farewell::TooSlow, Farewell::Restarting, Farewell::Silent],
        r#"["not_allowed","misused","too_slow","restarting","silent"]"#,
    );
    check([Wait::Unknown, Wait::Minutes { from: 2, to: 6 }], r#"["unknown",{"minutes":{"from":2,"to":6}}]"#);
}

fn agent() -> Agent {
    Agent { id: "a1".into(), email: "mina@a.example".into(), name: "Mina".into(), role: Role::Agent }
}

const AGENT: &str = r#"{"id":"a1","email":"mina@a.example","name":"Mina","role":"agent"}"#;

fn message() -> Event {
    let what = What::Message { client_message_id: "m1".into(), text: "Hello".into() };
    Event { seq: 2, at_ms: 5, by: Participant::Visitor, what }
}

const MESSAGE: &str =
    r#"{"seq":2,"at_ms":5,"by":{"role":"visitor"},"what":{"type":"message","client_message_id":"m1","text":"Hello"}}"#;

fn problem() -> Problem {
    Problem { kind: "/problems/too-long".into(), title: "Too long".into(), status: 413, detail: "Shorten it.".into() }
}

const PROBLEM: &str = r#"{"type":"/problems/too-long","title":"Too long","status":413,"detail":"Shorten it."}"#;

#[test]
fn bodies_of_visitors() {
    let new = NewHandoff { message: "Hi".into(), name: Some("Jo".into()), email: None, transcript: transcript() };
    check(new.clone(), &format!(r#"{{"message":"Hi","name":"Jo","email":null,"transcript":{TRANSCRIPT}}}"#));
    let short = format!(r#"{{"message":"Hi","transcript":{TRANSCRIPT}}}"#);
    let read: NewHandoff = serde_json::from_str(&short).expect("name and e-mail may be left out");
    assert_eq!(read, NewHandoff { name: None, ..new });
    refused::<NewHandoff>(&short.replace("message", "massage"));
    check(
        Receipt {
            conversation: "c1".into(),
            receipt: "K7QM-2XAT".into(),
            token: "t".into(),
            position: Some(2),
            wait: Wait::Unknown,
        },
        r#"{"conversation":"c1","receipt":"K7QM-2XAT","token":"t","position":2,"wait":"unknown"}"#,
    );
    check(
        NewMessage { client_message_id: "m1".into(), text: "Hi".into() },
        r#"{"client_message_id":"m1","text":"Hi"}"#,
    );
    refused::<NewMessage>(r#"{"client_message_id":"m1","text":"Hi","seq":1}"#);
    check(
        Stored { client_message_id: "m1".into(), seq: 3, at_ms: 7 },
        r#"{"client_message_id":"m1","seq":3,"at_ms":7}"#,
    );
    check(
        EventPage { events: vec![message()], last: 2, position: None, wait: Wait::Minutes { from: 1, to: 2 } },
        &format!(r#"{{"events":[{MESSAGE}],"last":2,"position":null,"wait":{{"minutes":{{"from":1,"to":2}}}}}}"#),
    );
    check(problem(), PROBLEM);
}

#[test]
fn bodies_of_agents() {
    check(SignIn { email: "e".into(), password: "p".into() }, r#"{"email":"e","password":"p"}"#);
    check(agent(), AGENT);
    check(Ticket { ticket: "t".into(), expires_in_s: 30 }, r#"{"ticket":"t","expires_in_s":30}"#);
    let summary = Summary {
        conversation: "c1".into(),
        receipt: "K7QM-2XAT".into(),
        state: State::Assigned,
        assigned: Some(agent()),
        name: None,
        latest: "Hello".into(),
        cause: Cause::NoMatch,
        lang: "ko".into(),
        created_ms: 1,
        waiting_since_ms: Some(2),
        last: 3,
    };
    let json = format!(
        r#"{{"conversation":"c1","receipt":"K7QM-2XAT","state":"assigned","assigned":{AGENT},"name":null,"latest":"Hello","cause":"no_match","lang":"ko","created_ms":1,"waiting_since_ms":2,"last":3}}"#
    );
    check(
        Queue { now_ms: 9, conversations: vec![summary.clone()] },
        &format!(r#"{{"now_ms":9,"conversations":[{json}]}}"#),
    );
    check(
        Conversation { summary, email: Some("e".into()), transcript: transcript() },
        &format!(r#"{{"summary":{json},"email":"e","transcript":{TRANSCRIPT}}}"#),
    );
}

#[test]
fn events() {
    let event = |by, what| Event { seq: 1, at_ms: 5, by, what };
    let mina = || Participant::Agent { id: "a1".into(), name: "Mina".into() };
    check(message(), MESSAGE);
    check(
        event(Participant::Visitor, What::HandedOff),
        r#"{"seq":1,"at_ms":5,"by":{"role":"visitor"},"what":{"type":"handed_off"}}"#,
    );
    check(
        event(mina(), What::Assigned),
        r#"{"seq":1,"at_ms":5,"by":{"role":"agent","id":"a1","name":"Mina"},"what":{"type":"assigned"}}"#,
    );
    check(What::Closed, r#"{"type":"closed"}"#);
    check(What::Reopened, r#"{"type":"reopened"}"#);
}

#[test]
fn frames_of_clients() {
    let hello = ClientFrame::Hello { version: 1, token: "t".into(), after: 4, conversation: None };
    check(hello.clone(), r#"{"type":"hello","version":1,"token":"t","after":4,"conversation":null}"#);
    let short: ClientFrame = serde_json::from_str(r#"{"type":"hello","version":1,"token":"t","after":4}"#)
        .expect("the conversation may be left out");
    assert_eq!(short, hello);
    check(
        ClientFrame::Message { client_message_id: "m1".into(), text: "Hi".into() },
        r#"{"type":"message","client_message_id":"m1","text":"Hi"}"#,
    );
    check(ClientFrame::Ping, r#"{"type":"ping"}"#);
    check(ClientFrame::Pong, r#"{"type":"pong"}"#);
    refused::<ClientFrame>(r#"{"type":"message","client_message_id":"m1","text":"Hi","by":"agent"}"#);
    refused::<ClientFrame>(r#"{"type":"bye"}"#);
    refused::<ClientFrame>(r#"{"version":1}"#);
}

#[test]
fn frames_of_the_desk() {
    check(
        ServerFrame::Welcome { version: 1, last: 4, heartbeat_s: 25 },
        r#"{"type":"welcome","version":1,"last":4,"heartbeat_s":25}"#,
    );
    check(ServerFrame::Event { event: message() }, &format!(r#"{{"type":"event","event":{MESSAGE}}}"#));
    check(
        ServerFrame::Ack { client_message_id: "m1".into(), seq: 2, at_ms: 5 },
        r#"{"type":"ack","client_message_id":"m1","seq":2,"at_ms":5}"#,
    );
    check(
        ServerFrame::Refused { client_message_id: "m1".into(), problem: problem() },
        &format!(r#"{{"type":"refused","client_message_id":"m1","problem":{PROBLEM}}}"#),
    );
    check(
        ServerFrame::Queue { position: Some(1), wait: Wait::Unknown },
        r#"{"type":"queue","position":1,"wait":"unknown"}"#,
    );
    check(
        ServerFrame::Changed { conversation: "c1".into(), last: 3 },
        r#"{"type":"changed","conversation":"c1","last":3}"#,
    );
    check(ServerFrame::Ping, r#"{"type":"ping"}"#);
    check(ServerFrame::Pong, r#"{"type":"pong"}"#);
    check(ServerFrame::Bye { reason: Farewell::Restarting }, r#"{"type":"bye","reason":"restarting"}"#);
}
