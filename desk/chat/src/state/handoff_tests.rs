//! From the form to the desk's word.

use desk_connection::Failure;
use handoff::{api::NewHandoff, transcript::Page};

use super::{
    Action, Effect, Field, KeptForm, KeptHandoff, Opening, Restored, Stage, State,
    stories::{
        CARD, accepted, check, opening, play, posted, problem, receipt, submit, talking, typed, unreachable, visit,
        with,
    },
};
use crate::text::Lang;

#[test]
fn a_page_by_itself_says_so_until_a_port_comes() {
    insta::assert_snapshot!(check(vec![Action::Outside]), @"| outside");
    insta::assert_snapshot!(check(vec![opening(&["q"])]), @"| waiting");
    insta::assert_snapshot!(
        check(vec![Action::Outside, accepted(Restored::default()), opening(&["q"]), Action::Outside]),
        @r#"TellTalking(false) | form "q" None None"#
    );
}

#[test]
fn the_form_follows_the_visit_until_it_is_touched() {
    let start = || vec![accepted(Restored::default()), opening(&["one"])];
    insta::assert_snapshot!(
        check(with(start(), [opening(&["one", "two"])])),
        @r#"TellTalking(false) | form "two" None None"#
    );
    insta::assert_snapshot!(
        check(with(start(), [typed("mine"), opening(&["one", "two"])])),
        @r#"TellTalking(false) KeepForm | form "mine" None None"#
    );
    let (state, _) = play(with(start(), [typed("mine"), opening(&["one", "two"])]));
    let Stage::Form(form) = &state.stage else { unreachable!() };
    assert_eq!(form.handoff().transcript.entries.len(), 2, "the preview follows all the same");
}

#[test]
fn what_is_typed_comes_back() {
    let kept = KeptForm { message: Some("half a".into()), name: "Ada".into(), ..KeptForm::default() };
    let (state, _) = play(vec![accepted(Restored { form: kept.clone(), ..Restored::default() }), opening(&["q"])]);
    let Stage::Form(form) = &state.stage else { unreachable!() };
    assert_eq!((form.message.as_str(), form.name.as_str()), ("half a", "Ada"));
    assert_eq!(form.kept(), kept);
}

