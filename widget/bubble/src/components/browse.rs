use answer_messages::{Library, Listing};
use yew::prelude::*;

use super::links::{article_link, button};
use crate::{
    shell::Shell,
    state::{Action, Place},
    text,
};

/// All articles, collection by collection. `away`: another view lies over it.
pub(crate) fn browse(shell: &Shell, away: bool) -> Html {
    let lang = shell.lang();
    let collections = shell.library.as_deref().map(collections).unwrap_or_default();
    let empty = if shell.library.is_some() { text::no_articles(lang) } else { text::loading(lang) };
    let articles = shell.library.as_ref().map(|library| AttrValue::from(library.lang.clone()));
    html! {
        <div key="browse" class="view" data-away={away.then_some("")} tabindex="-1" role="region" aria-label={text::browse(lang)}>
            { button("plain back", text::back(lang), shell.does(Action::Back)) }
            <h3>{ text::browse(lang) }</h3>
            if collections.is_empty() {
                <p class="note">{ empty }</p>
            }
            { for collections.into_iter().map(|(name, listings)| html! {
                <details open=true>
                    <summary>
                        <span dir="auto" lang={articles.clone()}>{ name.unwrap_or(text::other_articles(lang)).to_owned() }</span>
                        { " " }
                        <span class="note">{ text::articles_in(lang, listings.len() as u32) }</span>
                    </summary>
                    <ul class="picks" lang={articles.clone()}>{ for listings.into_iter().map(|listing| row(shell, listing)) }</ul>
                </details>
            }) }
        </div>
    }
}

fn row(shell: &Shell, listing: &Listing) -> Html {
    let children = html! {
        <>
            <strong>{ listing.title.clone() }</strong>
            if !listing.description.is_empty() {
                { " " }
                <span>{ listing.description.clone() }</span>
            }
        </>
    };
    let link = article_link(shell, Place::new(&listing.slug, ""), "pick", children);
    html! { <li key={listing.slug.clone()}>{ link }</li> }
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
