use std::{fmt::Write as _, rc::Rc};

use answer_messages::{Decision, Hit, Library, Reason, Reply, Snippet};

use super::{Action, Fetched, Search, State};
use crate::state::{Place, Said, View, Vote, suggested};

fn hit(article: &str) -> Hit {
    Hit {
        article: article.into(),
        section: String::new(),
        title: article.to_uppercase(),
        url: format!("{article}/"),
        version: "0a1b2c3d".into(),
        confidence: 0.5,
        snippet: Snippet::default(),
    }
}

fn reply(decision: Decision, reason: Reason, hits: &[&str]) -> Reply {
    Reply {
        question: "q".into(),
        lang: "en".into(),
        decision,
        reason,
        confidence: 0.5,
        hits: hits.iter().copied().map(hit).collect(),
    }
}

fn answer() -> Reply {
    reply(Decision::Answer, Reason::Confident, &["a", "b", "c", "d"])
}

fn ask(text: &str) -> Action {
    Action::Ask(text.into())
}

fn pick(reply: u32, article: &str) -> Action {
    Action::Pick(reply, article.into())
}

fn play(actions: Vec<Action>) -> State {
    let mut state = State::default();
    for (action, at) in actions.into_iter().zip(1_u32..) {
        state.apply(action, at.into());
    }
    state
}

fn check(actions: Vec<Action>) -> String {
    let state = play(actions);
    let mut text = String::new();
    for item in &state.items {
        let _ = match &item.said {
            Said::Question(question) => write!(text, "{} {question}? ", item.id),
            Said::Reply { question, reply, vote } => {
                let others: Vec<_> =
                    suggested(reply, &state.shown_for(item.id)).iter().map(|hit| hit.article.as_str()).collect();
                write!(text, "{}:{question} {:?}{vote:?} {} ", item.id, reply.decision, others.join(","))
            }
            Said::Picked { reply, hit, vote } => write!(text, "{}:{reply} {}{vote:?} ", item.id, hit.article),
            Said::Unavailable { question } => write!(text, "{}:{question} unavailable ", item.id),
            Said::Read { place } => write!(text, "{} read {} ", item.id, place.article),
        };
    }
    let _ = write!(text, "| waits {:?} | over {:?}", state.waiting(), state.trail);
    text
}

