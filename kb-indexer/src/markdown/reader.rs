use std::collections::HashMap;

use answer_messages::{Alert, Align, Event, Node};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event as Parsed, HeadingLevel, LinkType, Parser, Tag, TagEnd,
};

use super::{
    Body, Remark, RemarkKind,
    builder::{Builder, Origin},
    dialect, options,
    tags::Html,
};

/// Reads Markdown. `start` is the byte offset of `markdown` in its file, so that offsets tell places in the file.
pub fn read(markdown: &str, start: usize) -> Body {
    let mut reader = Reader { start, ..Reader::default() };
    match dialect::rewrite(markdown) {
        None => {
            for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
                reader.event(event, start + range.start);
            }
        }
        Some(rewritten) => {
            for (event, range) in Parser::new_ext(&rewritten.text, options()).into_offset_iter() {
                reader.event(event, start + rewritten.place(range.start));
            }
            reader.html.remarks.extend(
                rewritten
                    .foreign
                    .into_iter()
                    .map(|(foreign, at)| Remark { kind: RemarkKind::Foreign(foreign), offset: start + at }),
            );
        }
    }
    reader.finish()
}

/// A picture whose alternative text is being collected.
struct Picture {
    source: String,
    alt: String,
    offset: usize,
    inner: usize,
}

#[derive(Default)]
struct Reader {
    start: usize,
    builder: Builder,
    html: Html,
    /// Numbers of the open nodes of Markdown; `None` where a node is not shown.
    open: Vec<Option<u64>>,
    picture: Option<Picture>,
    /// An HTML block as far as it was read, with the file's offset for offsets of it.
    block: Option<(String, Vec<(usize, usize)>)>,
    alignments: Vec<Align>,
    column: usize,
    in_head: bool,
    footnotes: HashMap<String, u32>,
    deep: Option<usize>,
}

impl Reader {
    fn event(&mut self, event: Parsed<'_>, offset: usize) {
        if self.picture.is_some() {
            return self.in_picture(event);
        }
        match event {
            Parsed::Start(tag) => {
                let id = if self.html.is_dropping() { None } else { self.open(tag, offset) };
                self.open.push(id);
                if self.builder.flattened && self.deep.is_none() {
                    self.deep = Some(offset);
                }
            }
            Parsed::End(tag) => self.close(tag),
            _ if self.html.is_dropping() && !matches!(event, Parsed::Html(_) | Parsed::InlineHtml(_)) => {}
            Parsed::Text(text) => self.builder.text(&text),
            Parsed::Code(code) | Parsed::InlineMath(code) | Parsed::DisplayMath(code) => {
                if !code.is_empty() {
                    self.builder.inline(Event::Code(code.into_string()));
                }
            }
            Parsed::Html(html) => match &mut self.block {
                Some((block, places)) => {
                    places.push((block.len(), offset));
                    block.push_str(&html);
                }
                None => self.html.read(&html, &[(0, offset)], &mut self.builder),
            },
            Parsed::InlineHtml(html) => self.html.read(&html, &[(0, offset)], &mut self.builder),
            Parsed::SoftBreak => self.builder.soft_break(),
            Parsed::HardBreak => self.builder.line_break(),
            Parsed::Rule => self.builder.rule(),
            Parsed::TaskListMarker(done) => self.builder.inline(Event::Task(done)),
            Parsed::FootnoteReference(label) => {
                let number = self.footnote(&label);
                self.builder.inline(Event::FootnoteReference(number));
            }
        }
    }

