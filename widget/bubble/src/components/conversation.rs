use std::rc::Rc;

use answer_messages::{Decision, Hit};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{
    answer_card::AnswerCard, choice_card::ChoiceCard, empty_card::EmptyCard, greeting::Greeting,
    unavailable_card::UnavailableCard,
};
use crate::{
    shell::use_shell,
    state::{Action, Item, Said, Search, State, suggested},
    text,
};

/// How long a search may take before the panel says that it is searching.
const PATIENCE_MS: u32 = 300;
/// Room above an entry that is scrolled to.
const ROOM: i32 = 12;

/// What the conversation needs.
#[derive(PartialEq, Properties)]
pub(crate) struct ConversationProps {
    /// Everything.
    pub(crate) state: UseReducerHandle<State>,
    /// Whether another view lies over it.
    pub(crate) away: bool,
}

/// The greeting, what was said, and what is being looked up.
#[component]
pub(crate) fn Conversation(props: &ConversationProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let state = &props.state;
    let scroller = use_node_ref();
    let waiting = !state.waiting().is_empty();
    let slow = use_slow(waiting);
    use_effect_with((state.items.len(), state.open), {
        let scroller = scroller.clone();
        move |_| {
            if let Some(scroller) = scroller.cast::<HtmlElement>() {
                show_latest(&scroller);
            }
        }
    });
    let status = match state.search {
        Search::Opening if slow => text::loading(lang),
        _ => text::looking(lang),
    };
    html! {
        <div class="view talk" data-away={props.away.then_some("")} tabindex="0" ref={scroller}>
            if state.items.is_empty() {
                <Greeting />
            }
            <div class="log" role="log" aria-label={text::conversation(lang)}>
                { for state.items.iter().map(|item| entry(state, item)) }
            </div>
            if waiting && slow {
                <p class="note">{ status }</p>
            }
            if !state.items.is_empty() && !waiting {
                <button type="button" class="plain clear" onclick={shell.does(Action::Clear)}>{ text::clear(lang) }</button>
            }
        </div>
    }
}

fn entry(state: &State, item: &Rc<Item>) -> Html {
    let (id, key) = (item.id, item.id);
    let owned = |hits: Vec<&Hit>| hits.into_iter().cloned().collect::<Vec<_>>();
    match &item.said {
        Said::Question(text) => html! { <Question {key} text={text.clone()} /> },
        Said::Unavailable { question } => {
            html! { <div {key} class="entry"><UnavailableCard question={*question} /></div> }
        }
        Said::Reply { reply, vote, .. } => {
            let lang = AttrValue::from(reply.lang.clone());
            let hits = owned(suggested(reply, &state.shown_for(id)));
            let card = match (reply.decision, reply.hits.first()) {
                (Decision::Answer, Some(hit)) => html! {
                    <AnswerCard {id} reply={id} hit={hit.clone()} others={hits} {lang} automatic={true} vote={*vote} />
                },
                (Decision::Choose, Some(_)) => html! { <ChoiceCard reply={id} {hits} {lang} /> },
                _ => html! { <EmptyCard reply={id} reason={reply.reason} closest={hits} {lang} /> },
            };
            html! { <div {key} class="entry">{ card }</div> }
        }
        Said::Picked { reply, hit, vote } => {
            let of = state.reply(*reply);
            let lang = AttrValue::from(of.map(|of| of.lang.clone()).unwrap_or_default());
            let shown = state.shown_for(*reply);
            let others = of
                .map(|of| owned(of.hits.iter().filter(|hit| !shown.contains(&hit.article.as_str())).take(2).collect()));
            html! {
                <div {key} class="entry">
                    <AnswerCard {id} reply={*reply} hit={hit.clone()} others={others.unwrap_or_default()} {lang} automatic={false} vote={*vote} />
                </div>
            }
        }
    }
}

#[derive(PartialEq, Properties)]
struct QuestionProps {
    text: AttrValue,
}

/// The visitor's own words.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let lang = use_shell().lang();
    html! {
        <div class="entry own">
            <p dir="auto"><span class="unseen">{ text::you_asked(lang) }{ " " }</span>{ &props.text }</p>
        </div>
    }
}

/// Whether something has been going on for longer than one hardly notices.
#[hook]
fn use_slow(busy: bool) -> bool {
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
fn show_latest(scroller: &HtmlElement) {
    let end = scroller.scroll_height() - scroller.client_height();
    let latest = scroller.query_selector(".log > :last-child").ok().flatten();
    let latest = latest.and_then(|latest| latest.dyn_into::<HtmlElement>().ok());
    let top = latest.map_or(end, |latest| end.min(latest.offset_top() - ROOM));
    scroller.set_scroll_top(top.max(0));
}
