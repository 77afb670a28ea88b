use answer_messages::{Hit, Reason};
use yew::Html;

use super::{choice_card::picks, person::contact};
use crate::{node::el, shell::Shell, text};

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
        let n = library.count;
        let searched = match library.name.as_str() {
            "" => text::searched_unnamed(lang, n),
            name => text::searched(lang, n, name),
        };
        el("p", "note").keyed("searched").text(&searched).done()
    });
    let mut card = el("div", "card").child(el("p", "").keyed("says").text(says)).add_some(searched).add_some(contact);
    if !closest.is_empty() {
        let here = el("p", "").text(text::closest(lang)).done();
        card = card.child(el("div", "next").keyed("closest").add(here).add(picks(shell, reply, closest, articles)));
    }
    card.done()
}
