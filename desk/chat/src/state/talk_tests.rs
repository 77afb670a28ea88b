//! The conversation.

use desk_client::{Ended, Output, Status};

use super::{
    Action, Effect, Restored, Stage, rows,
    stories::{
        accepted, check, deliver, draft, opening, play, posted, problem, receipt, status, submit, talking, typed, with,
    },
};

#[test]
fn own_messages_are_sent_only_by_the_desks_word() {
    let logs = |more: Vec<Action>| check(with(talking(), more)).split_once("| talking ").unwrap().1.to_owned();
    let keep = |id| Action::Heard(Output::Keep(draft(id)));
    let sent = |id: &str| Action::Heard(Output::Sent { client_message_id: id.into(), seq: 3 });
    let forget = |id: &str| Action::Heard(Output::Forget { client_message_id: id.into() });
    let refused = |id| Action::Heard(Output::Refused { draft: draft(id), problem: problem(413) });
    insta::assert_snapshot!(logs(vec![keep("a"), keep("b")]), @"where? ✓, text a …, text b …");
    insta::assert_snapshot!(logs(vec![keep("a"), keep("a")]), @"where? ✓, text a …");
    insta::assert_snapshot!(logs(vec![keep("a"), keep("b"), sent("a"), forget("a")]), @"where? ✓, text a ✓, text b …");
    insta::assert_snapshot!(
        logs(vec![keep("a"), sent("a"), forget("a"), deliver(1, "", "handed off"), deliver(2, "", "f"), deliver(3, "", "a")]),
        @"text f ✓, text a ✓"
    );
    insta::assert_snapshot!(logs(vec![keep("a"), deliver(2, "", "f"), deliver(3, "", "a"), keep("a")]), @"text f ✓, text a ✓");
    insta::assert_snapshot!(logs(vec![keep("a"), refused("a"), forget("a")]), @"where? ✓, text a ✗");
    insta::assert_snapshot!(logs(vec![keep("a"), refused("a"), Action::PutBack("a".into())]), @"where? ✓");
    insta::assert_snapshot!(logs(vec![keep("a"), Action::PutBack("a".into())]), @"where? ✓, text a …");
}

#[test]
fn lines_keep_their_keys_when_they_become_events() {
    let keys = |more: Vec<Action>| {
        let (state, _) = play(with(talking(), more));
        let Stage::Talking(talk) = &state.stage else { unreachable!() };
        rows(talk).into_iter().map(|row| row.key).collect::<Vec<_>>()
    };
    let before = keys(vec![Action::Heard(Output::Keep(draft("a")))]);
    assert_eq!(before, ["first", "m:a"]);
    let story = [deliver(1, "", "handed off"), deliver(2, "", "f"), deliver(3, "", "a"), deliver(4, "Kim", "k")];
    assert_eq!(keys(story.into()), ["first", "m:a", "m:k"]);
}

#[test]
fn a_text_that_is_too_long_is_given_back() {
    let (state, effects) = play(with(talking(), [Action::Say("x".repeat(70_000))]));
    let Stage::Talking(talk) = &state.stage else { unreachable!() };
    assert!(talk.too_long && talk.typing.len() == 70_000);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Write(_))));
    let (_, effects) = play(with(talking(), [Action::Say("hi".into())]));
    assert!(effects.contains(&Effect::Write("hi".into())) && effects.contains(&Effect::KeepTyping(String::new())));
}

#[test]
fn people_come_and_go() {
    let story = [
        deliver(1, "", "handed off"),
        deliver(2, "", "f"),
        deliver(3, "Kim", "assigned"),
        deliver(4, "Kim", "a"),
        deliver(5, "Kim", "b"),
        deliver(6, "Lee", "c"),
        deliver(6, "Lee", "c"),
        deliver(7, "Lee", "closed"),
    ];
    insta::assert_snapshot!(
        check(with(talking(), story)).split_once("ShowLatest ").unwrap().1,
        @"TellUnread(1) TellUnread(2) TellUnread(3) TellTalking(false) | talking text f ✓, +Kim, Kim: text a, Kim+: text b, Lee: text c, closed"
    );
}

#[test]
fn closing_is_undone_by_a_word_of_the_visitor() {
    let closed = |more: Vec<Action>| {
        let story = [deliver(2, "", "f"), deliver(3, "Kim", "a"), deliver(4, "Kim", "closed")];
        let (state, _) = play(with(with(talking(), story), more));
        let Stage::Talking(talk) = &state.stage else { unreachable!() };
        talk.is_closed()
    };
    assert!(closed(vec![]));
    assert!(closed(vec![deliver(5, "Kim", "b")]));
    assert!(!closed(vec![deliver(5, "Kim", "reopened")]));
    assert!(!closed(vec![deliver(5, "", "b")]));
    assert!(closed(vec![deliver(5, "", "b"), deliver(6, "Kim", "closed")]));
}

