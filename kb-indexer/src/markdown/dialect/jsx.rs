//! MDX: statements, comments, and tags of components.

use std::collections::HashMap;

use super::{Foreign, Found, Source, destination, front, plain, window};

/// A tag that is longer than this is no tag.
const MAX_TAG_BYTES: usize = 2 * 1024;
/// A statement that is longer than this is none.
const MAX_STATEMENT_BYTES: usize = 8 * 1024;

/// Finds `import` and `export` statements; gives the names that are imported.
pub(super) fn find_statements<'t>(source: &Source<'t>, found: &mut Found) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut at = 0;
    let mut may_begin = true;
    while at < source.text.len() {
        let rest = &source.text[at..];
        let line_end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let length = if may_begin && !source.is_code(at) {
            import(rest).map(|(length, imported)| {
                names.extend(imported);
                length
            })
        } else {
            None
        };
        let length = length.or_else(|| if may_begin && !source.is_code(at) { export(rest) } else { None });
        if let Some(length) = length {
            found.replace(at, at + length, "");
            at += length;
            if source.text[at..].starts_with('\n') {
                at += 1;
            }
        } else {
            may_begin = rest[..line_end].trim().is_empty();
            at += line_end;
        }
    }
    names
}

/// Length of the `import` that `rest` begins with, and the names that it brings.
fn import(rest: &str) -> Option<(usize, Vec<&str>)> {
    let after = rest.strip_prefix("import ")?;
    let after = window(after, MAX_STATEMENT_BYTES);
    let statement = match after.trim_start().as_bytes().first()? {
        b'{' => {
            &after[..after.find('}').map(|brace| brace + after[brace..].find('\n').unwrap_or(after.len() - brace))?]
        }
        _ => after.split('\n').next()?,
    };
    let (clause, module) = match statement.rfind(" from ") {
        Some(from) => (&statement[..from], statement[from + " from ".len()..].trim()),
        None => ("", statement.trim()),
    };
    let module = module.strip_suffix(';').unwrap_or(module);
    let is_quoted = ['"', '\''].iter().any(|quote| {
        module.len() >= 2
            && module.starts_with(*quote)
            && module.ends_with(*quote)
            && !module[1..module.len() - 1].contains(*quote)
    });
    // A sentence may begin with the word, and even quote something at its end.
    let is_clause = clause.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "{},*_$".contains(c));
    let words = clause.split_whitespace().filter(|word| *word != "as" && *word != "type").count();
    let listed = clause.contains(['{', ',', '*']) || words <= 1;
    if !is_quoted || !is_clause || !listed {
        return None;
    }
    let names = clause.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).filter(|name| !name.is_empty());
    Some(("import ".len() + statement.len(), names.collect()))
}

/// Length of the `export` that `rest` begins with.
fn export(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("export ")?;
    let line = after.split('\n').next()?.trim_end();
    let (keyword, more) = line.split_once(' ')?;
    let is_statement = match keyword {
        "const" | "let" | "var" => more.contains('='),
        "function" | "class" | "async" => more.contains(['(', '{']),
        "default" => line.ends_with([';', '{', '(', '}', ')', '>']),
        _ => keyword == "{" || keyword == "*",
    };
    if !is_statement {
        return None;
    }
    let mut depth = 0_i32;
    let mut previous = '\0';
    for (at, c) in rest.char_indices().take_while(|(at, _)| *at < MAX_STATEMENT_BYTES) {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            '\n' if depth <= 0 && (previous == '\n' || rest[at + 1..].starts_with('\n') || previous == ';') => {
                return Some(at);
            }
            _ => {}
        }
        previous = c;
    }
    (depth <= 0 && rest.len() < MAX_STATEMENT_BYTES).then_some(rest.len())
}

