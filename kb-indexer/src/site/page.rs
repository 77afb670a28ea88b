//! Whole pages: article, index, redirect.

use std::fmt::Write as _;

use answer_messages::{Event, Node};

use super::{
    Site,
    escape::escape,
    render::{self, words_lang},
    to_top, words,
};
use crate::{article::ParsedArticle, markdown::plain};

/// A list of contents helps from this many headings on.
const HEADINGS_WITH_CONTENTS: usize = 4;

struct Head<'a> {
    lang: &'a str,
    title: String,
    description: &'a str,
    url: &'a str,
    /// (language, address) of the same page in other languages.
    alternates: Vec<(&'a str, String)>,
}

fn begin(site: &Site<'_>, head: &Head<'_>) -> String {
    let top = to_top(head.url);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n",
        escape(head.lang),
        words::direction(head.lang),
        escape(&head.title),
    );
    if !head.description.is_empty() {
        let _ = writeln!(out, "<meta name=\"description\" content=\"{}\">", escape(head.description));
    }
    if !site.config.site_url.is_empty() && site.config.site_url.contains("://") {
        let address = format!("{}{}", site.config.site_url, head.url);
        let _ = writeln!(out, "<link rel=\"canonical\" href=\"{}\">", escape(&address));
    }
    for (lang, url) in &head.alternates {
        let href = escape(&format!("{top}{url}"));
        let _ = writeln!(out, "<link rel=\"alternate\" hreflang=\"{}\" href=\"{href}\">", escape(lang));
    }
    let _ = write!(
        out,
        "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"{top}style.css\">\n\
         </head>\n<body>\n"
    );
    out
}

/// The name of the help centre, which leads to the index, and the other languages.
fn banner(site: &Site<'_>, head: &Head<'_>, is_index: bool) -> String {
    let top = to_top(head.url);
    let words = words::of(head.lang);
    let name = escape(site.name(head.lang));
    let mut out = String::from("<header>\n");
    if is_index {
        let _ = writeln!(out, "<span class=\"name\">{name}</span>");
    } else {
        let index = here(&format!("{top}{}", site.index_url(head.lang)));
        let _ = writeln!(out, "<a class=\"name\" href=\"{index}\">{name}</a>");
    }
    if !head.alternates.is_empty() {
        let _ = writeln!(out, "<nav aria-label=\"{}\"{}>", words.languages, words_lang(words, head.lang));
        for (lang, url) in &head.alternates {
            let (href, lang, name) = (here(&format!("{top}{url}")), escape(lang), escape(words::language_name(lang)));
            let _ = writeln!(out, "<a href=\"{href}\" hreflang=\"{lang}\" lang=\"{lang}\">{name}</a>");
        }
        out.push_str("</nav>\n");
    }
    out.push_str("</header>\n");
    out
}

/// An address for `href`; an empty one would mean the page itself.
fn here(address: &str) -> String {
    if address.is_empty() { "./".to_owned() } else { escape(address) }
}

/// The page of an article.
pub(super) fn article(site: &Site<'_>, article: &ParsedArticle) -> String {
    let lang = article.lang.as_str();
    let words = words::of(lang);
    let head = Head {
        lang,
        title: format!("{} · {}", article.title, site.name(lang)),
        description: &article.description,
        url: &article.url,
        alternates: site
            .other_languages(article)
            .iter()
            .map(|other| (other.lang.as_str(), other.url.clone()))
            .collect(),
    };
    let top = to_top(&article.url);
    let mut out = begin(site, &head);
    out.push_str(&banner(site, &head, false));
    let _ = writeln!(out, "<main>\n<article>\n<h1>{}</h1>", escape(&article.title));
    if let Some(day) = &article.updated {
        let day = escape(day);
        let _ = writeln!(
            out,
            "<p class=\"updated\"{}>{} <time datetime=\"{day}\">{day}</time></p>",
            words_lang(words, lang),
            words.updated
        );
    }
    out.push_str(&contents(article));
    out.push_str(&render::body(&article.events, lang, &top));
    out.push_str("</article>\n</main>\n");
    let index = here(&format!("{top}{}", site.index_url(lang)));
    let _ = writeln!(
        out,
        "<footer>\n<a href=\"{index}\"{}>{}</a>\n</footer>\n</body>\n</html>",
        words_lang(words, lang),
        words.all_articles
    );
    out
}

