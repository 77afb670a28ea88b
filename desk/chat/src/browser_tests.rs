//! What the visitor sees against what is sent, in real nodes.

use std::collections::BTreeSet;

use desk_client::Output;
use gloo::utils::document;
use handoff::{
    api::{Receipt, Wait},
    chat::{Event, Participant, What},
    transcript::{Decision, Page, Reason},
    visit::{Hit, Item, Place, Reply, Said, Snippet, VERSION, Visit, Vote},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    state::{Action, Effect, Opening, Restored, State},
    text::Lang,
    view::{Nodes, Shell, page},
};

wasm_bindgen_test_configure!(run_in_browser);

#[derive(PartialEq, Properties)]
struct ProbeProps {
    actions: Callback<(), Vec<Action>>,
}

/// Shows the state after some actions.
#[component]
fn Probe(props: &ProbeProps) -> Html {
    let mut state = State::new(Lang::En);
    for action in props.actions.emit(()) {
        state.apply(action);
    }
    page(&Shell {
        state: &state,
        nodes: &Nodes::default(),
        below: false,
        act: Callback::noop(),
        say: Callback::noop(),
        scrolled: Callback::noop(),
        latest: Callback::noop(),
    })
}

async fn shown(actions: fn() -> Vec<Action>) -> HtmlElement {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let props = ProbeProps { actions: Callback::from(move |()| actions()) };
    yew::Renderer::<Probe>::with_root_and_props(root.clone().into(), props).render();
    // Yew draws in tasks of its own.
    while root.query_selector("h1").unwrap().is_none() {
        let next = js_sys::Function::new_no_args("return new Promise((done) => setTimeout(done, 10))");
        let next: js_sys::Promise = next.call0(&JsValue::NULL).unwrap().unchecked_into();
        JsFuture::from(next).await.unwrap();
    }
    root
}

fn hit(article: &str, passage: &str) -> Hit {
    Hit {
        article: article.into(),
        section: String::new(),
        title: format!("Title of {article}"),
        url: format!("{article}/"),
        version: "1a2b3c4d".into(),
        confidence: 0.62,
        snippet: Snippet { text: passage.into(), ranges: Vec::new() },
    }
}

/// Everything that a visit can hold, with markup and a card number in it.
fn story() -> Vec<Action> {
    let long = "A passage of many words. ".repeat(40);
    let reply = |decision, reason, hits| Reply {
        question: String::new(),
        lang: "en".into(),
        decision,
        reason,
        confidence: 0.62,
        hits,
    };
    let said = [
        Said::Question("<b>bold</b> & \"quoted\"".into()),
        Said::Reply {
            question: 1,
            reply: reply(Decision::Answer, Reason::Confident, vec![hit("reset", &long), hit("other", "Short.")]),
            vote: Some(Vote::NotHelped),
        },
        Said::Picked { reply: 2, hit: hit("other", "Short."), vote: Some(Vote::Helped) },
        Said::Read { place: Place { article: "reset".into(), section: "forgot".into() } },
        Said::Question("struck out and gone".into()),
        Said::Question("card 4242 4242 4242 4242".into()),
        Said::Reply { question: 6, reply: reply(Decision::HandOff, Reason::NoMatch, Vec::new()), vote: None },
        Said::Unavailable { question: 6 },
    ];
    let items = said.into_iter().zip(1..).map(|(said, id)| Item { id, at: f64::from(id) * 60_000.0, said });
    let visit = Visit { version: VERSION, items: items.collect(), trail: Vec::new(), spoken: None };
    let page = Page { url: "https://shop.example/cart?a=1".into(), title: "Cart <1>".into() };
    vec![
        Action::Accepted(Box::new(Restored { durable: true, ..Restored::default() })),
        Action::Opened(Box::new(Opening { visit: Some(visit), page, lang: "en".into() })),
        Action::Strike(4),
    ]
}

