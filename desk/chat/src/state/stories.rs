//! Stories for tests: what happens in a chat, in short.

use std::fmt::Write as _;

use desk_client::{Draft, Output, Status};
use desk_connection::Failure;
use handoff::{
    api::{Problem, Receipt, Wait},
    chat::{Event, Participant, What},
    transcript::Page,
    visit::{Item, Said, VERSION, Visit},
};

use super::{Action, Effect, Field, Opening, Progress, Restored, Row, RowKind, Stage, State, rows};
use crate::text::Lang;

pub(super) const CARD: &str = "4242 4242 4242 4242";

pub(super) fn visit(questions: &[&str]) -> Visit {
    let items = questions.iter().zip(1..).map(|(text, id)| Item {
        id,
        at: f64::from(id) * 1_000.0,
        said: Said::Question((*text).to_owned()),
    });
    Visit { version: VERSION, items: items.collect(), trail: Vec::new(), spoken: None }
}

pub(super) fn opening(questions: &[&str]) -> Action {
    let page = Page { url: "https://shop.example/cart".into(), title: "Cart".into() };
    Action::Opened(Box::new(Opening { visit: Some(visit(questions)), page, lang: "en".into() }))
}

pub(super) fn receipt() -> Receipt {
    Receipt {
        conversation: "c1".into(),
        receipt: "K7QM-2XAT".into(),
        token: "secret".into(),
        position: Some(2),
        wait: Wait::Minutes { from: 3, to: 7 },
    }
}

pub(super) fn accepted(restored: Restored) -> Action {
    Action::Accepted(Box::new(Restored { durable: true, ..restored }))
}

pub(super) fn problem(status: u16) -> Problem {
    let [kind, title, detail] = ["k", "T", "Do this."].map(str::to_owned);
    Problem { kind, title, status, detail }
}

pub(super) fn posted(result: Result<Receipt, Failure>) -> Action {
    Action::Posted { key: "key".into(), result, random: 7 }
}

pub(super) fn unreachable() -> Action {
    posted(Err(Failure::Unreachable))
}

pub(super) fn submit() -> Action {
    Action::Submit { key: "key".into() }
}

pub(super) fn typed(text: &str) -> Action {
    Action::Typed(Field::Message, text.into())
}

pub(super) fn draft(id: &str) -> Draft {
    Draft { client_message_id: id.into(), text: format!("text {id}") }
}

pub(super) fn deliver(seq: u64, by: &str, what: &str) -> Action {
    let by = match by {
        "" => Participant::Visitor,
        name => Participant::Agent { id: name.into(), name: name.into() },
    };
    let what = match what {
        "handed off" => What::HandedOff,
        "assigned" => What::Assigned,
        "closed" => What::Closed,
        "reopened" => What::Reopened,
        id => What::Message { client_message_id: id.into(), text: format!("text {id}") },
    };
    Action::Heard(Output::Deliver(Event { seq, at_ms: seq, by, what }))
}

pub(super) fn status(status: Status) -> Action {
    Action::Heard(Output::Status(status))
}

/// Plays a story and gives the state and all effects.
pub(super) fn play(actions: Vec<Action>) -> (State, Vec<Effect>) {
    let mut state = State::new(Lang::En);
    let effects = actions.into_iter().flat_map(|action| state.apply(action)).collect();
    (state, effects)
}

/// A story with what was to be done, in short, and where it ended.
pub(super) fn check(actions: Vec<Action>) -> String {
    let (state, effects) = play(actions);
    let mut text = String::new();
    for effect in effects {
        let _ = match effect {
            Effect::KeepForm(Some(_)) => write!(text, "KeepForm "),
            Effect::KeepHandoff { key, .. } => write!(text, "KeepHandoff({key}) "),
            Effect::Post { key, .. } => write!(text, "Post({key}) "),
            Effect::KeepConversation(receipt) => write!(text, "KeepConversation({}) ", receipt.conversation),
            Effect::Connect(receipt) => write!(text, "Connect({}) ", receipt.conversation),
            other => write!(text, "{other:?} "),
        };
    }
    let _ = match &state.stage {
        Stage::Form(form) => write!(text, "| form {:?} {:?} {:?}", form.message, form.complaint, form.notice),
        Stage::Sending(sending) => {
            write!(text, "| sending {:?} failed {} edit {}", sending.message, sending.failed, sending.may_edit())
        }
        Stage::Talking(talk) => write!(text, "| talking {}{}", log(&rows(talk)), if talk.away { " away" } else { "" }),
        Stage::Waiting => write!(text, "| waiting"),
        Stage::Outside => write!(text, "| outside"),
    };
    text
}

pub(super) fn log(rows: &[Row]) -> String {
    let line = |row: &Row| match &row.kind {
        RowKind::Own { text, progress: Progress::Sent, .. } => format!("{text} ✓"),
        RowKind::Own { text, progress: Progress::Sending, .. } => format!("{text} …"),
        RowKind::Own { text, progress: Progress::Refused(_), .. } => format!("{text} ✗"),
        RowKind::Agent { name, text, again } => format!("{name}{}: {text}", if *again { "+" } else { "" }),
        RowKind::Joined(name) => format!("+{name}"),
        RowKind::Closed(_) => "closed".to_owned(),
        RowKind::Reopened => "reopened".to_owned(),
    };
    rows.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// Through the form into a conversation.
pub(super) fn talking() -> Vec<Action> {
    vec![accepted(Restored::default()), opening(&["where?"]), submit(), posted(Ok(receipt()))]
}

pub(super) fn with(mut story: Vec<Action>, more: impl IntoIterator<Item = Action>) -> Vec<Action> {
    story.extend(more);
    story
}
