use yew::prelude::*;

use crate::{
    shell::Shell,
    state::{Action, Place},
};

/// A plain click opens the article in the panel; the link itself leads to the article's page, so that it can be
/// copied, bookmarked and opened in a tab. `section` is put behind the page's address.
pub(crate) fn article_link(shell: &Shell, place: Place, class: &'static str, children: Html) -> Html {
    let page = shell.page_of(&place.article).map(|page| match place.section.as_str() {
        "" => page,
        section => [&page, "#", section].concat(),
    });
    let act = shell.act.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if plain(&event) {
            event.prevent_default();
            act.emit(Action::Read(place.clone()));
        }
    });
    link(page, class, None, onclick, children)
}

/// Whether a click asks for nothing special such as a new tab.
pub(crate) fn plain(event: &MouseEvent) -> bool {
    event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

/// A link where there is somewhere to lead, else a button that looks like one.
pub(crate) fn link(
    href: Option<String>,
    class: &'static str,
    label: Option<String>,
    onclick: Callback<MouseEvent>,
    children: Html,
) -> Html {
    match href {
        Some(href) => html! { <a {href} {class} aria-label={label} dir="auto" {onclick}>{ children }</a> },
        None => {
            let class = ["linked ", class].concat();
            html! { <button type="button" {class} aria-label={label} dir="auto" {onclick}>{ children }</button> }
        }
    }
}

/// A button with text only.
pub(super) fn button(class: &'static str, label: impl Into<AttrValue>, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} dir="auto" {onclick}>{ label.into() }</button> }
}

/// A link that opens the help centre or a page of it in a new tab.
pub(super) fn page_link(class: &'static str, href: String, lang: &str, label: impl Into<AttrValue>) -> Html {
    html! { <a {class} {href} target="_blank" rel="noopener" lang={lang.to_owned()}>{ label.into() }</a> }
}
