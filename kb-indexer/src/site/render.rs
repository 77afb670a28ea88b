//! Events to HTML. Every text is escaped, every tag is one of ours.

use std::{collections::BTreeSet, fmt::Write as _};

use answer_messages::{Align, Event, Image, Node, Target};

use super::{
    escape::escape,
    words::{self, Words},
};
use crate::library::url;

/// The body of an article as HTML. `top` is the way from its page to the top of the site.
pub(super) fn body(events: &[Event], lang: &str, top: &str) -> String {
    let mut renderer = Renderer {
        out: String::new(),
        ends: Vec::new(),
        words: words::of(lang),
        lang,
        top,
        references: BTreeSet::new(),
    };
    for event in events {
        renderer.event(event);
    }
    renderer.out
}

struct Renderer<'a> {
    out: String,
    /// What ends the open nodes.
    ends: Vec<&'static str>,
    words: &'static Words,
    lang: &'a str,
    top: &'a str,
    /// Footnotes that were referred to: the way back leads to the first reference.
    references: BTreeSet<u32>,
}

impl Renderer<'_> {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Open(node) => self.open(node),
            Event::Close => {
                if let Some(end) = self.ends.pop() {
                    self.out.push_str(end);
                }
            }
            Event::Text(text) => self.out.push_str(&escape(text)),
            Event::Code(text) => self.put(format_args!("<code>{}</code>", escape(text))),
            Event::LineBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::Image(image) => self.image(image),
            Event::FootnoteReference(number) => {
                let id = match self.references.insert(*number) {
                    true => format!(" id=\"ref.{number}\""),
                    false => String::new(),
                };
                self.put(format_args!("<sup><a href=\"#fn.{number}\"{id}>{number}</a></sup>"));
            }
            Event::Task(done) => self.out.push_str(if *done { "☑ " } else { "☐ " }),
        }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn open(&mut self, node: &Node) {
        let end = match node {
            Node::Paragraph => self.tag("<p>", "</p>\n"),
            Node::Heading { level, id } => self.heading(*level, id),
            Node::Quote => self.tag("<blockquote>\n", "</blockquote>\n"),
            Node::Alert(kind) => {
                let class = format!("{kind:?}").to_lowercase();
                let (title, lang) = (self.words.alert(*kind), self.words_lang());
                self.put(format_args!(
                    "<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\"{lang}>{title}</p>\n"
                ));
                "</div>\n"
            }
            Node::List(None) => self.tag("<ul>\n", "</ul>\n"),
            Node::List(Some(1)) => self.tag("<ol>\n", "</ol>\n"),
            Node::List(Some(first)) => {
                self.put(format_args!("<ol start=\"{first}\">\n"));
                "</ol>\n"
            }
            Node::Item => self.tag("<li>", "</li>\n"),
            Node::CodeBlock(None) => self.tag("<pre tabindex=\"0\"><code>", "</code></pre>\n"),
            Node::CodeBlock(Some(language)) => {
                self.put(format_args!("<pre tabindex=\"0\"><code class=\"language-{}\">", escape(language)));
                "</code></pre>\n"
            }
            Node::Table => self.tag("<div class=\"table\" tabindex=\"0\">\n<table>\n", "</table>\n</div>\n"),
            Node::Row => self.tag("<tr>", "</tr>\n"),
            Node::Cell { header, align } => self.cell(*header, *align),
            Node::Emphasis => self.tag("<em>", "</em>"),
            Node::Strong => self.tag("<strong>", "</strong>"),
            Node::Strikethrough => self.tag("<del>", "</del>"),
            Node::Link(target) => self.link(target),
            Node::Subscript => self.tag("<sub>", "</sub>"),
            Node::Superscript => self.tag("<sup>", "</sup>"),
            Node::Keyboard => self.tag("<kbd>", "</kbd>"),
            Node::Details => self.tag("<details>\n", "</details>\n"),
            Node::Summary => self.tag("<summary>", "</summary>\n"),
            Node::Footnote(number) => {
                let (back, lang) = (self.words.back_to_text, self.words_lang());
                self.put(format_args!(
                    "<div class=\"footnote\" id=\"fn.{number}\">\n<a class=\"number\" href=\"#ref.{number}\" \
                     aria-label=\"{number}: {back}\"{lang}>{number}</a>\n"
                ));
                "</div>\n"
            }
        };
        self.ends.push(end);
    }

    fn tag(&mut self, start: &'static str, end: &'static str) -> &'static str {
        self.out.push_str(start);
        end
    }

    /// The page's title is its only heading of level 1.
    fn heading(&mut self, level: u8, id: &str) -> &'static str {
        let level = level.clamp(2, 6);
        self.put(format_args!("<h{level} id=\"{}\">", escape(id)));
        match level {
            2 => "</h2>\n",
            3 => "</h3>\n",
            4 => "</h4>\n",
            5 => "</h5>\n",
            _ => "</h6>\n",
        }
    }

    fn cell(&mut self, header: bool, align: Align) -> &'static str {
        let class = match align {
            Align::Start => "",
            Align::Center => " class=\"center\"",
            Align::End => " class=\"end\"",
        };
        if header {
            self.put(format_args!("<th scope=\"col\"{class}>"));
            "</th>"
        } else {
            self.put(format_args!("<td{class}>"));
            "</td>"
        }
    }

    fn link(&mut self, target: &Target) -> &'static str {
        match target {
            Target::Article { slug, section } => {
                let fragment = if section.is_empty() { String::new() } else { format!("#{section}") };
                self.put(format_args!("<a href=\"{}\">", escape(&format!("{}{}{fragment}", self.top, url(slug)))));
            }
            Target::Section(section) => self.put(format_args!("<a href=\"#{}\">", escape(section))),
            Target::External(address) => {
                self.put(format_args!("<a href=\"{}\" rel=\"noopener noreferrer\">", escape(address)));
            }
            Target::Dead => return "",
        }
        "</a>"
    }

    fn image(&mut self, image: &Image) {
        if image.path.is_empty() {
            if !image.alt.is_empty() {
                self.put(format_args!("<span class=\"missing\">{}</span>", escape(&image.alt)));
            }
            return;
        }
        let source = escape(&format!("{}{}", self.top, image.path));
        let size =
            image.size.map_or(String::new(), |(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
        self.put(format_args!("<img src=\"{source}\" alt=\"{}\"{size} loading=\"lazy\">", escape(&image.alt)));
    }

    /// Words that are not in the article's language say so.
    fn words_lang(&self) -> String {
        words_lang(self.words, self.lang)
    }
}

/// The attribute for words of ours in a page in `lang`.
pub(super) fn words_lang(words: &Words, lang: &str) -> String {
    if lang.split('-').next() == Some(words.lang) { String::new() } else { format!(" lang=\"{}\"", words.lang) }
}
