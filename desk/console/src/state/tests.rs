//! What happens, told as a list of actions, and what the state says is to be done.

use desk_client::{Draft, Ended, Output, Status};
use desk_connection::Failure;
use handoff::{
    Cause, Transcript,
    api::{self, Agent, Conversation, Problem, Role, SignIn, Summary},
    chat::{Event, Participant, What},
    transcript::Page,
};

use super::{Action, Effect, Route, Session, Shortcut, State, Step, Way};
use crate::text::Lang;

pub(crate) const MINE: &str = "me";
pub(crate) const OTHERS: &str = "other";

fn agent(id: &str) -> Agent {
    Agent { id: id.into(), email: format!("{id}@example.org"), name: id.to_uppercase(), role: Role::Agent }
}

pub(crate) fn summary(id: &str, assigned: Option<&str>, waiting_since_ms: Option<u64>) -> Summary {
    Summary {
        conversation: id.into(),
        receipt: "K7QM-2XAT".into(),
        state: if assigned.is_some() { api::State::Assigned } else { api::State::Waiting },
        assigned: assigned.map(agent),
        name: None,
        latest: "hello".into(),
        cause: Cause::NoMatch,
        lang: "en".into(),
        created_ms: 0,
        waiting_since_ms,
        last: 2,
    }
}

pub(crate) fn conversation(id: &str, assigned: Option<&str>) -> Conversation {
    let transcript = Transcript {
        version: 1,
        lang: "en".into(),
        page: Page::default(),
        cause: Cause::NoMatch,
        entries: Vec::new(),
        struck: 0,
    };
    Conversation { summary: summary(id, assigned, Some(0)), email: None, transcript }
}

pub(crate) fn event(seq: u64, mine: bool, what: What) -> Event {
    let by = if mine { Participant::Agent { id: MINE.into(), name: "ME".into() } } else { Participant::Visitor };
    Event { seq, at_ms: seq * 1_000, by, what }
}

pub(crate) fn visitor_said(seq: u64, text: &str) -> Event {
    event(seq, false, What::Message { client_message_id: format!("v{seq}"), text: text.into() })
}

pub(crate) fn agent_said(seq: u64, id: &str, text: &str) -> Event {
    event(seq, true, What::Message { client_message_id: id.into(), text: text.into() })
}

fn refused(status: u16) -> Failure {
    let [kind, title, detail] = ["k", "t", "detail"].map(str::to_owned);
    Failure::Refused(Problem { kind, title, status, detail })
}

fn draft(id: &str) -> Draft {
    Draft { client_message_id: id.into(), text: id.to_uppercase() }
}

fn queue(list: Vec<Summary>) -> Action {
    Action::QueueIs(Ok(api::Queue { now_ms: 0, conversations: list }))
}

fn open() -> Action {
    Action::Went(Route::Conversation("c".into()))
}

fn here(assigned: Option<&str>) -> Action {
    Action::ConversationIs("c".into(), Ok(Box::new(conversation("c", assigned))))
}

fn heard(output: Output) -> Action {
    Action::Heard("c".into(), output)
}

fn status(status: Status) -> Action {
    heard(Output::Status(status))
}

fn send(id: &str) -> Action {
    Action::Send("c".into(), draft(id))
}

fn done(step: Step, answer: Result<(), Failure>) -> Action {
    Action::Done("c".into(), step, answer)
}

fn state() -> State {
    State::new(Route::Queue, Lang::En, true)
}

/// Signed in, with an empty queue.
pub(crate) fn inside() -> State {
    let mut state = state();
    play(&mut state, [Action::SessionIs(Ok(agent(MINE))), queue(Vec::new())]);
    state
}

