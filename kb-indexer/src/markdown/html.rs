//! A small, tolerant scanner of HTML tags. What is no tag is text.

use super::entities::decode;

/// A tag that is longer than this is no tag.
const MAX_TAG_BYTES: usize = 8 * 1024;
/// After so many `<` that begin no tag, the rest is text.
const MAX_FAILURES: usize = 10_000;

/// A piece of HTML, and the byte where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'h> {
    pub(super) offset: usize,
    pub(super) kind: TokenKind<'h>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'h> {
    /// Text, its entities resolved.
    Text(String),
    /// An opening tag.
    Open(Tag<'h>),
    /// A closing tag: its name in lower case and how it is written.
    Close(String, &'h str),
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Name in lower case.
    pub(super) name: String,
    /// Attributes, names in lower case.
    pub(super) attributes: Vec<(String, String)>,
    /// How it is written.
    pub(super) source: &'h str,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Cuts HTML into tags and text; comments, declarations and processing instructions are dropped.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    let mut failures = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        let (kind, length) = match scan(rest) {
            Some(scanned) if failures < MAX_FAILURES => scanned,
            _ => {
                failures += 1;
                at = start + 1;
                continue;
            }
        };
        push_text(&mut tokens, html, text_start, start);
        if let Some(kind) = kind {
            tokens.push(Token { offset: start, kind });
        }
        at = start + length;
        text_start = at;
    }
    push_text(&mut tokens, html, text_start, html.len());
    tokens
}

fn push_text<'h>(tokens: &mut Vec<Token<'h>>, html: &'h str, start: usize, end: usize) {
    if start < end {
        tokens.push(Token { offset: start, kind: TokenKind::Text(decode(&html[start..end])) });
    }
}

/// What begins with the `<` that `rest` begins with, and its length.
fn scan(rest: &str) -> Option<(Option<TokenKind<'_>>, usize)> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        let length = comment.find("-->").map_or(rest.len(), |end| 4 + end + 3);
        return Some((None, length));
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        let (text, length) = match data.find("]]>") {
            Some(end) => (&data[..end], 9 + end + 3),
            None => (data, rest.len()),
        };
        return Some((Some(TokenKind::Text(text.to_owned())), length));
    }
    let mut window = rest.len().min(MAX_TAG_BYTES);
    while !rest.is_char_boundary(window) {
        window -= 1;
    }
    let rest = &rest[..window];
    let bytes = rest.as_bytes();
    match bytes.get(1)? {
        b'!' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => Some((None, rest.find('>')? + 1)),
        b'?' => Some((None, rest.find('>')? + 1)),
        b'/' => {
            let name = name_at(rest, 2)?;
            let end = rest.find('>')?;
            let blank = rest[2 + name.len()..end].chars().all(char::is_whitespace);
            blank.then(|| (Some(TokenKind::Close(name.to_ascii_lowercase(), &rest[..=end])), end + 1))
        }
        _ => {
            let (tag, length) = open_tag(rest)?;
            Some((Some(TokenKind::Open(tag)), length))
        }
    }
}

fn name_at(text: &str, start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))).unwrap_or(rest.len());
    Some(&rest[..end])
}

fn open_tag(rest: &str) -> Option<(Tag<'_>, usize)> {
    let name = name_at(rest, 1)?;
    let mut at = 1 + name.len();
    let mut attributes = Vec::new();
    loop {
        let before = at;
        at += blanks(&rest[at..]);
        let bytes = &rest.as_bytes()[at..];
        match bytes.first()? {
            b'>' => {
                let source = &rest[..=at];
                return Some((Tag { name: name.to_ascii_lowercase(), attributes, source }, at + 1));
            }
            b'/' if bytes.get(1) == Some(&b'>') => {
                let source = &rest[..at + 2];
                return Some((Tag { name: name.to_ascii_lowercase(), attributes, source }, at + 2));
            }
            b'<' | b'"' | b'\'' | b'=' => return None,
            // Attributes are set apart from the name and from each other.
            _ if before == at => return None,
            b'/' => at += 1,
            _ => {
                let (attribute, length) = attribute(&rest[at..])?;
                attributes.push(attribute);
                at += length;
            }
        }
    }
}

fn attribute(rest: &str) -> Option<((String, String), usize)> {
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\''))?;
    let name = rest[..end].to_ascii_lowercase();
    let mut at = end + blanks(&rest[end..]);
    if !rest[at..].starts_with('=') {
        return Some(((name, String::new()), end));
    }
    at += 1;
    at += blanks(&rest[at..]);
    let value = &rest[at..];
    let quote = value.chars().next()?;
    if matches!(quote, '"' | '\'') {
        let length = value[1..].find(quote)?;
        Some(((name, decode(&value[1..=length])), at + length + 2))
    } else {
        let length = value.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<' | '"' | '\'' | '`'))?;
        // `<br a=b/>`
        let length =
            if value[..length].ends_with('/') && value[length..].starts_with('>') { length - 1 } else { length };
        Some(((name, decode(&value[..length])), at + length))
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TokenKind, tokens};

    fn shown(html: &str) -> String {
        tokens(html)
            .into_iter()
            .map(|token| match token.kind {
                TokenKind::Text(text) => format!("{text:?}"),
                TokenKind::Open(tag) => format!("<{}{:?}>", tag.name, tag.attributes),
                TokenKind::Close(name, _) => format!("</{name}>"),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        for (html, expected) in [
            ("a<br>b", r#""a" <br[]> "b""#),
            ("<BR/><br />", "<br[]> <br[]>"),
            ("<a href='x&amp;y' id=z>", r#"<a[("href", "x&y"), ("id", "z")]>"#),
            ("<img src=a.png alt=\"a > b\"/>", r#"<img[("src", "a.png"), ("alt", "a > b")]>"#),
            ("<input disabled checked=\"\">", r#"<input[("disabled", ""), ("checked", "")]>"#),
            ("a <!-- <b> --> c", r#""a " " c""#),
            ("<!-- open", ""),
            ("<!DOCTYPE html><?php x ?>t", r#""t""#),
            ("<![CDATA[a<b]]>", r#""a<b""#),
            ("1 < 2 and 3 <4 <", r#""1 < 2 and 3 <4 <""#),
            ("<a href=\"open", r#""<a href=\"open""#),
            ("<a<b>", r#""<a" <b[]>"#),
            ("</ b></b >", r#""</ b>" </b>"#),
            ("&lt;b&gt;&#44032;&nope;", r#""<b>가&nope;""#),
            ("<가>", r#""<가>""#),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_scanned(html in "[<>/a-c=\"'!\\-\\[\\]&; \n가]{0,200}") {
            let _ = tokens(&html);
        }
    }
}
