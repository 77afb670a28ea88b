use answer_messages::{Hit, Reason};
use yew::prelude::*;

use super::{choice_card::Picks, person::ContactLink};
use crate::{shell::use_shell, text};

/// What the card needs.
#[derive(PartialEq, Properties)]
pub(crate) struct EmptyCardProps {
    /// Id of the reply.
    pub(crate) reply: u32,
    /// Why there is no answer.
    pub(crate) reason: Reason,
    /// The closest, where something was found.
    pub(crate) closest: Vec<Hit>,
    /// Language of the articles.
    pub(crate) lang: AttrValue,
}

/// No answer: says so, says what was searched, and shows the way to a person.
#[component]
pub(crate) fn EmptyCard(props: &EmptyCardProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let person = shell.person();
    let for_person = matches!(props.reason, Reason::AskedForPerson | Reason::Urgent);
    let says = match props.reason {
        Reason::AskedForPerson | Reason::Urgent if person.is_none() => text::no_person(lang),
        Reason::AskedForPerson => text::wants_person(lang),
        Reason::Urgent => text::urgent(lang),
        _ if person.is_none() => text::not_found(lang),
        _ => text::not_found_person(lang),
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
            if let Some(address) = person {
                <p><ContactLink {address} /></p>
            }
            if !props.closest.is_empty() {
                <p>{ text::closest(lang) }</p>
                <Picks reply={props.reply} hits={props.closest.clone()} lang={props.lang.clone()} />
            }
        </div>
    }
}
