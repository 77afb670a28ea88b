use yew::Html;

use crate::{
    deeds::Deed,
    node::{El, button, el},
    shell::Shell,
    state::Place,
    text::joined,
};

/// A plain click opens the article in the panel; the link itself leads to the article's page, so that it can be
/// copied, bookmarked and opened in a tab.
pub(crate) fn article_link(shell: &Shell, place: Place, class: &str) -> El {
    let page = shell.page_of(&place.article).map(|page| match place.section.as_str() {
        "" => page,
        section => joined(&[&page, "#", section]),
    });
    link(page.as_deref(), class, shell.deeds.add(Deed::Read(place)))
}

/// A link that does a deed where there is somewhere to lead, else a button that looks like one.
pub(crate) fn link(href: Option<&str>, class: &str, deed: usize) -> El {
    match href {
        Some(href) => el("a", class).with("href", href).with("dir", "auto").does(deed),
        None => button(&joined(&["linked ", class]), deed),
    }
}

/// A link that opens the help centre or a page of it in a new tab.
pub(super) fn page_link(class: &str, href: &str, lang: &str, label: &str) -> Html {
    let link = el("a", class).with("href", href).with("target", "_blank").with("rel", "noopener").with("lang", lang);
    link.keyed("page").text(label).done()
}
