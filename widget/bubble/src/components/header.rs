use yew::prelude::*;

use crate::{
    shell::use_shell,
    state::Action,
    text::{self, primary},
};

/// What the header needs.
#[derive(PartialEq, Properties)]
pub(crate) struct HeaderProps {
    /// Whether the list of articles is shown.
    pub(crate) browsing: bool,
}

/// Name of the help centre, the way to all articles, close.
#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let library = shell.library.as_ref();
    let name = library.map(|library| library.name.clone()).filter(|name| !name.is_empty());
    // Said only where articles are in another language than the page asked for.
    let articles = library
        .map(|library| library.lang.clone())
        .filter(|of| !of.is_empty() && primary(of) != primary(shell.setup.tag.as_deref().unwrap_or(lang.tag())));
    let browse = if props.browsing { Action::Talk } else { Action::Browse };
    html! {
        <header>
            <h2 dir="auto">{ name.unwrap_or_else(|| text::panel(lang).to_owned()) }</h2>
            if let Some(tag) = articles {
                <span class="tag">{ tag }</span>
            }
            <button
                type="button"
                class="icon browse"
                aria-label={text::browse(lang)}
                title={text::browse(lang)}
                aria-pressed={if props.browsing { "true" } else { "false" }}
                onclick={shell.does(browse)}
            >
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 6h14M5 12h14M5 18h9" /></svg>
            </button>
            <button
                type="button"
                class="icon close"
                aria-label={text::close(lang)}
                title={text::close(lang)}
                onclick={shell.does(Action::Close)}
            >
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
            </button>
        </header>
    }
}
