//! What becomes of raw HTML: the tags that have a node, those that are passed over, those that are dropped, and
//! placeholders such as `<username>`, which are text.

use answer_messages::{Align, Node};

use super::{
    Remark, RemarkKind,
    builder::{Builder, Origin},
    html::{Tag, TokenKind, tokens},
};

enum Role {
    /// A node that holds blocks or stands among them.
    Block(Node),
    /// A node within a line.
    Inline(Node),
    Break,
    Rule,
    Link,
    Picture,
    Code,
    /// Its content stands as a block of its own.
    Boundary,
    /// Only its content counts.
    Plain,
    /// Dropped with its content.
    Drop,
    /// Dropped, its content is shown.
    DropTag,
    /// Not HTML: a writer's placeholder.
    Text,
}

fn role(name: &str) -> (Role, &'static str) {
    macro_rules! roles {
        ($($($tag:literal)|+ => $role:expr,)*) => {
            match name {
                $($($tag => ($role, $tag),)+)*
                _ => (Role::Text, ""),
            }
        };
    }
    let heading = |level| Role::Block(Node::Heading { level, id: String::new() });
    let cell = |header| Role::Block(Node::Cell { header, align: Align::Start });
    roles! {
        "br" => Role::Break,
        "hr" => Role::Rule,
        "a" => Role::Link,
        "img" => Role::Picture,
        "code" | "samp" | "tt" => Role::Code,
        "details" => Role::Block(Node::Details),
        "summary" => Role::Block(Node::Summary),
        "table" => Role::Block(Node::Table),
        "tr" => Role::Block(Node::Row),
        "td" => cell(false),
        "th" => cell(true),
        "blockquote" => Role::Block(Node::Quote),
        "pre" => Role::Block(Node::CodeBlock(None)),
        "ul" => Role::Block(Node::List(None)),
        "ol" => Role::Block(Node::List(Some(1))),
        "li" => Role::Block(Node::Item),
        "h1" => heading(1),
        "h2" => heading(2),
        "h3" => heading(3),
        "h4" => heading(4),
        "h5" => heading(5),
        "h6" => heading(6),
        "sub" => Role::Inline(Node::Subscript),
        "sup" => Role::Inline(Node::Superscript),
        "kbd" => Role::Inline(Node::Keyboard),
        "b" | "strong" => Role::Inline(Node::Strong),
        "i" | "em" => Role::Inline(Node::Emphasis),
        "s" | "del" | "strike" => Role::Inline(Node::Strikethrough),
        "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav" | "center" | "figure"
            | "figcaption" | "caption" | "dl" | "dt" | "dd" | "thead" | "tbody" | "tfoot" | "hgroup" | "fieldset" => Role::Boundary,
        "span" | "font" | "small" | "big" | "u" | "ins" | "mark" | "abbr" | "cite" | "q" | "dfn" | "var" | "wbr"
            | "nobr" | "bdi" | "bdo" | "ruby" | "rt" | "rp" | "rb" | "picture" | "source" | "colgroup" | "col"
            | "label" | "noscript" | "acronym" => Role::Plain,
        "script" | "style" | "svg" => Role::Drop,
        "iframe" | "video" | "audio" | "embed" | "object" | "track" | "canvas" => Role::DropTag,
    }
}

/// Whether a tag of this name, in lower case, is one of HTML.
pub(super) fn is_html(name: &str) -> bool {
    !matches!(role(name).0, Role::Text)
}

/// Reads raw HTML, piece by piece, as Markdown hands it over.
#[derive(Default)]
pub(super) struct Html {
    pub(super) remarks: Vec<Remark>,
    pub(super) marks: Vec<(String, usize)>,
    dropping: Option<&'static str>,
}

impl Html {
    /// Whether what comes is inside an element that is not shown.
    pub(super) fn is_dropping(&self) -> bool {
        self.dropping.is_some()
    }

    /// Reads `html`; `places` tells for offsets of it where they are in the file.
    pub(super) fn read(&mut self, html: &str, places: &[(usize, usize)], builder: &mut Builder) {
        for token in tokens(html) {
            if let Some(name) = self.dropping {
                if matches!(&token.kind, TokenKind::Close(closed, _) if closed == name) {
                    self.dropping = None;
                }
                continue;
            }
            let at = places.partition_point(|(inside, _)| *inside <= token.offset).saturating_sub(1);
            let (inside, outside) = places.get(at).copied().unwrap_or_default();
            let offset = outside + token.offset.saturating_sub(inside);
            match token.kind {
                TokenKind::Text(text) => builder.html_text(&text),
                TokenKind::Open(tag) => self.open(&tag, offset, builder),
                TokenKind::Close(name, source) => close(&name, source, builder),
            }
        }
    }

