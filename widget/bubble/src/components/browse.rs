use answer_messages::{Library, Listing};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    shell::{Shell, use_shell},
    state::{Action, Place},
    text,
};

/// What the list needs.
#[derive(PartialEq, Properties)]
pub(crate) struct BrowseProps {
    /// Whether another view lies over it.
    pub(crate) away: bool,
}

/// All articles, collection by collection.
#[component]
pub(crate) fn Browse(props: &BrowseProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let title = use_arrival();
    let library = shell.library.clone().unwrap_or_default();
    html! {
        <div class="view browse" data-away={props.away.then_some("")}>
            <BackButton />
            <h3 tabindex="-1" ref={title}>{ text::browse(lang) }</h3>
            if library.articles.is_empty() {
                <p class="note">{ if shell.library.is_some() { text::no_articles(lang) } else { text::loading(lang) } }</p>
            }
            { for collections(&library).into_iter().map(|(name, listings)| html! {
                <details open=true>
                    <summary>
                        <span dir="auto" lang={library.lang.clone()}>{ name.unwrap_or(text::other_articles(lang)) }</span>
                        { " " }
                        <span class="note">{ text::articles_in(lang, listings.len() as u32) }</span>
                    </summary>
                    <ul class="picks" lang={library.lang.clone()}>{ for listings.into_iter().map(|listing| row(&shell, listing)) }</ul>
                </details>
            }) }
        </div>
    }
}

fn row(shell: &Shell, listing: &Listing) -> Html {
    html! {
        <li key={listing.slug.clone()}>
            <ArticleLink class="pick" place={Place::new(&listing.slug, "")} page={shell.page(&listing.url)}>
                <strong>{ &listing.title }</strong>
                if !listing.description.is_empty() {
                    { " " }
                    <span>{ &listing.description }</span>
                }
            </ArticleLink>
        </li>
    }
}

/// Articles by collection, in the bundle's order; those without one last.
fn collections(library: &Library) -> Vec<(Option<&str>, Vec<&Listing>)> {
    let mut found: Vec<(Option<&str>, Vec<&Listing>)> = Vec::new();
    for listing in &library.articles {
        let name = Some(listing.collection.as_str()).filter(|name| !name.is_empty());
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, listings)) => listings.push(listing),
            None => found.push((name, vec![listing])),
        }
    }
    found.sort_by_key(|(name, _)| name.is_none());
    found
}

/// What a link to an article needs.
#[derive(PartialEq, Properties)]
pub(crate) struct ArticleLinkProps {
    /// Where in the bundle.
    pub(crate) place: Place,
    /// Its page in the static help centre.
    pub(crate) page: Option<String>,
    /// Class of the link.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// What it says.
    pub(crate) children: Html,
}

/// A plain click opens the article in the panel; the link itself leads to the article's page, so that it can be
/// copied, bookmarked and opened in a tab.
#[component]
pub(crate) fn ArticleLink(props: &ArticleLinkProps) -> Html {
    let shell = use_shell();
    let onclick = {
        let (act, place) = (shell.act.clone(), props.place.clone());
        move |event: MouseEvent| {
            if event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                act.emit(Action::Read(place.clone()));
            }
        }
    };
    let class = props.class.clone();
    match &props.page {
        Some(page) => html! { <a {class} href={page.clone()} dir="auto" {onclick}>{ props.children.clone() }</a> },
        None => {
            html! { <button type="button" class={classes!(class, "linked")} dir="auto" {onclick}>{ props.children.clone() }</button> }
        }
    }
}

/// Back to what lies beneath.
#[component]
pub(crate) fn BackButton() -> Html {
    let shell = use_shell();
    html! {
        <button type="button" class="plain back" onclick={shell.does(Action::Back)}>{ text::back(shell.lang()) }</button>
    }
}

/// A reference for the title of a view: it takes the focus as the view arrives, if the focus is in the panel.
#[hook]
pub(crate) fn use_arrival() -> NodeRef {
    let title = use_node_ref();
    use_effect_with((), {
        let title = title.clone();
        move |()| {
            let Some(title) = title.cast::<HtmlElement>() else {
                return;
            };
            let root = title.get_root_node().dyn_into::<web_sys::ShadowRoot>();
            if root.is_ok_and(|root| root.active_element().is_some()) {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = title.focus_with_options(&options);
            }
        }
    });
    title
}

#[cfg(test)]
mod tests {
    use answer_messages::{Library, Listing};

    use super::collections;

    #[test]
    fn in_the_bundles_order() {
        let listing = |slug: &str, collection: &str| Listing {
            slug: slug.into(),
            collection: collection.into(),
            ..Listing::default()
        };
        let library = Library {
            articles: vec![listing("a", ""), listing("b", "Start"), listing("c", "Account"), listing("d", "Start")],
            ..Library::default()
        };
        let found: Vec<_> = collections(&library)
            .into_iter()
            .map(|(name, listings)| (name, listings.iter().map(|listing| listing.slug.as_str()).collect::<String>()))
            .collect();
        assert_eq!(found, [(Some("Start"), "bd".into()), (Some("Account"), "c".into()), (None, "a".into())]);
    }
}