#[test]
fn what_is_not_looked_at_is_unread() {
    let story = || {
        let restored = Restored { conversation: Some(receipt()), seen: 3, ..Restored::default() };
        vec![accepted(restored), deliver(2, "", "f"), deliver(3, "Kim", "a"), deliver(4, "Kim", "b")]
    };
    let effects = |more: Vec<Action>| {
        let said = check(with(story(), more));
        said.split_once("ShowLatest ").unwrap().1.split_once(" |").unwrap().0.to_owned()
    };
    insta::assert_snapshot!(effects(vec![]), @"TellTalking(true) TellUnread(1)");
    insta::assert_snapshot!(
        effects(vec![Action::Visible(true)]),
        @r#"TellTalking(true) TellUnread(1) KeepSeen { conversation: "c1", seen: 4 } TellUnread(0)"#
    );
    insta::assert_snapshot!(
        effects(vec![Action::Shown(false), Action::Visible(true), deliver(5, "Kim", "c")]),
        @"TellTalking(true) TellUnread(1) TellUnread(2)"
    );
    insta::assert_snapshot!(
        effects(vec![Action::SeenElsewhere { conversation: "c1".into(), seen: 4 }]),
        @"TellTalking(true) TellUnread(1) TellUnread(0)"
    );
    insta::assert_snapshot!(
        effects(vec![Action::SeenElsewhere { conversation: "c2".into(), seen: 4 }]),
        @"TellTalking(true) TellUnread(1)"
    );
}

#[test]
fn a_lost_connection_is_said_after_a_while() {
    let away = |more: Vec<Action>| {
        let (state, effects) = play(with(talking(), more));
        let Stage::Talking(talk) = &state.stage else { unreachable!() };
        let watches = effects.iter().filter(|effect| matches!(effect, Effect::WatchIn(_))).count();
        (talk.away, watches)
    };
    let waiting = || status(Status::Waiting { until: 9 });
    assert_eq!(away(vec![status(Status::Connecting)]), (false, 1));
    assert_eq!(away(vec![status(Status::Connecting), status(Status::Live), Action::StillAway]), (false, 1));
    assert_eq!(away(vec![status(Status::Connecting), Action::StillAway]), (true, 1));
    assert_eq!(
        away(vec![status(Status::Connecting), waiting(), Action::StillAway, status(Status::Connecting)]),
        (true, 1)
    );
    assert_eq!(away(vec![status(Status::Connecting), Action::StillAway, status(Status::Live)]), (false, 1));
    assert_eq!(away(vec![status(Status::Live), waiting()]), (false, 1));
}

#[test]
fn a_token_that_is_not_accepted_is_forgotten_and_texts_are_given_back() {
    let gone = status(Status::Ended(Ended::NotAllowed));
    let keep = Action::Heard(Output::Keep(draft("a")));
    let story = with(talking(), [deliver(2, "", "f"), keep, Action::Typing("half".into()), gone.clone()]);
    insta::assert_snapshot!(
        check(story).split_once("ShowLatest ").unwrap().1,
        @r#"KeepTyping("half") Disconnect ForgetConversation { conversation: "c1" } KeepTyping("") KeepForm Focus(Field(Message)) TellTalking(false) | form "text a\n\nhalf" None Some(Gone { unsent: true })"#
    );
    let restored = Restored { conversation: Some(receipt()), ..Restored::default() };
    insta::assert_snapshot!(
        check(vec![accepted(restored), gone, opening(&["q"])]),
        @r#"Connect(c1) ShowLatest TellTalking(true) Disconnect ForgetConversation { conversation: "c1" } KeepTyping("") KeepForm Focus(Field(Message)) TellTalking(false) | form "q" None Some(Gone { unsent: false })"#
    );
}

#[test]
fn a_new_conversation_begins_only_when_asked_for_twice() {
    let closed = || with(talking(), [deliver(2, "", "f"), deliver(3, "Kim", "closed")]);
    let (state, _) = play(with(closed(), [Action::AskNew(true)]));
    assert!(matches!(&state.stage, Stage::Talking(talk) if talk.asking));
    insta::assert_snapshot!(
        check(with(closed(), [Action::AskNew(true), Action::StartNew])).split_once("ShowLatest ").unwrap().1,
        @r#"TellTalking(false) Disconnect ForgetConversation { conversation: "c1" } KeepTyping("") KeepForm Focus(Field(Message)) | form "where?" None None"#
    );
}

#[test]
fn tabs_follow_each_other() {
    let start = || vec![accepted(Restored::default()), opening(&["q"])];
    let other = || Action::Elsewhere(Some(receipt()));
    insta::assert_snapshot!(check(with(start(), [other()])), @"TellTalking(false) Connect(c1) ShowLatest TellTalking(true) | talking ");
    insta::assert_snapshot!(
        check(with(start(), [typed("mine"), other()])),
        @r#"TellTalking(false) KeepForm | form "mine" None None"#
    );
    insta::assert_snapshot!(
        check(with(talking(), [Action::Elsewhere(None)])).split_once("ShowLatest ").unwrap().1,
        @r#"Disconnect KeepTyping("") KeepForm Focus(Field(Message)) TellTalking(false) | form "where?" None None"#
    );
}

#[test]
fn where_nothing_is_kept_what_is_unsent_is_at_risk() {
    let risk = |more: Vec<Action>| play(more).0.is_at_risk();
    let form = || vec![accepted(Restored::default()), opening(&["q"]), Action::Undurable];
    assert!(!risk(form()));
    assert!(risk(with(form(), [submit()])));
    assert!(!risk(with(form(), [submit(), posted(Ok(receipt()))])));
    let unsent = || [submit(), posted(Ok(receipt())), Action::Heard(Output::Keep(draft("a")))];
    assert!(risk(with(form(), unsent())));
    let sent = Action::Heard(Output::Sent { client_message_id: "a".into(), seq: 3 });
    assert!(!risk(with(with(form(), unsent()), [sent])));
    assert!(!risk(with(vec![accepted(Restored::default()), opening(&["q"])], [submit()])), "it is kept");
}
