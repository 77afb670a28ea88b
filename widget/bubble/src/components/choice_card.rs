use answer_messages::Hit;
use yew::prelude::*;

use crate::{shell::use_shell, snippet::line, state::Action, text};

/// Characters of the line under a title.
const LINE: usize = 110;

/// What a list of hits to pick from needs.
#[derive(PartialEq, Properties)]
pub(crate) struct PicksProps {
    /// Id of the reply.
    pub(crate) reply: u32,
    /// The hits.
    pub(crate) hits: Vec<Hit>,
    /// Language of the articles.
    pub(crate) lang: AttrValue,
}

/// Titles with one line each; picking one shows it as an answer.
#[component]
pub(crate) fn Picks(props: &PicksProps) -> Html {
    let shell = use_shell();
    let pick = |hit: &Hit| {
        let (act, reply, article) = (shell.act.clone(), props.reply, hit.article.clone());
        let onclick = move |_: MouseEvent| act.emit(Action::Pick(reply, article.clone(), js_sys::Date::now()));
        html! {
            <li key={hit.article.clone()}>
                <button type="button" class="pick" dir="auto" {onclick}>
                    <strong>{ &hit.title }</strong>
                    { " " }
                    <span>{ line(&hit.snippet, LINE) }</span>
                </button>
            </li>
        }
    };
    html! {
        <ul class="picks" lang={props.lang.clone()}>{ for props.hits.iter().map(pick) }</ul>
    }
}

/// Close candidates: the visitor picks.
#[component]
pub(crate) fn ChoiceCard(props: &PicksProps) -> Html {
    let lang = use_shell().lang();
    html! {
        <div class="card">
            <p>{ text::choose(lang) }</p>
            <Picks reply={props.reply} hits={props.hits.clone()} lang={props.lang.clone()} />
        </div>
    }
}
