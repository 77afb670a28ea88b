//! The state as a real page.

use std::{cell::RefCell, rc::Rc};

use handoff::{
    api::{Conversation, Summary},
    transcript::{Decision, Entry, Page, Reason, Said, Shown, Vote},
};
use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

use crate::{
    state::{
        Action, Route, State,
        tests::{MINE, agent_said, conversation, event, inside, visitor_said},
    },
    text::Lang,
    typed::Typed,
    views::{Shell, console},
};

wasm_bindgen_test_configure!(run_in_browser);

thread_local! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
    static DONE: Rc<RefCell<Vec<Action>>> = Rc::default();
}

/// Draws the state that lies ready, and notes what is done.
#[component]
fn Stage() -> Html {
    let act = Callback::from(|action| DONE.with(|done| done.borrow_mut().push(action)));
    let typed = use_memo((), |()| Typed::default());
    STATE.with_borrow(|state| match state {
        Some(state) => console(&Shell { state, act: &act, typed: &typed }),
        None => Html::default(),
    })
}

/// The page of a state.
async fn page(state: State) -> Element {
    STATE.set(Some(state));
    DONE.with(|done| done.borrow_mut().clear());
    let document = gloo::utils::document();
    let root = document.create_element("div").unwrap();
    root.set_class_name("stage");
    // One page at a time, as ids want it; the runner's own output stays.
    if let Some(before) = document.query_selector(".stage").unwrap() {
        before.remove();
    }
    document.body().unwrap().append_child(&root).unwrap();
    yew::Renderer::<Stage>::with_root(root.clone()).render();
    pause().await;
    root
}

async fn pause() {
    let mut wait = |resolve: Function, _: Function| {
        let after = gloo::utils::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 20);
        after.unwrap();
    };
    JsFuture::from(Promise::new(&mut wait)).await.unwrap();
}

const HOSTILE: &str = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b>";

/// A conversation in which every text is hostile.
fn hostile() -> State {
    let hostile = || HOSTILE.to_owned();
    let shown = || Shown {
        article: hostile(),
        section: hostile(),
        title: hostile(),
        url: hostile(),
        version: hostile(),
        confidence: 0.93,
        passage: hostile(),
    };
    let reply = Said::Reply {
        decision: Decision::Choose,
        reason: Reason::Tie,
        confidence: 0.4,
        shown: vec![shown(), shown()],
        vote: Some(Vote::NotHelped),
    };
    let said = [
        Said::Question { text: hostile() },
        reply,
        Said::Chosen { shown: shown(), vote: None },
        Said::Read { article: hostile(), section: String::new() },
        Said::Unavailable {},
    ];
    let Conversation { summary, mut transcript, .. } = conversation("c", Some(MINE));
    transcript.entries = said.into_iter().map(|said| Entry { at_ms: 0, said }).collect();
    transcript.page = Page { url: "javascript:alert(3)".into(), title: hostile() };
    transcript.lang = hostile();
    let summary = Summary { name: Some(hostile()), latest: hostile(), lang: hostile(), receipt: hostile(), ..summary };
    let conversation = Conversation { summary, email: Some(hostile()), transcript };
    let queue = handoff::api::Queue { now_ms: 0, conversations: vec![conversation.summary.clone()] };
    let mut state = inside();
    for action in [
        Action::QueueIs(Ok(queue)),
        Action::Went(Route::Conversation("c".into())),
        Action::ConversationIs("c".into(), Ok(Box::new(conversation))),
        deliver(event(1, false, handoff::chat::What::HandedOff)),
        deliver(visitor_said(2, HOSTILE)),
        deliver(agent_said(3, "m", HOSTILE)),
    ] {
        state.apply(action);
    }
    state
}

fn deliver(event: handoff::chat::Event) -> Action {
    Action::Heard("c".into(), desk_client::Output::Deliver(event))
}

fn all(root: &Element, css: &str) -> Vec<Element> {
    let found = root.query_selector_all(css).unwrap();
    (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
}

#[wasm_bindgen_test]
async fn what_people_wrote_is_text() {
    let root = page(hostile()).await;
    assert!(all(&root, "img, script, b, iframe, style, [onerror]").is_empty());
    let text = root.text_content().unwrap();
    // Queue: name and latest. Log: question, three articles of four texts, one opened of three, name and words, own words.
    assert!(text.matches(HOSTILE).count() > 20, "{text}");
    for link in all(&root, "a") {
        let href = link.get_attribute("href").unwrap();
        assert!(href.starts_with('#') || href.starts_with("mailto:"), "{href}");
    }
}

#[wasm_bindgen_test]
async fn names() {
    let check = async |lang, [queue, log, reply, send, brief]: [&str; 5]| {
        let mut state = hostile();
        state.lang = lang;
        let root = page(state).await;
        let one = |css: String| assert_eq!(all(&root, &css).len(), 1, "{css}");
        one(format!("nav[aria-label='{queue}']"));
        one("nav a".to_owned());
        one(format!("[role=log][aria-label='{log}'][aria-live=polite]"));
        one(format!("textarea[aria-label='{reply}']"));
        one(format!("aside[aria-label='{brief}']"));
        assert!(all(&root, "button").iter().any(|button| button.text_content().as_deref() == Some(send)), "{send}");
    };
    check(Lang::En, ["Queue", "Conversation", "Reply", "Send", "Brief"]).await;
    check(Lang::Ko, ["대기열", "대화", "답장", "보내기", "요약"]).await;
}

#[wasm_bindgen_test]
async fn the_figure_is_there_for_everybody() {
    let root = page(hostile()).await;
    let sure = &all(&root, ".log .sure")[0];
    assert_eq!(sure.get_attribute("title").as_deref(), Some("93%"));
    assert!(sure.text_content().unwrap().ends_with("(93%)"));
}

fn send(root: &Element, text: &str) {
    let area: HtmlTextAreaElement = all(root, "textarea")[0].clone().unchecked_into();
    area.set_value(text);
    area.dispatch_event(&InputEvent::new("input").unwrap()).unwrap();
    all(root, "form.reply button")[0].unchecked_ref::<web_sys::HtmlElement>().click();
}

fn sent() -> Vec<String> {
    let text = |action: &Action| match action {
        Action::Send(id, draft) => format!("{id}: {}", draft.text),
        action => format!("{action:?}"),
    };
    DONE.with(|done| done.borrow().iter().map(text).collect())
}

#[wasm_bindgen_test]
async fn a_reply_is_sent_once_or_given_back() {
    let root = page(hostile()).await;
    let value = || all(&root, "textarea")[0].unchecked_ref::<HtmlTextAreaElement>().value();
    send(&root, "  hello\n");
    pause().await;
    assert_eq!(sent(), ["c: hello"]);
    assert_eq!(value(), "");
    // One byte more than the desk takes; "가" has three.
    let long = format!("가{}", "x".repeat(handoff::limits::MESSAGE_BYTES - 2));
    send(&root, &long);
    pause().await;
    assert_eq!(sent().len(), 1);
    assert_eq!(value(), long);
    assert_eq!(
        all(&root, "form.reply [role=alert]")
            .iter()
            .filter(|alert| alert.text_content() != Some(String::new()))
            .count(),
        1
    );
    send(&root, &long[..long.len() - 1]);
    pause().await;
    assert_eq!(sent().len(), 2);
    assert_eq!(value(), "");
}