/// The transcript's texts: all that a person can read of it. Slugs, addresses and versions of articles and the names of
/// decisions stand in the JSON, which is shown on demand.
fn texts(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    const UNSAID: [&str; 10] =
        ["article", "section", "url", "version", "decision", "reason", "vote", "cause", "at_ms", "lang"];
    match value {
        serde_json::Value::String(text) => {
            found.insert(text.clone());
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        serde_json::Value::Object(map) => {
            let said = map.iter().filter(|(key, _)| !UNSAID.contains(&key.as_str()));
            said.for_each(|(_, value)| texts(value, found));
        }
        _ => {}
    }
}

#[wasm_bindgen_test]
async fn what_is_shown_is_what_is_sent() {
    let mut state = State::new(Lang::En);
    let mut effects = Vec::new();
    for action in story().into_iter().chain([Action::Submit { key: "key".into() }]) {
        effects.extend(state.apply(action));
    }
    let body = effects.into_iter().find_map(|effect| match effect {
        Effect::Post { body, .. } => Some(body),
        _ => None,
    });
    let body: serde_json::Value = serde_json::from_str(&body.unwrap()).unwrap();

    let root = shown(story).await;
    let list = root.query_selector(".entries").unwrap().unwrap();
    let sent = list.clone_node_with_deep(true).unwrap().unchecked_into::<Element>();
    let struck = sent.query_selector_all("del").unwrap();
    assert_eq!(struck.length(), 1);
    let struck: Element = struck.get(0).unwrap().unchecked_into();
    assert!(struck.text_content().unwrap().contains("struck out and gone"));
    struck.remove();
    let shown = sent.text_content().unwrap();

    // All that is sent is shown ...
    let mut found = BTreeSet::new();
    texts(&body["transcript"], &mut found);
    assert_eq!(found.len(), 7, "{found:?}");
    for text in &found {
        assert!(shown.contains(text.as_str()), "not shown: {text}");
    }
    assert!(shown.contains("https://shop.example/cart?a=1"));
    assert!(shown.contains("You opened: ") && shown.contains("reset#forgot"));
    assert_eq!(body["transcript"]["struck"], 1);
    assert_eq!(body["transcript"]["entries"].as_array().unwrap().len(), 7);
    // ... and nothing of it is left in that was struck or taken out.
    assert!(!body.to_string().contains("struck out and gone"));
    for text in [shown, body.to_string()] {
        assert!(text.contains("[card •••• 4242]") && !text.contains("4242 4242"), "{text}");
    }
    root.remove();
}

#[wasm_bindgen_test]
async fn the_body_can_be_read_to_the_letter() {
    let root = shown(|| story().into_iter().chain([Action::Raw(true)]).collect()).await;
    let shown = root.query_selector("pre").unwrap().unwrap().text_content().unwrap();
    let mut state = State::new(Lang::En);
    let mut effects = Vec::new();
    for action in story().into_iter().chain([Action::Submit { key: "key".into() }]) {
        effects.extend(state.apply(action));
    }
    let sent = effects.into_iter().find_map(|effect| match effect {
        Effect::Post { body, .. } => Some(body),
        _ => None,
    });
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(read(&shown), read(&sent.unwrap()));
    root.remove();
}

#[wasm_bindgen_test]
async fn words_never_become_markup() {
    let root = shown(|| {
        let receipt = Receipt {
            conversation: "c".into(),
            receipt: "K7QM-2XAT".into(),
            token: "t".into(),
            position: None,
            wait: Wait::Unknown,
        };
        let restored = Restored { conversation: Some(receipt), durable: true, ..Restored::default() };
        let nasty = "<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/?q=<script>";
        let message = |seq, by| {
            let what = What::Message { client_message_id: format!("m{seq}"), text: nasty.into() };
            Action::Heard(Output::Deliver(Event { seq, at_ms: 0, by, what }))
        };
        let agent = Participant::Agent { id: "a".into(), name: "<b>Kim</b>".into() };
        vec![
            Action::Accepted(Box::new(restored)),
            message(1, Participant::Visitor),
            message(2, agent.clone()),
            Action::Heard(Output::Deliver(Event { seq: 3, at_ms: 0, by: agent, what: What::Assigned })),
        ]
    })
    .await;
    for name in ["img", "script", "b", "style", "iframe"] {
        assert!(root.query_selector(name).unwrap().is_none(), "{name}");
    }
    let links = root.query_selector_all(".log a").unwrap();
    assert_eq!(links.length(), 2);
    for at in 0..links.length() {
        let link: Element = links.get(at).unwrap().unchecked_into();
        assert_eq!(link.get_attribute("href").as_deref(), Some("https://a.example/?q="));
        assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer nofollow"));
        assert_eq!(link.text_content(), link.get_attribute("href"));
    }
    assert!(root.text_content().unwrap().contains("<b>Kim</b> has joined."));
    root.remove();
}