    fn open(&mut self, tag: Tag<'_>, offset: usize) -> Option<u64> {
        let node = match tag {
            Tag::Paragraph => Node::Paragraph,
            Tag::Heading { level, .. } => Node::Heading { level: number(level), id: String::new() },
            Tag::BlockQuote(None) => Node::Quote,
            Tag::BlockQuote(Some(kind)) => Node::Alert(alert(kind)),
            Tag::CodeBlock(kind) => Node::CodeBlock(language(&kind)),
            Tag::List(first) => Node::List(first),
            Tag::Item => Node::Item,
            Tag::FootnoteDefinition(label) => Node::Footnote(self.footnote(&label)),
            Tag::Table(alignments) => {
                self.alignments = alignments.into_iter().map(align).collect();
                Node::Table
            }
            Tag::TableHead => {
                (self.column, self.in_head) = (0, true);
                Node::Row
            }
            Tag::TableRow => {
                (self.column, self.in_head) = (0, false);
                Node::Row
            }
            Tag::TableCell => {
                let align = self.alignments.get(self.column).copied().unwrap_or_default();
                self.column += 1;
                Node::Cell { header: self.in_head, align }
            }
            Tag::Emphasis => Node::Emphasis,
            Tag::Strong => Node::Strong,
            Tag::Strikethrough => Node::Strikethrough,
            Tag::Subscript => Node::Subscript,
            Tag::Superscript => Node::Superscript,
            Tag::Link { link_type, dest_url, .. } => {
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                return Some(self.builder.open_link(destination, offset, Origin::Markdown));
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some(Picture { source: dest_url.into_string(), alt: String::new(), offset, inner: 0 });
                return None;
            }
            Tag::HtmlBlock => {
                self.block = Some((String::new(), Vec::new()));
                return None;
            }
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition | Tag::MetadataBlock(_) => {
                return None;
            }
        };
        Some(self.builder.open(node, Origin::Markdown))
    }

    fn close(&mut self, tag: TagEnd) {
        if tag == TagEnd::HtmlBlock
            && let Some((block, places)) = self.block.take()
        {
            self.html.read(&block, &places, &mut self.builder);
            self.html.end_of_block(&mut self.builder);
        }
        if let Some(id) = self.open.pop().flatten() {
            self.builder.close(id);
        }
        let ends_text = matches!(
            tag,
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::HtmlBlock
        );
        if ends_text {
            self.html.end_of_text(&mut self.builder);
        }
    }

    /// Until a picture ends, all words are its alternative text.
    fn in_picture(&mut self, event: Parsed<'_>) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Parsed::Start(_) => picture.inner += 1,
            Parsed::End(_) if picture.inner > 0 => picture.inner -= 1,
            Parsed::End(_) => {
                self.open.pop();
                if let Some(Picture { source, alt, offset, .. }) = self.picture.take()
                    && !self.html.is_dropping()
                {
                    let alt = Some(alt.as_str()).filter(|alt| !alt.trim().is_empty());
                    self.html.picture(&mut self.builder, source, alt, offset);
                }
            }
            Parsed::Text(text) | Parsed::Code(text) => picture.alt.push_str(&text),
            Parsed::SoftBreak | Parsed::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    /// Footnotes are numbered as they are first met.
    fn footnote(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.footnotes.len()).unwrap_or(u32::MAX).saturating_add(1);
        *self.footnotes.entry(label.to_lowercase()).or_insert(next)
    }

    fn finish(mut self) -> Body {
        self.html.end_of_text(&mut self.builder);
        self.builder.finish();
        let mut remarks = self.html.remarks;
        let deep = self.deep.or(self.builder.flattened.then_some(self.start));
        remarks.extend(deep.map(|offset| Remark { kind: RemarkKind::DeepNesting, offset }));
        remarks.sort_by_key(|remark| remark.offset);
        Body {
            events: self.builder.events,
            links: self.builder.links,
            images: self.builder.images,
            marks: self.html.marks,
            remarks,
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// The first word behind the fence, without what tools append to it (`rust,ignore`, `js{1,3}`).
fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let name = info.split([' ', '\t', ',', '{', ':']).next()?.trim();
    (!name.is_empty() && name.chars().count() <= 40).then(|| name.to_lowercase())
}
