use answer_messages::{Article, Listing};
use yew::{Html, NodeRef};

use super::{
    browse::view,
    links::{article_link, page_link},
    person::contact,
};
use crate::{
    events_view::{headings, nodes, section_link},
    node::el,
    shell::Shell,
    state::{Fetched, Place},
    text::{self, joined},
};

/// Headings above which there is a list of contents.
const CONTENTS_ABOVE: usize = 3;
/// Articles named beneath one.
const RELATED: usize = 3;

/// An article, read in the panel.
pub(crate) fn article_view(
    shell: &Shell,
    key: &str,
    place: &Place,
    fetched: Option<&Fetched>,
    top: Option<&NodeRef>,
) -> Html {
    let lang = shell.lang();
    let label = shell.listing(&place.article).map_or(text::read(lang), |listing| &listing.title);
    // Another article at the same depth is another element, with its own place.
    let view = view(shell, &joined(&[key, &place.article]), label, top);
    let inside = match fetched {
        Some(Fetched::Here(article)) => read(shell, article),
        Some(Fetched::Missing) => missing(shell, &place.article),
        _ => el("p", "note").text(text::loading(lang)).done(),
    };
    view.add(inside).done()
}

fn read(shell: &Shell, article: &Article) -> Html {
    let lang = shell.lang();
    let page = shell.page(&article.url);
    let mut whole = el("article", "").with("lang", &article.lang).with("dir", "auto");
    whole = whole.child(el("h3", "").text(&article.title));
    if let Some(day) = &article.updated {
        let says = text::updated(lang, &text::date(lang, day));
        whole = whole.child(el("p", "note").with("lang", lang.tag()).text(&says));
    }
    let contents = headings(&article.events);
    if contents.len() > CONTENTS_ABOVE {
        let mut list = el("ul", "");
        for (id, title) in contents {
            list = list.child(el("li", "").child(section_link(shell, page.as_deref(), &id).text(&title)));
        }
        whole = whole.child(el("nav", "contents").with("aria-label", text::contents(lang)).child(list));
    }
    whole = whole.child(el("div", "prose").add_all(nodes(&article.events, shell, page.as_deref())));
    whole.add_some(related(shell, article)).done()
}

/// What comes next to it in its collection; the first come after the last.
fn related(shell: &Shell, article: &Article) -> Option<Html> {
    let library = shell.library.as_deref()?;
    let at = library.articles.iter().position(|listing| listing.slug == article.slug)?;
    let (before, after) = library.articles.split_at(at);
    let beside = |listing: &&Listing| listing.collection == library.articles[at].collection;
    let mut list = el("ul", "picks");
    let mut count = 0;
    for listing in after[1..].iter().chain(before).filter(beside).take(RELATED) {
        let link = article_link(shell, Place::new(&listing.slug, ""), "pick");
        list = list.child(el("li", "").child(link.text(&listing.title)));
        count += 1;
    }
    let title = el("h4", "").with("lang", shell.lang().tag()).text(text::related(shell.lang()));
    (count > 0).then(|| el("div", "related").child(title).child(list).done())
}

fn missing(shell: &Shell, slug: &str) -> Html {
    let lang = shell.lang();
    let page = shell.page_of(slug).or_else(|| shell.site());
    let ways = el("div", "row")
        .add_some(page.map(|page| page_link("", &page, lang.tag(), text::article_page(lang))))
        .add_some(contact(shell));
    let says = el("p", "").text(text::article_missing(lang));
    el("div", "card").with("role", "alert").child(says).child(ways).done()
}
