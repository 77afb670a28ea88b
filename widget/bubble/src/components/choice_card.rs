use answer_messages::Hit;
use yew::prelude::*;

use crate::{shell::Shell, snippet::line, state::Action, text};

/// Characters of the line under a title.
const LINE: usize = 110;

/// Titles with one line each; picking one shows it as an answer.
pub(super) fn picks(shell: &Shell, reply: u32, hits: &[&Hit], articles: &str) -> Html {
    let rows = hits.iter().map(|hit| {
        let (act, article) = (shell.act.clone(), hit.article.clone());
        let onclick =
            Callback::from(move |_: MouseEvent| act.emit(Action::Pick(reply, article.clone(), js_sys::Date::now())));
        html! {
            <li key={hit.article.clone()}>
                <button type="button" class="pick" dir="auto" {onclick}>
                    <strong>{ hit.title.clone() }</strong>
                    { " " }
                    <span>{ line(&hit.snippet, LINE) }</span>
                </button>
            </li>
        }
    });
    html! { <ul class="picks" lang={articles.to_owned()}>{ for rows }</ul> }
}

/// Close candidates: the visitor picks.
pub(super) fn choice_card(shell: &Shell, reply: u32, hits: &[&Hit], articles: &str) -> Html {
    html! {
        <div class="card">
            <p>{ text::choose(shell.lang()) }</p>
            { picks(shell, reply, hits, articles) }
        </div>
    }
}
