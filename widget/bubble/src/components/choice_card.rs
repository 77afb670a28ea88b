use answer_messages::Hit;
use yew::Html;

use crate::{
    node::{button, el},
    shell::Shell,
    snippet::line,
    state::Action,
    text,
};

/// Characters of the line under a title.
const LINE: usize = 110;

/// Titles with one line each; picking one shows it as an answer.
pub(super) fn picks(shell: &Shell, reply: u32, hits: &[&Hit], articles: &str) -> Html {
    let mut list = el("ul", "picks").with("lang", articles);
    for hit in hits {
        let pick = shell.does(Action::Pick(reply, hit.article.clone()));
        let pick = button("pick", pick)
            .child(el("strong", "").text(&hit.title))
            .text(" ")
            .child(el("span", "").text(&line(&hit.snippet, LINE)));
        list = list.child(el("li", "").keyed(&hit.article).child(pick));
    }
    list.done()
}

/// Close candidates: the visitor picks.
pub(super) fn choice_card(shell: &Shell, reply: u32, hits: &[&Hit], articles: &str) -> Html {
    let asks = el("p", "").text(text::choose(shell.lang())).done();
    el("div", "card").add(asks).add(picks(shell, reply, hits, articles)).done()
}
