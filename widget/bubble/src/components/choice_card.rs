use answer_messages::Hit;
use yew::Html;

use super::person::contact;
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

/// Close candidates: the visitor picks. Where they stand in the place of an answer that is shown `above` already, its
/// title is named, and a person is offered.
pub(super) fn choice_card(shell: &Shell, reply: u32, hits: &[&Hit], articles: &str, above: Option<&Hit>) -> Html {
    let lang = shell.lang();
    let mut card = el("div", "card");
    if !hits.is_empty() {
        card = card.child(el("p", "").text(text::choose(lang))).add(picks(shell, reply, hits, articles));
    }
    if let Some(above) = above {
        let title = el("span", "").with("lang", articles).text(&above.title);
        let above = el("p", "note").text(text::shown_above(lang)).text(" ").child(title);
        card = card.child(above).add_some(contact(shell));
    }
    card.done()
}