    /// Nothing within a line reaches over the end of its text.
    pub(super) fn end_of_text(&mut self, builder: &mut Builder) {
        self.dropping = None;
        builder.end_all_code();
    }

    /// An HTML block has ended: words that follow are not of its paragraph.
    pub(super) fn end_of_block(&mut self, builder: &mut Builder) {
        builder.boundary();
    }

    fn open(&mut self, tag: &Tag<'_>, offset: usize, builder: &mut Builder) {
        let (role, name) = role(&tag.name);
        if matches!(role, Role::Text) {
            return builder.html_text(tag.source);
        }
        if matches!(role, Role::Drop) {
            self.remarks.push(Remark { kind: RemarkKind::DroppedElement(name), offset });
            if !tag.source.ends_with("/>") {
                self.dropping = Some(name);
            }
            return;
        }
        for key in ["id", "name"] {
            if let Some(mark) = tag.attribute(key)
                && !mark.is_empty()
            {
                self.marks.push((mark.to_owned(), builder.events.len()));
            }
        }
        // `<sup/>` holds nothing; `<br/>` and the like never do.
        let is_leaf = matches!(role, Role::Break | Role::Rule | Role::Picture | Role::DropTag);
        if tag.source.ends_with("/>") && !is_leaf {
            return;
        }
        // In a block of code only words count.
        if builder.is_in_code_block() && !matches!(role, Role::Break) {
            return;
        }
        match role {
            Role::Break => builder.line_break(),
            Role::Rule => builder.rule(),
            Role::Boundary => builder.boundary(),
            Role::Plain | Role::Drop | Role::Text => {}
            Role::DropTag => self.remarks.push(Remark { kind: RemarkKind::DroppedTag(name), offset }),
            Role::Code => builder.begin_code(),
            Role::Picture => {
                let source = tag.attribute("src").unwrap_or("").to_owned();
                // An empty one says on purpose that there is nothing to say.
                self.picture(builder, source, tag.attribute("alt"), offset);
            }
            Role::Link => {
                builder.close_html("a", false);
                if let Some(destination) = tag.attribute("href") {
                    builder.open_link(destination.trim().to_owned(), offset, Origin::Html("a"));
                }
            }
            Role::Inline(node) => {
                builder.open(node, Origin::Html(name));
            }
            Role::Block(node) => open_block(node, name, builder),
        }
    }

    /// A picture, or its words where it lies on another server.
    pub(super) fn picture(&mut self, builder: &mut Builder, source: String, alt: Option<&str>, offset: usize) {
        let is_silent = alt.is_none();
        let alt = alt.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
        if is_remote(&source) {
            self.remarks.push(Remark { kind: RemarkKind::RemoteImage(source), offset });
            builder.text(&alt);
        } else {
            if is_silent {
                self.remarks.push(Remark { kind: RemarkKind::SilentImage, offset });
            }
            builder.image(source, alt, offset);
        }
    }
}

fn is_remote(source: &str) -> bool {
    let scheme = source.split(['/', '?', '#']).next().unwrap_or("");
    source.starts_with("//") || scheme.contains(':')
}

fn open_block(node: Node, name: &'static str, builder: &mut Builder) {
    // Items, rows and cells end where the next one begins; headings do not nest.
    match &node {
        Node::Item => builder.close_sibling(&["li"], &["ul", "ol"]),
        Node::Cell { .. } => builder.close_sibling(&["td", "th"], &["tr", "table"]),
        Node::Row => builder.close_sibling(&["tr"], &["table"]),
        _ => {}
    }
    if builder.accepts(&node) {
        builder.open(node, Origin::Html(name));
    } else {
        builder.boundary();
    }
}

fn close(name: &str, source: &str, builder: &mut Builder) {
    match role(name) {
        (Role::Text, _) => builder.html_text(source),
        (Role::Boundary, _) => builder.boundary(),
        (Role::Code, _) => builder.end_code(),
        (Role::Break, _) => builder.line_break(),
        (Role::Block(_), name) => {
            if !builder.close_html(name, true) {
                builder.boundary();
            }
        }
        (_, name) => {
            builder.close_html(name, false);
        }
    }
}
