use yew::prelude::*;

use crate::{
    shell::Shell,
    state::Action,
    text::{self, primary},
};

/// Name of the help centre, the way to all articles, close.
pub(crate) fn header(shell: &Shell, browsing: bool) -> Html {
    let lang = shell.lang();
    let library = shell.library.as_deref();
    let name = library.map(|library| library.name.as_str()).filter(|name| !name.is_empty());
    // Said only where articles are in another language than the page asked for.
    let wished = primary(shell.setup.tag.as_deref().unwrap_or(lang.tag()));
    let articles = library.map(|library| library.lang.as_str()).filter(|tag| !tag.is_empty() && primary(tag) != wished);
    let browse = if browsing { Action::Talk } else { Action::Browse };
    html! {
        <header>
            <h2 dir="auto">{ name.unwrap_or(text::panel(lang)).to_owned() }</h2>
            if let Some(tag) = articles {
                <span class="tag">{ tag.to_owned() }</span>
            }
            { icon(text::browse(lang), "M5 6h14M5 12h14M5 18h9", Some(browsing), shell.does(browse)) }
            { icon(text::close(lang), "M6 6l12 12M18 6L6 18", None, shell.does(Action::Close)) }
        </header>
    }
}

fn icon(label: &'static str, path: &'static str, pressed: Option<bool>, onclick: Callback<MouseEvent>) -> Html {
    let pressed = pressed.map(|pressed| if pressed { "true" } else { "false" });
    html! {
        <button type="button" class="icon" aria-label={label} title={label} aria-pressed={pressed} {onclick}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
        </button>
    }
}
