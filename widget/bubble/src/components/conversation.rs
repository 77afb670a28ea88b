use answer_messages::{Decision, Hit};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{
    answer_card::{Answer, answer_card},
    choice_card::choice_card,
    empty_card::empty_card,
    greeting::greeting,
    links::button,
    unavailable_card::unavailable_card,
};
use crate::{
    shell::Shell,
    state::{Action, Item, Said, Search, State, others, suggested},
    text,
};

/// How long a search may take before the panel says that it is searching.
const PATIENCE_MS: u32 = 300;
/// Room above an entry that is scrolled to.
const ROOM: i32 = 12;

/// The greeting, what was said, and what is being looked up for longer than one hardly notices (`slow`).
pub(crate) fn conversation(shell: &Shell, state: &State, slow: bool, scroller: &NodeRef) -> Html {
    let lang = shell.lang();
    let away = (!state.trail.is_empty()).then_some("");
    let status = match state.search {
        _ if !slow => Html::default(),
        Search::Opening => html! { <p class="note">{ text::loading(lang) }</p> },
        _ => html! { <p class="note">{ text::looking(lang) }</p> },
    };
    html! {
        <div class="view talk" data-away={away} tabindex="0" ref={scroller}>
            if state.items.is_empty() {
                { greeting(shell) }
            }
            <div class="log" role="log" aria-label={text::conversation(lang)}>
                { for state.items.iter().map(|item| entry(shell, state, item)) }
            </div>
            { status }
            if !state.items.is_empty() {
                { button("plain clear", text::clear(lang), shell.does(Action::Clear)) }
            }
        </div>
    }
}

fn entry(shell: &Shell, state: &State, item: &Item) -> Html {
    let id = item.id;
    let (class, card) = match &item.said {
        Said::Question(question) => ("entry own", own(shell, question)),
        Said::Unavailable { question } => ("entry", unavailable_card(shell, *question)),
        Said::Reply { reply, vote, .. } => {
            let articles = reply.lang.as_str();
            let hits: Vec<&Hit> = suggested(reply, &state.shown_for(id));
            let card = match (reply.decision, reply.hits.first()) {
                (Decision::Answer, Some(hit)) => {
                    let (automatic, open) = (true, state.open);
                    let answer = Answer { id, reply: id, hit, others: hits, articles, automatic, vote: *vote, open };
                    answer_card(shell, &answer)
                }
                (Decision::Choose, Some(_)) => choice_card(shell, id, &hits, articles),
                _ => empty_card(shell, id, reply.reason, &hits, articles),
            };
            ("entry", card)
        }
        Said::Picked { reply, hit, vote } => {
            let of = state.reply(*reply);
            let others = of.map(|of| others(of, &state.shown_for(*reply))).unwrap_or_default();
            let articles = of.map(|of| of.lang.as_str()).unwrap_or_default();
            let (automatic, open) = (false, state.open);
            let answer = Answer { id, reply: *reply, hit, others, articles, automatic, vote: *vote, open };
            ("entry", answer_card(shell, &answer))
        }
    };
    html! { <div key={id} {class}>{ card }</div> }
}

/// The visitor's own words.
fn own(shell: &Shell, question: &str) -> Html {
    html! {
        <p dir="auto">
            <span class="unseen">{ text::you_asked(shell.lang()) }{ " " }</span>
            { question.to_owned() }
        </p>
    }
}

/// Whether something has been going on for longer than one hardly notices.
#[hook]
pub(crate) fn use_slow(busy: bool) -> bool {
    let slow = use_state_eq(|| false);
    use_effect_with(busy, {
        let slow = slow.clone();
        move |busy| {
            slow.set(false);
            let timer = busy.then(|| Timeout::new(PATIENCE_MS, move || slow.set(true)));
            move || drop(timer)
        }
    });
    *slow
}

/// Scrolls to the end, but never past the beginning of the latest entry.
pub(crate) fn show_latest(scroller: &HtmlElement) {
    let end = scroller.scroll_height() - scroller.client_height();
    let latest = scroller.query_selector(".log > :last-child").ok().flatten();
    let latest = latest.and_then(|latest| latest.dyn_into::<HtmlElement>().ok());
    let top = latest.map_or(end, |latest| end.min(latest.offset_top() - ROOM));
    scroller.set_scroll_top(top.max(0));
}
