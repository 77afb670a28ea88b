use answer_messages::{Library, Listing};
use yew::{Html, NodeRef};

use super::links::article_link;
use crate::{
    node::{El, button, el},
    shell::Shell,
    state::{Action, Place},
    text,
};

/// All articles, collection by collection.
pub(crate) fn browse(shell: &Shell, key: &str, top: Option<&NodeRef>) -> Html {
    let lang = shell.lang();
    let label = text::browse(lang);
    let mut view = view(shell, key, label, top).child(el("h3", "").text(label));
    let here = |library: &&Library| library.count > 0 && library.is_complete();
    let Some(library) = shell.library.as_deref().filter(here) else {
        let is_empty = shell.library.as_ref().is_some_and(|library| library.count == 0);
        let why = if is_empty { text::no_articles(lang) } else { text::loading(lang) };
        return view.child(el("p", "note").text(why)).done();
    };
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
