use yew::{Callback, Html, MouseEvent};

use crate::{
    node::{El, button, el},
    shell::Shell,
    state::{Action, Place},
    text::joined,
};

/// A plain click opens the article in the panel; the link itself leads to the article's page, so that it can be
/// copied, bookmarked and opened in a tab.
pub(crate) fn article_link(shell: &Shell, place: Place, class: &str) -> El {
    let page = shell.page_of(&place.article).map(|page| match place.section.as_str() {
        "" => page,
        section => joined(&[&page, "#", section]),
    });
    let act = shell.act.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if plain(&event) {
            act.emit(Action::Read(place.clone()));
        }
    });
    link(page.as_deref(), class, onclick)
}

/// Whether a click asks for nothing special such as a new tab; the browser then leaves it alone.
pub(crate) fn plain(event: &MouseEvent) -> bool {
    let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if plain {
        event.prevent_default();
    }
    plain
}

/// A link where there is somewhere to lead, else a button that looks like one.
pub(crate) fn link(href: Option<&str>, class: &str, onclick: Callback<MouseEvent>) -> El {
    match href {
        Some(href) => el("a", class).with("href", href).with("dir", "auto").on_click(onclick),
        None => button(&joined(&["linked ", class]), onclick),
    }
}

/// A link that opens the help centre or a page of it in a new tab.
pub(super) fn page_link(class: &str, href: &str, lang: &str, label: &str) -> Html {
    let link = el("a", class).with("href", href).with("target", "_blank").with("rel", "noopener").with("lang", lang);
    link.keyed("page").text(label).done()
}