/// The list of headings, where there are many.
fn contents(article: &ParsedArticle) -> String {
    let mut headings = Vec::new();
    for (at, event) in article.events.iter().enumerate() {
        if let Event::Open(Node::Heading { level: level @ 1..=3, id }) = event {
            let mut depth = 0_usize;
            let end = article.events[at..].iter().position(|event| {
                match event {
                    Event::Open(_) => depth += 1,
                    Event::Close => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let inside = &article.events[at + 1..at + end.unwrap_or(1)];
            headings.push((*level, id, plain(inside)));
        }
    }
    if headings.len() < HEADINGS_WITH_CONTENTS {
        return String::new();
    }
    let words = words::of(&article.lang);
    let lang = words_lang(words, &article.lang);
    let mut out = format!("<nav class=\"contents\" aria-label=\"{0}\">\n<p{lang}>{0}</p>\n<ul>\n", words.contents);
    for (level, id, text) in headings {
        let class = if level > 2 { " class=\"inner\"" } else { "" };
        let _ = writeln!(out, "<li{class}><a href=\"#{}\">{}</a></li>", escape(id), escape(&text));
    }
    out.push_str("</ul>\n</nav>\n");
    out
}

/// The index of a language, at the address `url`.
pub(super) fn index(site: &Site<'_>, lang: &str, url: &str) -> String {
    let others = site.languages.iter().filter(|other| **other != lang);
    let head = Head {
        lang,
        title: site.name(lang).to_owned(),
        description: "",
        url,
        alternates: others.map(|other| (*other, site.index_url(other))).collect(),
    };
    let (top, words) = (to_top(url), words::of(lang));
    let mut out = begin(site, &head);
    out.push_str(&banner(site, &head, true));
    let _ = writeln!(out, "<main>\n<h1{}>{}</h1>", words_lang(words, lang), words.all_articles);
    let listing = site.listings.get(lang).map_or(&[][..], Vec::as_slice);
    let has_collections = listing.iter().any(|article| article.collection.is_some());
    for group in listing.chunk_by(|a, b| a.collection == b.collection) {
        match group.first().and_then(|article| article.collection.as_deref()) {
            Some(name) => {
                let _ = writeln!(out, "<h2>{}</h2>", escape(name));
            }
            None if has_collections => {
                let _ = writeln!(out, "<h2{}>{}</h2>", words_lang(words, lang), words.other_articles);
            }
            None => {}
        }
        out.push_str("<ul class=\"articles\">\n");
        for article in group {
            let href = escape(&format!("{top}{}", article.url));
            let _ = write!(out, "<li><a href=\"{href}\">{}</a>", escape(&article.title));
            if !article.description.is_empty() {
                let _ = write!(out, "<p>{}</p>", escape(&article.description));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// A page that sends readers of a former address on.
pub(super) fn redirect(site: &Site<'_>, article: &ParsedArticle, from: &str) -> String {
    let address = escape(&format!("{}{}", to_top(from), article.url));
    let (words, title) = (words::of(&article.lang), escape(&article.title));
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · {}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n\
         <link rel=\"stylesheet\" href=\"{}style.css\">\n</head>\n<body>\n<main>\n\
         <p><span{}>{}</span> <a href=\"{address}\">{title}</a></p>\n</main>\n</body>\n</html>\n",
        escape(&article.lang),
        words::direction(&article.lang),
        escape(site.name(&article.lang)),
        to_top(from),
        words_lang(words, &article.lang),
        words.moved,
    )
}
