//! Dialects of other tools, rewritten as the Markdown that is read here: Docusaurus and VitePress containers,
//! Microsoft's directives, MDX, Hugo's shortcodes, wiki links. Code is left as it is, and every place in the new text
//! knows its place in the old.

mod containers;
mod edits;
mod jsx;
mod shortcodes;
mod wiki;

use pulldown_cmark::{Event, Parser, Tag};

use self::edits::Edit;
pub(super) use self::edits::Rewritten;
use super::options;

/// Begins the destination of a link that names an article rather than its path: a character for private use, which
/// no writer types.
pub const BY_NAME: char = '\u{E000}';

/// Markup of another tool that has no meaning here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foreign {
    /// A component of JSX.
    Component(String),
    /// A container between lines of colons.
    Container(String),
    /// A shortcode of Hugo.
    Shortcode(String),
}

/// Rewrites `markdown`; `None` where nothing in it is of another tool.
pub(super) fn rewrite(markdown: &str) -> Option<Rewritten> {
    if !may_be_foreign(markdown) {
        return None;
    }
    let source = Source { text: markdown, code: code(markdown) };
    let mut found = Found::default();
    containers::find(&source, &mut found);
    let imports = jsx::find_statements(&source, &mut found);
    find_inline(&source, &imports, &mut found);
    (!found.edits.is_empty()).then(|| edits::apply(markdown, found))
}

/// A cheap look: most articles have nothing of the kind.
fn may_be_foreign(markdown: &str) -> bool {
    let starts = |text: &str| markdown.starts_with(text) || markdown.contains(&format!("\n{text}"));
    [":::", "{{<", "{{%", "[[", "{/*"].iter().any(|mark| markdown.contains(mark))
        || starts("import ")
        || starts("export ")
        || markdown.match_indices('<').any(|(at, _)| {
            let rest = markdown[at + 1..].trim_start_matches('/').as_bytes();
            rest.first().is_some_and(u8::is_ascii_uppercase)
        })
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Found {
    edits: Vec<Edit>,
    foreign: Vec<(Foreign, usize)>,
}

impl Found {
    fn replace(&mut self, start: usize, end: usize, with: impl Into<String>) {
        self.edits.push(Edit { start, end, with: with.into() });
    }

    fn tell(&mut self, foreign: Foreign, at: usize) {
        self.foreign.push((foreign, at));
    }
}

/// A text and where its code is.
struct Source<'t> {
    text: &'t str,
    /// Ranges, rising.
    code: Vec<(usize, usize)>,
}

impl Source<'_> {
    /// Where the code ends that holds the byte `at`.
    fn end_of_code(&self, at: usize) -> Option<usize> {
        let next = self.code.partition_point(|(start, _)| *start <= at);
        let (_, end) = *self.code.get(next.checked_sub(1)?)?;
        (at < end).then_some(end)
    }

    fn is_code(&self, at: usize) -> bool {
        self.end_of_code(at).is_some()
    }

    /// Whether the character at `at` is escaped by a backslash.
    fn is_escaped(&self, at: usize) -> bool {
        let before = &self.text.as_bytes()[..at];
        before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    }

    /// Whether nothing but blanks stands beside `start..end` on its lines.
    fn is_alone(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].chars().rev().find(|c| *c == '\n' || !c.is_whitespace());
        let after = self.text[end..].chars().find(|c| *c == '\n' || !c.is_whitespace());
        before.is_none_or(|c| c == '\n') && after.is_none_or(|c| c == '\n')
    }
}

/// Ranges of blocks and spans of code.
fn code(markdown: &str) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            match ranges.last_mut() {
                Some((_, end)) if range.start < *end => *end = range.end.max(*end),
                _ => ranges.push((range.start, range.end)),
            }
        }
    }
    ranges
}

/// Finds what stands among words.
fn find_inline(source: &Source<'_>, imports: &[&str], found: &mut Found) {
    let text = source.text;
    let mut jsx = jsx::Tags::new(text, imports);
    let mut at = 0;
    while let Some(next) = text[at..].find(['<', '{', '[']) {
        let start = at + next;
        if let Some(end) = source.end_of_code(start) {
            at = end;
            continue;
        }
        let taken = match text.as_bytes()[start] {
            _ if source.is_escaped(start) => None,
            b'<' => jsx.take(source, start, found),
            b'{' => jsx::take_comment(text, start, found).or_else(|| shortcodes::take(source, start, found)),
            _ => wiki::take(text, start, found),
        };
        at = taken.unwrap_or(start + 1);
    }
}

/// `text` up to the next blank line, and at most `bytes` of it.
fn window(text: &str, bytes: usize) -> &str {
    let window = front(text, bytes);
    window.find("\n\n").map_or(window, |blank| &window[..blank])
}

/// At most `bytes` of `text`.
fn front(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A destination as it is written between `<` and `>`.
fn destination(text: &str) -> String {
    let mut out = String::from("<");
    for c in text.trim().chars() {
        match c {
            '<' | '>' | '\\' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('>');
    out
}

/// Words as they are written where they shall mean nothing but themselves.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
