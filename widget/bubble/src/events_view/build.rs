use answer_messages::{Alert, Align, Event, Image, Node, Target};
use yew::Html;

use super::links::{anchor, section_link};
use crate::{
    address,
    components::article_link,
    node::{El, el, text as words},
    shell::Shell,
    state::Place,
    text::{self, Lang, joined},
};

/// Nodes from events. An event that does not fit (a `Close` too many, an `Open` too few) costs nothing but itself.
pub(crate) fn nodes(events: &[Event], shell: &Shell, page: Option<&str>) -> Vec<Html> {
    let lang = shell.lang();
    // What is open, innermost last.
    let mut open: Vec<El> = Vec::new();
    let mut done: Vec<Html> = Vec::new();
    for event in events {
        let node = match event {
            Event::Open(node) => {
                open.push(element(node, shell, page));
                continue;
            }
            Event::Close => match open.pop() {
                Some(element) => close(element, lang),
                None => continue,
            },
            Event::Text(text) => words(text),
            Event::Code(code) => el("code", "").text(code).done(),
            Event::LineBreak => el("br", "").done(),
            Event::Rule => el("hr", "").done(),
            Event::Image(image) => picture(image, shell),
            Event::FootnoteReference(number) => {
                let number = text::digits((*number).into());
                let link =
                    section_link(shell, page, &footnote(&number)).with("aria-label", &text::footnote(lang, &number));
                el("sup", "").child(link.text(&number)).done()
            }
            Event::Task(done) => task(*done, lang),
        };
        put(node, &mut open, &mut done);
    }
    while let Some(element) = open.pop() {
        put(close(element, lang), &mut open, &mut done);
    }
    done
}

fn put(node: Html, open: &mut Vec<El>, done: &mut Vec<Html>) {
    match open.pop() {
        Some(element) => open.push(element.add(node)),
        None => done.push(node),
    }
}

fn close(element: El, lang: Lang) -> Html {
    let (wide, code) = (element.is("table"), element.is("pre"));
    let node = element.done();
    if wide {
        scrolling("div", "box", text::table(lang)).add(node).done()
    } else if code {
        // `screen.js` copies what is before the button, and says so behind it with the button's value.
        let copy = el("button", "plain copy").with("type", "button").with("value", text::copied(lang));
        let says = el("span", "note").with("role", "status");
        el("div", "code").add(node).child(copy.text(text::copy(lang))).child(says).done()
    } else {
        node
    }
}

/// An element that scrolls in itself, by keyboard too.
fn scrolling(tag: &'static str, class: &str, label: &str) -> El {
    el(tag, class).with("tabindex", "0").with("role", "group").with("aria-label", label)
}

fn footnote(number: &str) -> String {
    joined(&["footnote-", number])
}

fn task(done: bool, lang: Lang) -> Html {
    let (class, label) = if done { ("task done", text::done(lang)) } else { ("task", text::not_done(lang)) };
    el("span", class).with("role", "img").with("aria-label", label).done()
}

fn picture(image: &Image, shell: &Shell) -> Html {
    if image.path.is_empty() {
        return el("span", "missing").text(&image.alt).done();
    }
    let src = joined(&[&shell.setup.given.search.kb, image.path.trim_start_matches('/')]);
    let picture = el("img", "").with("src", &src).with("alt", &image.alt).with("loading", "lazy");
    match image.size {
        Some((width, height)) => {
            picture.with("width", &text::digits(width.into())).with("height", &text::digits(height.into()))
        }
        None => picture,
    }
    .done()
}

/// The element of a node, still empty.
fn element(node: &Node, shell: &Shell, page: Option<&str>) -> El {
    let lang = shell.lang();
    let tag = match node {
        Node::Heading { level, id } => {
            // The panel's name is the second level, the article's title the third.
            let tag = match level {
                0..=2 => "h4",
                3 => "h5",
                _ => "h6",
            };
            return el(tag, "").with("id", &anchor(id)).with("tabindex", "-1");
        }
        Node::Alert(kind) => {
            let (class, label) = alert(*kind, lang);
            let label = el("p", "kind").with("lang", lang.tag()).text(label);
            return el("div", class).with("role", "note").child(label);
        }
        Node::List(Some(first)) => return el("ol", "").with("start", &text::digits(*first)),
        Node::CodeBlock(_) => return scrolling("pre", "", text::code(lang)).with("dir", "ltr"),
        Node::Table => "table",
        Node::Cell { header, align } => {
            let class = match align {
                Align::Start => "",
                Align::Center => "center",
                Align::End => "end",
            };
            return if *header { el("th", class).with("scope", "col") } else { el("td", class) };
        }
        Node::Footnote(number) => {
            let number = text::digits((*number).into());
            let mark = el("sup", "").text(&number);
            return el("div", "footnote").with("id", &anchor(&footnote(&number))).with("tabindex", "-1").child(mark);
        }
        Node::Link(target) => return link(target, shell, page),
        Node::Paragraph => "p",
        Node::Quote => "blockquote",
        Node::List(None) => "ul",
        Node::Item => "li",
        Node::Row => "tr",
        Node::Emphasis => "em",
        Node::Strong => "strong",
        Node::Strikethrough => "s",
        Node::Subscript => "sub",
        Node::Superscript => "sup",
        Node::Keyboard => "kbd",
        Node::Details => "details",
        Node::Summary => "summary",
    };
    el(tag, "")
}

fn link(target: &Target, shell: &Shell, page: Option<&str>) -> El {
    match target {
        Target::Article { slug, section } => article_link(shell, Place::new(slug, section), ""),
        Target::Section(section) => section_link(shell, page, section),
        Target::External(href) if address::allowed(href) => {
            el("a", "").with("href", href).with("target", "_blank").with("rel", "noopener")
        }
        Target::External(_) | Target::Dead => el("span", ""),
    }
}

fn alert(kind: Alert, lang: Lang) -> (&'static str, &'static str) {
    match kind {
        Alert::Note => ("alert", text::note(lang)),
        Alert::Tip => ("alert", text::tip(lang)),
        Alert::Important => ("alert", text::important(lang)),
        Alert::Warning => ("alert grave", text::warning(lang)),
        Alert::Caution => ("alert grave", text::caution(lang)),
    }
}