/// Takes a comment `{/* … */}`; behind a heading `{/* #name */}` names its anchor.
pub(super) fn take_comment(text: &str, start: usize, found: &mut Found) -> Option<usize> {
    let inside = text[start..].strip_prefix("{/*")?;
    let length = front(inside, MAX_TAG_BYTES).find("*/}")?;
    let end = start + 3 + length + 3;
    let words = inside[..length].trim();
    let anchor = words.strip_prefix('#').filter(|name| !name.is_empty() && !name.contains(char::is_whitespace));
    found.replace(start, end, anchor.map_or_else(String::new, |name| format!("{{#{name}}}")));
    Some(end)
}

/// Takes tags of components.
pub(super) struct Tags<'t> {
    text: &'t str,
    imports: &'t [&'t str],
    /// Whether a name has a closing tag.
    closed: HashMap<&'t str, bool>,
}

/// A tag.
struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    is_closing: bool,
    is_leaf: bool,
    length: usize,
}

impl<'t> Tags<'t> {
    pub(super) fn new(text: &'t str, imports: &'t [&'t str]) -> Self {
        Self { text, imports, closed: HashMap::new() }
    }

    /// Takes the tag that begins at `start`, if it is that of a component.
    pub(super) fn take(&mut self, source: &Source<'t>, start: usize, found: &mut Found) -> Option<usize> {
        let tag = tag(window(&self.text[start..], MAX_TAG_BYTES))?;
        if !self.is_component(&tag) {
            return None;
        }
        let end = start + tag.length;
        found.replace(start, end, words(&tag, source.is_alone(start, end)));
        found.tell(Foreign::Component(tag.name.to_owned()), start);
        Some(end)
    }

    /// A placeholder such as `<Name>` stays text: a component is imported, closed, or has attributes.
    fn is_component(&mut self, tag: &Tag<'t>) -> bool {
        let root = tag.name.split('.').next().unwrap_or("");
        if self.imports.contains(&root) {
            return true;
        }
        if crate::markdown::tags::is_html(&tag.name.to_ascii_lowercase()) {
            return false;
        }
        let may_be_attributes = tag.attributes.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || c == '{');
        if tag.is_leaf || tag.is_closing || (may_be_attributes && tag.attributes.contains('=')) {
            return true;
        }
        let text = self.text;
        *self.closed.entry(tag.name).or_insert_with(|| text.contains(&format!("</{}>", tag.name)))
    }
}

/// The tag that `text` begins with: `<Name`, attributes with quotes and braces, `>`.
fn tag(text: &str) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let is_closing = bytes.get(1) == Some(&b'/');
    let start = 1 + usize::from(is_closing);
    let name_length = text[start..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(0);
    let name = &text[start..start + name_length];
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) || name_length > 60 {
        return None;
    }
    let inside = start + name_length;
    if !matches!(bytes.get(inside), Some(b' ' | b'\n' | b'\t' | b'/' | b'>')) {
        return None;
    }
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text[inside..].char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '<') if depth == 0 => return None,
            (None, '>') if depth == 0 => {
                let attributes = &text[inside..inside + at];
                let is_leaf = attributes.trim_end().ends_with('/');
                return Some(Tag { name, attributes, is_closing, is_leaf, length: inside + at + 1 });
            }
            _ => {}
        }
    }
    None
}

/// The words that a component would have shown itself: a card's title, a tab's label, a link.
fn words(tag: &Tag<'_>, is_alone: bool) -> String {
    let find = |names: [&str; 2]| names.into_iter().find_map(|name| attribute(tag.attributes, name));
    let Some(title) = find(["title", "label"]).filter(|title| !title.trim().is_empty()) else { return String::new() };
    match find(["href", "to"]) {
        Some(address) if tag.is_leaf => format!("[{}]({})", plain(title), destination(address)),
        _ if is_alone => format!("**{}**<br>", plain(title)),
        _ => String::new(),
    }
}

/// The text that an attribute has between quotes.
pub(super) fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let begins = |at: &usize| attributes[..*at].chars().next_back().is_none_or(char::is_whitespace);
    let at = attributes.match_indices(name).map(|(at, _)| at).find(begins)?;
    let value = attributes[at + name.len()..].strip_prefix('=')?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}