/// Applies actions and gives the effects of the last one, shortly.
fn play(state: &mut State, actions: impl IntoIterator<Item = Action>) -> String {
    let mut effects = Vec::new();
    for action in actions {
        effects = state.apply(action);
    }
    let short = |effect: &Effect| match effect {
        Effect::Later(ms, action) => format!("later {ms} {}", name(&format!("{action:?}"))),
        Effect::SignIn(_) => "sign in".to_owned(),
        Effect::Write(id, draft) => format!("write {id} {}", draft.client_message_id),
        Effect::Hold(id, draft) => format!("hold {id} {}", draft.client_message_id),
        effect => {
            let words = format!("{effect:?}").to_lowercase().replace(['"', '(', ')', ','], " ");
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    effects.iter().map(short).collect::<Vec<_>>().join(", ")
}

fn name(debug: &str) -> String {
    debug.split(['(', ' ', '{']).next().unwrap_or_default().to_lowercase()
}

fn replies(state: &State) -> Vec<(&str, &Way)> {
    state.talks["c"].replies.iter().map(|reply| (reply.key.as_str(), &reply.way)).collect()
}

#[test]
fn from_the_door_to_a_conversation() {
    let mut state = State::new(Route::Conversation("c".into()), Lang::En, true);
    insta::assert_snapshot!(play(&mut state, [Action::Start]), @"asksession");
    insta::assert_snapshot!(play(&mut state, [Action::SessionIs(Err(refused(401)))]), @"focus signin");
    let sign_in = |password: &str| Action::SignIn(SignIn { email: "me@example.org".into(), password: password.into() });
    insta::assert_snapshot!(play(&mut state, [sign_in("")]), @"focus password");
    insta::assert_snapshot!(play(&mut state, [sign_in("x")]), @"sign in");
    insta::assert_snapshot!(play(&mut state, [sign_in("x")]), @"");
    insta::assert_snapshot!(play(&mut state, [Action::SignedIn(Err(refused(401)))]), @"focus password");
    insta::assert_snapshot!(
        play(&mut state, [sign_in("y"), Action::SignedIn(Ok(agent(MINE)))]),
        @"subscribe, fetchqueue, findunsent me, connect c, fetchconversation c, focus talk"
    );
}

#[test]
fn a_desk_that_is_down_is_asked_again() {
    let mut state = state();
    let down = || Action::SessionIs(Err(Failure::Unreachable));
    insta::assert_snapshot!(play(&mut state, [Action::Start, down()]), @"later 1000 start");
    insta::assert_snapshot!(play(&mut state, [Action::Start, down()]), @"later 2000 start");
    insta::assert_snapshot!(play(&mut state, (0..100).flat_map(|_| [Action::Start, down()])), @"later 30000 start");
}

#[test]
fn a_session_ends_anywhere_and_goes_on_where_it_was() {
    let ends = [
        ("queue", Action::QueueIs(Err(refused(401)))),
        ("conversation", Action::ConversationIs("c".into(), Err(refused(401)))),
        ("step", done(Step::Close, Err(refused(401)))),
        ("sign out", Action::SignedOut(Err(refused(401)))),
    ];
    for (what, end) in ends {
        let mut state = inside();
        play(&mut state, [open(), here(Some(MINE)), heard(Output::Deliver(visitor_said(1, "hi")))]);
        let effects = play(&mut state, [end.clone()]);
        assert!(effects.starts_with("unsubscribe, disconnect c, focus"), "{what}: {effects}");
        assert!(matches!(state.session, Session::Out(_)), "{what}");
        assert!(!play(&mut state, [end]).contains("focus"), "{what}: once");
        let effects = play(&mut state, [Action::SignedIn(Ok(agent(MINE)))]);
        assert!(effects.contains("connect c") && effects.ends_with("focus talk"), "{what}: {effects}");
    }
}

#[test]
fn another_agent_sees_nothing_of_the_first() {
    let mut state = inside();
    play(&mut state, [open(), here(Some(MINE)), Action::QueueIs(Err(refused(401)))]);
    assert_eq!(state.talks.len(), 1);
    play(&mut state, [Action::SignedIn(Ok(agent(OTHERS)))]);
    assert_eq!(state.talks["c"].known, super::Known::Loading);
    assert!(state.queue.list.is_none());
}

#[test]
fn a_reply_takes_the_conversation_first() {
    let mut state = inside();
    play(&mut state, [open(), here(None)]);
    insta::assert_snapshot!(play(&mut state, [send("m1")]), @"hold c m1, do c assign");
    insta::assert_snapshot!(play(&mut state, [send("m2")]), @"hold c m2");
    assert_eq!(replies(&state), [("m1", &Way::Held), ("m2", &Way::Held)]);
    insta::assert_snapshot!(
        play(&mut state, [done(Step::Assign, Ok(()))]),
        @"write c m1, write c m2, fetchqueue, focus talkiflost"
    );
    insta::assert_snapshot!(play(&mut state, [send("m3")]), @"hold c m3, write c m3");
    play(
        &mut state,
        [heard(Output::Keep(draft("m3"))), heard(Output::Sent { client_message_id: "m1".into(), seq: 4 })],
    );
    assert_eq!(replies(&state), [("m1", &Way::Sent), ("m2", &Way::Sending), ("m3", &Way::Sending)]);
    play(&mut state, [heard(Output::Deliver(agent_said(4, "m1", "M1")))]);
    assert_eq!(replies(&state), [("m2", &Way::Sending), ("m3", &Way::Sending)]);
}

#[test]
fn a_last_word_opens_nothing() {
    let mut state = inside();
    play(&mut state, [open(), here(None), heard(Output::Deliver(event(3, true, What::Closed)))]);
    insta::assert_snapshot!(play(&mut state, [send("m1")]), @"hold c m1, write c m1");
    play(&mut state, [heard(Output::Deliver(event(4, false, What::Reopened)))]);
    insta::assert_snapshot!(play(&mut state, [send("m2")]), @"hold c m2, do c assign");
}

#[test]
fn a_desk_that_is_restarted_has_refused_nothing() {
    let mut state = inside();
    play(&mut state, [open()]);
    insta::assert_snapshot!(
        play(&mut state, [Action::ConversationIs("c".into(), Err(refused(503)))]),
        @"later 3000 fetch"
    );
    play(&mut state, [here(None), send("m1")]);
    insta::assert_snapshot!(play(&mut state, [done(Step::Assign, Err(refused(503)))]), @"write c m1");
    play(&mut state, [heard(Output::Sent { client_message_id: "m1".into(), seq: 3 })]);
    insta::assert_snapshot!(play(&mut state, [status(Status::Live)]), @"do c assign");
}

#[test]
fn a_reply_outlives_a_desk_that_is_down() {
    let mut state = inside();
    play(&mut state, [open(), here(None), send("m1")]);
    insta::assert_snapshot!(play(&mut state, [done(Step::Assign, Err(Failure::Unreachable))]), @"write c m1");
    assert!(state.talks["c"].trouble.is_none(), "the reply itself says that it waits");
    insta::assert_snapshot!(play(&mut state, [Action::Went(Route::Queue)]), @"focus queue some c");
    assert!(state.has_unsent("c"), "its connection stays");
    insta::assert_snapshot!(play(&mut state, [status(Status::Live)]), @"do c assign");
    play(&mut state, [heard(Output::Sent { client_message_id: "m1".into(), seq: 3 })]);
    insta::assert_snapshot!(
        play(&mut state, [done(Step::Assign, Ok(()))]),
        @"disconnect c, fetchqueue, focus talkiflost"
    );
    assert!(state.talks.is_empty());
}

#[test]
fn a_refused_step_gives_the_reply_back() {
    let mut state = inside();
    play(&mut state, [open(), here(None), send("m1")]);
    insta::assert_snapshot!(play(&mut state, [done(Step::Assign, Err(refused(409)))]), @"forget c m1");
    assert_eq!(replies(&state), [("m1", &Way::NotSent("detail".into()))]);
    insta::assert_snapshot!(
        play(&mut state, [Action::Edit("c".into(), "m1".into())]),
        @"putback c m1, focus reply"
    );
    assert!(replies(&state).is_empty());
}

#[test]
fn unsent_replies_of_an_earlier_page_go_out() {
    let mut state = inside();
    insta::assert_snapshot!(play(&mut state, [Action::Unsent(vec!["c".into(), "d".into()])]), @"connect c, connect d");
    insta::assert_snapshot!(play(&mut state, [Action::Found("d".into(), vec![])]), @"");
    insta::assert_snapshot!(play(&mut state, [Action::Found("c".into(), vec![draft("m1")])]), @"fetchconversation c");
    assert!(state.has_unsent("c"));
    // The page before this one ended before it could assign the conversation.
    insta::assert_snapshot!(play(&mut state, [here(None)]), @"do c assign");
    play(&mut state, [done(Step::Assign, Ok(()))]);
    insta::assert_snapshot!(
        play(&mut state, [heard(Output::Sent { client_message_id: "m1".into(), seq: 4 })]),
        @"disconnect c"
    );
}

#[test]
fn what_the_desk_ended_is_looked_into() {
    let mut state = inside();
    play(&mut state, [open(), here(Some(MINE))]);
    let over = Status::Ended(Ended::NotAllowed);
    insta::assert_snapshot!(play(&mut state, [status(over)]), @"fetchconversation c");
    insta::assert_snapshot!(play(&mut state, [here(Some(MINE))]), @"later 5000 reconnect");
    insta::assert_snapshot!(play(&mut state, [Action::Reconnect(Some("c".into()))]), @"connect c");
    insta::assert_snapshot!(play(&mut state, [Action::Reconnect(Some("c".into()))]), @"");
    insta::assert_snapshot!(play(&mut state, [Action::QueueLine(over)]), @"fetchqueue");
    insta::assert_snapshot!(play(&mut state, [queue(Vec::new())]), @"later 5000 reconnect");
    insta::assert_snapshot!(play(&mut state, [Action::Reconnect(None)]), @"subscribe");
    insta::assert_snapshot!(
        play(&mut state, [Action::ConversationIs("c".into(), Err(refused(404)))]),
        @"disconnect c"
    );
    assert!(!state.is_outdated());
    play(&mut state, [Action::QueueLine(Status::Ended(Ended::Misused))]);
    assert!(state.is_outdated());
}

#[test]
fn the_agent_is_told_of_what_stays_away() {
    let mut state = inside();
    state.tick(0);
    play(&mut state, [Action::QueueLine(Status::Live), Action::QueueLine(Status::Connecting)]);
    assert!(!state.is_cut_off());
    state.tick(2_999);
    assert!(!state.is_cut_off());
    state.tick(3_000);
    assert!(state.is_cut_off());
    play(&mut state, [Action::QueueLine(Status::Live)]);
    assert!(!state.is_cut_off());
}

#[test]
fn arrivals_are_told_once() {
    let mut state = inside();
    play(&mut state, [queue(vec![summary("a", None, Some(1))])]);
    let arrived = |state: &State| state.arrived.map(|arrived| (arrived.new, arrived.waiting));
    assert_eq!(arrived(&state), Some((1, 1)));
    play(&mut state, [Action::Told, queue(vec![summary("a", None, Some(1)), summary("b", Some(OTHERS), Some(2))])]);
    assert_eq!(arrived(&state), None, "a colleague's visitor is not news");
    // The open conversation's log tells of itself.
    play(&mut state, [open(), queue(vec![summary("a", None, Some(1)), summary("c", Some(MINE), Some(2))])]);
    assert_eq!(arrived(&state), None);
    assert_eq!(state.waiting(), 2);
}

#[test]
fn keys_do_what_can_be_done() {
    let mut state = inside();
    let mut check = |actions: Vec<Action>, expected| assert_eq!(play(&mut state, actions), expected);
    check(vec![Action::Press(Shortcut::Reply)], "");
    check(vec![Action::Press(Shortcut::Assign)], "");
    check(vec![open(), here(None), Action::Press(Shortcut::Assign)], "do c assign");
    check(vec![Action::Press(Shortcut::Close)], "");
    check(vec![done(Step::Assign, Ok(())), Action::Press(Shortcut::Assign)], "");
    check(vec![Action::Press(Shortcut::Close)], "do c close");
    check(vec![done(Step::Close, Ok(())), Action::Press(Shortcut::Close)], "");
    check(vec![Action::Press(Shortcut::Reply)], "focus reply");
    check(vec![Action::Shortcuts(false), Action::Press(Shortcut::Reply)], "");
}

#[test]
fn nobody_is_signed_out_in_silence() {
    let mut state = inside();
    play(&mut state, [open(), here(Some(MINE)), send("m1"), Action::SignOut]);
    play(&mut state, [Action::SignedOut(Err(Failure::Unreachable))]);
    assert!(state.still_in && state.session == Session::In);
    insta::assert_snapshot!(
        play(&mut state, [Action::SignOut, Action::SignedOut(Ok(()))]),
        @"unsubscribe, disconnect c, focus signin, forgettyped"
    );
    let Session::Out(out) = &state.session else { panic!("signed out") };
    assert_eq!(out.why, super::Why::Left { unsent: 1 });
    assert!(state.talks.is_empty() && state.agent.is_none());
}