#[test]
fn questions_wait_and_are_answered_once() {
    insta::assert_snapshot!(check(vec![ask("x"), ask("y")]), @r#"1 x? 2 y? | waits [(1, "x"), (2, "y")] | over []"#);
    insta::assert_snapshot!(
        check(vec![ask("x"), ask("y"), Action::Answered(1, answer()), Action::Answered(1, answer())]),
        @r#"1 x? 2 y? 3:1 AnswerNone b,c | waits [(2, "y")] | over []"#
    );
}

#[test]
fn failure_is_told_and_can_be_tried_again() {
    insta::assert_snapshot!(check(vec![ask("x"), Action::OpeningFailed]), @"1 x? 2:1 unavailable | waits [] | over []");
    insta::assert_snapshot!(
        check(vec![ask("x"), Action::NotAnswered(1), Action::Again(1), Action::Answered(1, answer())]),
        @"1 x? 3:1 AnswerNone b,c | waits [] | over []"
    );
}

#[test]
fn picks_become_answers_once() {
    let choice = || reply(Decision::Choose, Reason::Tie, &["a", "b", "c", "d"]);
    insta::assert_snapshot!(
        check(vec![ask("x"), Action::Answered(1, choice()), pick(2, "b"), pick(2, "b"), pick(2, "zzz"), pick(9, "a")]),
        @"1 x? 2:1 ChooseNone a,b,c 3:2 bNone | waits [] | over []"
    );
}

#[test]
fn votes_can_be_changed_and_taken_back() {
    let voted = |votes: &[Vote]| {
        let mut actions = vec![ask("x"), Action::Answered(1, answer())];
        actions.extend(votes.iter().map(|vote| Action::Vote(2, *vote)));
        check(actions)
    };
    insta::assert_snapshot!(voted(&[Vote::NotHelped]), @"1 x? 2:1 AnswerSome(NotHelped) b,c | waits [] | over []");
    insta::assert_snapshot!(voted(&[Vote::NotHelped, Vote::Helped]), @"1 x? 2:1 AnswerSome(Helped) b,c | waits [] | over []");
    insta::assert_snapshot!(voted(&[Vote::Helped, Vote::Helped]), @"1 x? 2:1 AnswerNone b,c | waits [] | over []");
}

#[test]
fn what_was_shown_is_not_offered_again() {
    insta::assert_snapshot!(
        check(vec![ask("x"), Action::Answered(1, answer()), pick(2, "b")]),
        @"1 x? 2:1 AnswerNone c,d 3:2 bNone | waits [] | over []"
    );
}

/// The second of two questions: the entries behind it, and what is offered for picking.
fn check_again(second: &str, between: Vec<Action>, replies: [Reply; 2]) -> String {
    let [first, again] = replies;
    let question = |text: &str, reply: Reply| Reply { question: text.into(), ..reply };
    let mut actions = vec![ask("x"), Action::Answered(1, question("x", first))];
    actions.extend(between);
    actions.push(ask(second));
    let asked = actions.len() as u32;
    let mut state = play(actions);
    let id = state.waiting()[0].0;
    state.apply(Action::Answered(id, question(second, again)), f64::from(asked));
    let last = state.items.last().unwrap();
    let Said::Reply { reply, .. } = &last.said else { panic!() };
    let offered: Vec<_> = suggested(reply, &state.shown_for(last.id)).iter().map(|hit| hit.article.as_str()).collect();
    format!("{:?} {:?} {} {}", reply.decision, reply.reason, reply.confidence, offered.join(","))
}

#[test]
fn the_same_answer_is_not_shown_twice_in_a_row() {
    let check = |second, between, first: &[&str], again: &[&str], expected: &str| {
        let reply = |hits| reply(Decision::Answer, Reason::Confident, hits);
        let seen = check_again(second, between, [reply(first), reply(again)]);
        assert_eq!(seen, expected, "{second} {first:?} {again:?}");
    };
    check("y", vec![], &["a", "b"], &["a", "c", "d", "e"], "Choose Confident 0.5 c,d");
    check("y", vec![], &["a"], &["a"], "HandOff Confident 0.5 ");
    // He insists, or means something else.
    check("x", vec![], &["a", "b"], &["a", "c", "d"], "Answer Confident 0.5 c,d");
    check("y", vec![], &["b", "a"], &["a", "c"], "Answer Confident 0.5 c");
    // What he picked or read in between changes nothing.
    check("y", vec![pick(2, "b")], &["a", "b"], &["a", "c"], "Choose Confident 0.5 c");
    check("y", vec![Action::Read(Place::new("z", ""))], &["a"], &["a", "c"], "Choose Confident 0.5 c");
}

#[test]
fn nor_a_third_time() {
    let again = |question: &str| Reply {
        question: question.into(),
        ..reply(Decision::Answer, Reason::Confident, &["a", "b", "c"])
    };
    let actions = |third| {
        vec![
            ask("x"),
            Action::Answered(1, again("x")),
            ask("y"),
            Action::Answered(3, again("y")),
            ask("z"),
            Action::Answered(5, third),
        ]
    };
    insta::assert_snapshot!(
        check(actions(again("z"))),
        @"1 x? 2:1 AnswerNone b,c 3 y? 4:3 ChooseNone b,c 5 z? 6:5 ChooseNone b,c | waits [] | over []"
    );
    let choice = Reply { question: "z".into(), ..reply(Decision::Choose, Reason::Tie, &["a", "b", "c"]) };
    insta::assert_snapshot!(
        check(actions(choice)),
        @"1 x? 2:1 AnswerNone b,c 3 y? 4:3 ChooseNone b,c 5 z? 6:5 ChooseNone a,b,c | waits [] | over []"
    );
    let elsewhere = Hit { section: "s".into(), ..hit("a") };
    let other = Reply { hits: vec![elsewhere, hit("b")], ..again("z") };
    insta::assert_snapshot!(
        check(actions(other)),
        @"1 x? 2:1 AnswerNone b,c 3 y? 4:3 ChooseNone b,c 5 z? 6:5 AnswerNone b | waits [] | over []"
    );
}

#[test]
fn hand_off_offers_the_closest_only_where_something_was_found() {
    let hand_off = |reason| {
        let reply = reply(Decision::HandOff, reason, &["a", "b", "c", "d"]);
        suggested(&reply, &[]).len()
    };
    assert_eq!(hand_off(Reason::LowConfidence), 3);
    assert_eq!(hand_off(Reason::NoMatch), 0);
    assert_eq!(hand_off(Reason::AskedForPerson), 0);
    assert_eq!(hand_off(Reason::Urgent), 0);
}

#[test]
fn views_lie_over_the_conversation() {
    let read = |article: &str| Action::Read(Place::new(article, ""));
    let trail = |actions| play(actions).trail.clone();
    let article = |article: &str| View::Article(Place::new(article, ""));
    assert_eq!(
        trail(vec![Action::Browse, read("a"), read("a"), read("b")]),
        [View::Browse, article("a"), article("b")]
    );
    assert_eq!(trail(vec![Action::Browse, read("a"), Action::Back]), [View::Browse]);
    assert_eq!(trail(vec![Action::Back, read("a"), ask("x")]), []);
    assert_eq!(trail(vec![read("a"), Action::Browse]), [View::Browse]);
    assert_eq!(trail((0..30).map(|n| read(&n.to_string())).collect()).len(), 8);
}

#[test]
fn what_is_read_is_kept_but_not_drawn() {
    let read = |article: &str, section: &str| Action::Read(Place::new(article, section));
    insta::assert_snapshot!(
        check(vec![read("a", ""), read("a", ""), Action::Back, read("a", ""), read("a", "s"), ask("x"), read("a", "s")]),
        @r#"1 read a 2 read a 3 x? 4 read a | waits [(3, "x")] | over [Article(Place { article: "a", section: "s" })]"#
    );
    let state = play(vec![read("a", ""), ask("x"), read("b", "")]);
    assert_eq!(state.drawn().map(|item| (item.id, item.at)).collect::<Vec<_>>(), [(2, 2.0)]);
}

fn desk() -> Action {
    let desk = |desk: &str| Library { desk: Some(desk.into()), ..Library::default() };
    Action::Opened(Rc::new(desk("https://desk.example")))
}

#[test]
fn a_person_lies_over_all() {
    let depths = |actions| {
        let state = play(actions);
        (state.at_person(), state.depth())
    };
    assert_eq!(depths(vec![Action::Person]), (false, 0), "no desk");
    assert_eq!(depths(vec![desk(), Action::Person]), (true, 1));
    let read = || Action::Read(Place::new("a", ""));
    assert_eq!(depths(vec![desk(), read(), Action::Person]), (true, 2));
    assert_eq!(depths(vec![desk(), read(), Action::Person, Action::Back]), (false, 1));
    assert_eq!(depths(vec![desk(), Action::Person, Action::Close, Action::Open { quiet: false }]), (true, 1));
    for leave in [ask("x"), Action::Talk, Action::Browse, read()] {
        let name = format!("{leave:?}");
        assert!(!play(vec![desk(), Action::Person, leave]).at_person(), "{name}");
    }
    // Without a desk a wish that cannot be fulfilled must not cost a step back.
    assert_eq!(depths(vec![read(), Action::Person, Action::Back]), (false, 0));
}

#[test]
fn some_questions_lead_to_a_person_at_once() {
    let check = |decision, reason| {
        let reply = reply(decision, reason, &["a"]);
        play(vec![desk(), ask("x"), Action::Answered(1, reply)]).at_person()
    };
    assert!(check(Decision::HandOff, Reason::AskedForPerson));
    assert!(check(Decision::HandOff, Reason::Urgent));
    assert!(!check(Decision::HandOff, Reason::LowConfidence));
    assert!(!check(Decision::HandOff, Reason::NoMatch));
    assert!(!check(Decision::Choose, Reason::Tie));
    assert!(!check(Decision::Answer, Reason::Confident));
    let late = || Action::Answered(1, reply(Decision::HandOff, Reason::Urgent, &[]));
    assert!(!play(vec![desk(), ask("x"), Action::Clear, late()]).at_person(), "to a question that was cleared");
}

#[test]
fn the_page_names_the_desk_before_the_bundle() {
    let opened = |desk: Option<&str>, page: Option<&str>| {
        let library = Library { desk: desk.map(str::to_owned), ..Library::default() };
        let mut state = State { desk: page.map(str::to_owned), ..State::default() };
        state.apply(Action::Opened(Rc::new(library)), 1.0);
        state.apply(Action::Speak("en".into(), "ko".into()), 2.0);
        state.desk
    };
    let (a, b) = ("https://a.example", "http://127.0.0.1:8081");
    assert_eq!(opened(None, None), None);
    assert_eq!(opened(Some(b), None).as_deref(), Some(b));
    assert_eq!(opened(Some(b), Some(a)).as_deref(), Some(a));
    assert_eq!(opened(Some("javascript:alert(1)"), None), None);
}

#[test]
fn late_answers_find_no_cleared_question() {
    insta::assert_snapshot!(
        check(vec![ask("x"), Action::Clear, ask("y"), Action::Answered(1, answer())]),
        @r#"2 y? | waits [(2, "y")] | over []"#
    );
}

#[test]
fn only_what_is_kept_counts_as_a_revision() {
    let library = Rc::new(Library::default());
    let state =
        play(vec![Action::Open { quiet: true }, Action::Opening, Action::Opened(library.clone()), Action::Close]);
    assert_eq!((state.revision, &state.search), (0, &Search::Ready(library)));
    assert_eq!(play(vec![ask("x"), Action::Browse, Action::Talk]).revision, 3);
}

#[test]
fn ids_go_on_after_a_reload() {
    let before = play(vec![ask("x"), Action::Answered(1, answer())]);
    let mut after = State::restored(before.items, Vec::new(), None);
    after.apply(ask("y"), 9.0);
    assert_eq!(after.items.iter().map(|item| item.id).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(after.waiting(), [(3, "y".to_owned())]);
}

#[test]
fn missing_articles_are_asked_for_again() {
    let read = || Action::Read(Place::new("a", ""));
    let missing = || Action::Fetched("a".into(), Fetched::Missing);
    assert_eq!(play(vec![read(), missing()]).article("a"), Some(&Fetched::Missing));
    assert_eq!(play(vec![read(), missing(), Action::Back, read()]).article("a"), None);
}

#[test]
fn waiting_is_said_only_while_it_lasts() {
    assert!(play(vec![ask("x"), Action::Slow]).slow);
    assert!(!play(vec![ask("x"), Action::Slow, Action::Answered(1, answer())]).slow);
    assert!(!play(vec![Action::Slow]).slow);
}

#[test]
fn another_language_is_another_search() {
    let here = || Action::Opened(Rc::new(Library::default()));
    let state = play(vec![here(), ask("x"), Action::Browse, Action::Speak("en".into(), "ko".into())]);
    assert_eq!((&state.search, state.items.len(), state.trail.len()), (&Search::Idle, 1, 0));
    assert_eq!(state.spoken, Some(("en".into(), "ko".into())));
}

#[test]
fn length_is_toggled() {
    assert_eq!(play(vec![Action::Whole(2), Action::Whole(3), Action::Whole(2)]).whole, [3]);
}

#[test]
fn suggestions_go_with_what_was_typed() {
    let suggested = || Action::Suggested("how do".into(), vec![hit("a"), hit("b")]);
    assert_eq!(play(vec![suggested()]).suggested.len(), 2);
    assert_eq!(play(vec![suggested()]).revision, 0, "nothing to keep over pages");
    for then in [ask("how do I"), Action::Read(Place::new("a", "")), Action::Browse, Action::Person, Action::Talk] {
        let told = format!("{then:?}");
        assert_eq!(play(vec![suggested(), then]).suggested, [], "{told}");
    }
}
