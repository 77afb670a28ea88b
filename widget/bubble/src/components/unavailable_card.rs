use yew::Html;

use super::{links::page_link, person::contact};
use crate::{
    node::{button, el},
    shell::Shell,
    state::Action,
    text,
};

/// The search is not there: says so, and what still works.
pub(super) fn unavailable_card(shell: &Shell, question: u32) -> Html {
    let lang = shell.lang();
    let site = shell.site();
    let says = if site.is_some() { text::unavailable(lang) } else { text::unavailable_alone(lang) };
    let again = button("quiet", shell.does(Action::Again(question))).keyed("again").text(text::again(lang));
    let ways = el("div", "row")
        .child(again)
        .add_some(site.map(|site| page_link("", &site, lang.tag(), text::help_centre(lang))))
        .add_some(contact(shell));
    el("div", "card").child(el("p", "").text(says)).child(ways).done()
}
