use yew::prelude::*;

use super::{
    links::{button, page_link},
    person::contact,
};
use crate::{shell::Shell, state::Action, text};

/// The search is not there: says so, and what still works.
pub(super) fn unavailable_card(shell: &Shell, question: u32) -> Html {
    let lang = shell.lang();
    let site = shell.site();
    let says = if site.is_some() { text::unavailable(lang) } else { text::unavailable_alone(lang) };
    html! {
        <div class="card">
            <p>{ says }</p>
            <div class="row">
                { button("quiet", text::again(lang), shell.does(Action::Again(question))) }
                { site.map(|site| page_link("", site, lang.tag(), text::help_centre(lang))).unwrap_or_default() }
                { contact(shell).unwrap_or_default() }
            </div>
        </div>
    }
}