#[test]
fn nothing_is_sent_that_cannot_be() {
    let story = |text: &str, email: &str| {
        let email = Action::Typed(Field::Email, email.into());
        check(vec![accepted(Restored::default()), opening(&[]), typed(text), email, submit()])
    };
    insta::assert_snapshot!(story("", ""), @r#"TellTalking(false) KeepForm Focus(Field(Message)) | form "" Some(MessageMissing) None"#);
    insta::assert_snapshot!(story("hi", "no"), @r#"TellTalking(false) KeepForm KeepForm Focus(Field(Email)) | form "hi" Some(EmailWrong) None"#);
    let long = check(vec![accepted(Restored::default()), opening(&[]), typed(&"x".repeat(70_000)), submit()]);
    assert!(long.ends_with("Some(MessageLong) None"));
}

#[test]
fn kept_before_sent_and_forgotten_after_the_desks_word() {
    insta::assert_snapshot!(
        check(talking()),
        @r#"TellTalking(false) KeepHandoff(key) Post(key) Focus(Status) TellTalking(true) KeepConversation(c1) ForgetHandoff { key: "key" } KeepForm(None) Connect(c1) ShowLatest | talking where? ✓"#
    );
}

#[test]
fn a_hand_off_is_tried_until_the_desk_answers() {
    let start = || vec![accepted(Restored::default()), opening(&["q"]), submit()];
    insta::assert_snapshot!(
        check(with(start(), [unreachable(), Action::Retry, unreachable(), Action::Hurry, Action::Hurry])),
        @r#"TellTalking(false) KeepHandoff(key) Post(key) Focus(Status) TellTalking(true) RetryIn(7) Post(key) RetryIn(7) Post(key) | sending "q" failed 2 edit false"#
    );
    // An answer to another hand-off is not this one's.
    let other = Action::Posted { key: "other".into(), result: Ok(receipt()), random: 0 };
    insta::assert_snapshot!(
        check(with(start(), [other])),
        @r#"TellTalking(false) KeepHandoff(key) Post(key) Focus(Status) TellTalking(true) | sending "q" failed 0 edit false"#
    );
}

#[test]
fn delays_are_bounded() {
    let mut state = State::new(Lang::En);
    for action in [accepted(Restored::default()), opening(&["q"]), submit()] {
        state.apply(action);
    }
    let mut bounds = Vec::new();
    for _ in 0..40 {
        let failed = Action::Posted { key: "key".into(), result: Err(Failure::Unreachable), random: u64::MAX };
        bounds.extend(state.apply(failed).into_iter().filter_map(|effect| match effect {
            Effect::RetryIn(ms) => Some(ms),
            _ => None,
        }));
        state.apply(Action::Retry);
    }
    assert_eq!(bounds.len(), 40);
    assert!(bounds.iter().all(|ms| *ms < 30_000));
}

#[test]
fn only_what_is_surely_not_sent_can_be_changed() {
    let start = || vec![accepted(Restored::default()), opening(&["q"]), submit()];
    let busy = || posted(Err(Failure::Refused(problem(429))));
    let ends = |more: Vec<Action>| check(with(start(), more)).split_once("| ").unwrap().1.to_owned();
    insta::assert_snapshot!(ends(vec![busy()]), @r#"sending "q" failed 1 edit true"#);
    insta::assert_snapshot!(ends(vec![busy(), Action::Edit]), @r#"form "q" None None"#);
    insta::assert_snapshot!(ends(vec![busy(), Action::Retry]), @r#"sending "q" failed 1 edit false"#);
    insta::assert_snapshot!(ends(vec![busy(), Action::Retry, Action::Edit]), @r#"sending "q" failed 1 edit false"#);
    insta::assert_snapshot!(ends(vec![unreachable(), Action::Edit]), @r#"sending "q" failed 1 edit false"#);
    insta::assert_snapshot!(ends(vec![unreachable(), Action::Retry, busy(), Action::Edit]), @r#"sending "q" failed 2 edit false"#);
    let broken = posted(Err(Failure::Refused(problem(503))));
    insta::assert_snapshot!(ends(vec![broken]), @r#"sending "q" failed 1 edit false"#);
}

#[test]
fn what_the_desk_refuses_comes_back_into_the_form() {
    let refused = posted(Err(Failure::Refused(problem(400))));
    insta::assert_snapshot!(
        check(vec![accepted(Restored::default()), opening(&["q"]), typed("mine"), submit(), refused]),
        @r#"TellTalking(false) KeepForm KeepHandoff(key) Post(key) Focus(Status) TellTalking(true) ForgetHandoff { key: "key" } KeepForm Focus(Field(Message)) TellTalking(false) | form "mine" None Some(Refused(Problem { kind: "k", title: "T", status: 400, detail: "Do this." }))"#
    );
}

#[test]
fn a_hand_off_survives_a_reload() {
    let (_, effects) = play(vec![accepted(Restored::default()), opening(&["q"]), typed("mine"), submit()]);
    let kept = effects.into_iter().find_map(|effect| match effect {
        Effect::KeepHandoff { key, body } => Some(KeptHandoff { key, body }),
        _ => None,
    });
    let restored = || Restored { handoff: kept.clone(), conversation: Some(receipt()), ..Restored::default() };
    insta::assert_snapshot!(
        check(vec![accepted(restored())]),
        @r#"Post(key) TellTalking(true) | sending "mine" failed 0 edit false"#
    );
    // Nobody knows how far it came before the reload.
    insta::assert_snapshot!(
        check(vec![accepted(restored()), posted(Err(Failure::Refused(problem(429)))), Action::Edit]),
        @r#"Post(key) TellTalking(true) RetryIn(7) | sending "mine" failed 1 edit false"#
    );
    insta::assert_snapshot!(
        check(vec![accepted(restored()), posted(Err(Failure::Refused(problem(422))))]),
        @r#"Post(key) TellTalking(true) ForgetHandoff { key: "key" } KeepForm Focus(Field(Message)) TellTalking(false) | form "mine" None Some(Refused(Problem { kind: "k", title: "T", status: 422, detail: "Do this." }))"#
    );
    let broken = Some(KeptHandoff { key: "key".into(), body: "{}".into() });
    insta::assert_snapshot!(
        check(vec![accepted(Restored { handoff: broken, ..Restored::default() })]),
        @r#"ForgetHandoff { key: "key" } TellTalking(false) | waiting"#
    );
}

#[test]
fn what_is_shown_is_what_is_sent() {
    let (state, effects) = play(vec![
        accepted(Restored::default()),
        opening(&["one", CARD, "three"]),
        typed(&format!("pay with {CARD}")),
        Action::Typed(Field::Name, "Ada".into()),
        Action::Strike(0),
        Action::Strike(2),
        Action::Strike(2),
        Action::StrikePage,
        submit(),
    ]);
    assert!(matches!(state.stage, Stage::Sending(_)));
    let body = effects.into_iter().find_map(|effect| match effect {
        Effect::Post { body, .. } => Some(body),
        _ => None,
    });
    insta::assert_snapshot!(body.unwrap(), @r#"{"message":"pay with [card •••• 4242]","name":"Ada","email":null,"transcript":{"version":1,"lang":"en","page":{"url":"","title":""},"cause":"visitor_chose","entries":[{"at_ms":2000,"said":{"question":{"text":"[card •••• 4242]"}}},{"at_ms":3000,"said":{"question":{"text":"three"}}}],"struck":1}}"#);
}

#[test]
fn strikes_stay_with_their_entries() {
    let (mut state, _) =
        play(vec![accepted(Restored::default()), opening(&["one", "two", "three"]), Action::Strike(1)]);
    let sent = |state: &State| {
        let Stage::Form(form) = &state.stage else { unreachable!() };
        let handoff: NewHandoff = serde_json::from_str(&form.body().unwrap()).unwrap();
        let entries = handoff.transcript.entries.iter().map(|entry| entry.at_ms).collect::<Vec<_>>();
        (entries, handoff.transcript.struck)
    };
    assert_eq!(sent(&state), (vec![1_000, 3_000], 1));
    // The oldest has gone from the record, another has come.
    let mut visit = visit(&["one", "two", "three", "four"]);
    visit.items.remove(0);
    state.apply(Action::Opened(Box::new(Opening { visit: Some(visit), page: Page::default(), lang: "en".into() })));
    assert_eq!(sent(&state), (vec![3_000, 4_000], 1));
}
