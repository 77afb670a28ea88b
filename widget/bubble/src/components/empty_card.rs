use answer_messages::{Hit, Reason};
use yew::prelude::*;

use super::{choice_card::picks, person::contact};
use crate::{shell::Shell, text};

/// No answer: says so, says what was searched, and shows the way to a person.
pub(super) fn empty_card(shell: &Shell, reply: u32, reason: Reason, closest: &[&Hit], articles: &str) -> Html {
    let lang = shell.lang();
    let contact = contact(shell);
    let for_person = matches!(reason, Reason::AskedForPerson | Reason::Urgent);
    let says = match (reason, contact.is_some()) {
        (Reason::AskedForPerson | Reason::Urgent, false) => text::no_person(lang),
        (Reason::AskedForPerson, true) => text::wants_person(lang),
        (Reason::Urgent, true) => text::urgent(lang),
        (_, false) => text::not_found(lang),
        (_, true) => text::not_found_person(lang),
    };
    let searched = shell.library.as_ref().filter(|_| !for_person).map(|library| {
        let n = library.articles.len() as u32;
        if library.name.is_empty() { text::searched_unnamed(lang, n) } else { text::searched(lang, n, &library.name) }
    });
    html! {
        <div class="card">
            <p>{ says }</p>
            if let Some(searched) = searched {
                <p class="note">{ searched }</p>
            }
            { contact.unwrap_or_default() }
            if !closest.is_empty() {
                <p>{ text::closest(lang) }</p>
                { picks(shell, reply, closest, articles) }
            }
        </div>
    }
}
