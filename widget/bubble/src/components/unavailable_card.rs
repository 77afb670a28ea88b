use yew::prelude::*;

use super::person::ContactLink;
use crate::{shell::use_shell, state::Action, text};

/// What the card needs.
#[derive(PartialEq, Properties)]
pub(crate) struct UnavailableCardProps {
    /// Id of the question that could not be looked up.
    pub(crate) question: u32,
}

/// The search is not there: says so, and what still works.
#[component]
pub(crate) fn UnavailableCard(props: &UnavailableCardProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let site = shell.site();
    let says = if site.is_some() { text::unavailable(lang) } else { text::unavailable_alone(lang) };
    html! {
        <div class="card">
            <p>{ says }</p>
            <p class="row">
                <button type="button" class="quiet" onclick={shell.does(Action::Again(props.question))}>{ text::again(lang) }</button>
                if let Some(site) = site {
                    <a href={site} target="_blank" rel="noopener">{ text::help_centre(lang) }</a>
                }
                if let Some(address) = shell.person() {
                    <ContactLink {address} />
                }
            </p>
        </div>
    }
}
