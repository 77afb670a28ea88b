use answer_messages::{Library, Listing};
use yew::{Html, NodeRef};

use super::links::article_link;
use crate::{
    node::{El, button, el},
    shell::Shell,
    state::{Action, Place, Said, State},
    text,
};

/// Articles named as read before.
const RECENT: usize = 3;

/// All articles, collection by collection, behind those that were read before.
pub(crate) fn browse(shell: &Shell, key: &str, state: &State, top: Option<&NodeRef>) -> Html {
    let lang = shell.lang();
    let label = text::browse(lang);
    let mut view = view(shell, key, label, top).child(el("h3", "").text(label));
    let here = |library: &&Library| library.count > 0 && library.is_complete();
    let Some(library) = shell.library.as_deref().filter(here) else {
        let is_empty = shell.library.as_ref().is_some_and(|library| library.count == 0);
        let why = if is_empty { text::no_articles(lang) } else { text::loading(lang) };
        return view.child(el("p", "note").text(why)).done();
    };
    let mut recent = el("ul", "picks").with("lang", &library.lang);
    let read = recently_read(state);
    for listing in read.iter().filter_map(|slug| shell.listing(slug)) {
        recent = recent.add(row(shell, listing));
    }
    if !read.is_empty() {
        view = view.child(el("h4", "").text(text::recent(lang))).child(recent);
    }
    for (name, listings) in collections(library) {
        let name = el("span", "")
            .with("dir", "auto")
            .with("lang", &library.lang)
            .text(name.unwrap_or(text::other_articles(lang)));
        let count = el("span", "note").text(&text::articles_in(lang, listings.len() as u32));
        let mut list = el("ul", "picks").with("lang", &library.lang);
        for listing in listings {
            list = list.add(row(shell, listing));
        }
        let summary = el("summary", "").child(name).text(" ").child(count);
        view = view.child(el("details", "").with("open", "").child(summary).child(list));
    }
    view.done()
}

/// A view that lies over the conversation; the one on top is known by `top`, the others wait beneath it.
pub(super) fn view(shell: &Shell, key: &str, label: &str, top: Option<&NodeRef>) -> El {
    let view = el("div", "view").keyed(key).with("tabindex", "-1").with("role", "region").with("aria-label", label);
    let view = match top {
        Some(top) => view.known(top),
        None => view.with("data-away", ""),
    };
    view.child(button("plain back", shell.does(Action::Back)).text(text::back(shell.lang())))
}

/// Slugs of the articles that were opened last, the latest first.
fn recently_read(state: &State) -> Vec<&str> {
    let mut slugs = Vec::new();
    for item in state.items.iter().rev() {
        if let Said::Read { place } = &item.said
            && slugs.len() < RECENT
            && !slugs.contains(&place.article.as_str())
        {
            slugs.push(place.article.as_str());
        }
    }
    slugs
}

fn row(shell: &Shell, listing: &Listing) -> Html {
    let mut link = article_link(shell, Place::new(&listing.slug, ""), "pick");
    link = link.child(el("strong", "").text(&listing.title));
    if !listing.description.is_empty() {
        link = link.text(" ").child(el("span", "").text(&listing.description));
    }
    el("li", "").child(link).done()
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
    // Without a name: last.
    if let Some(at) = found.iter().position(|(name, _)| name.is_none()) {
        let rest = found.remove(at);
        found.push(rest);
    }
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
