//! Front matter: what a writer says about an article before it begins, in YAML between lines of `---` or in TOML
//! between lines of `+++`.

mod date;
mod fields;
mod foreign;
mod toml;
mod value;
mod yaml;

pub use date::day;
pub(crate) use fields::unknown_key;
pub use fields::{Fields, KNOWN_KEYS, language_tag};
pub use foreign::ForeignFields;

use crate::{
    diagnostics::{Code, Diagnostic, Position},
    source::Lines,
};

/// The largest front matter that is read.
const MAX_BYTES: usize = 256 * 1024;

/// Something and the place where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub at: Position,
}

/// What stands before an article's body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The known keys.
    pub fields: Fields,
    /// Keys that mean nothing here.
    pub unknown: Vec<Located<String>>,
    /// Byte offset where the body begins.
    pub body: usize,
}

/// A fault in front matter, still without its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) at: Position,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Fault {
    fn new(code: Code, at: Position, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), help: help.into() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Yaml,
    Toml,
}

impl Syntax {
    fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }
}

/// Reads the front matter of `text`, an article of the file `path`.
pub fn parse(text: &str, path: &str) -> (FrontMatter, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let front_matter = read(text, &mut faults);
    let diagnostics = faults
        .into_iter()
        .map(|fault| Diagnostic::new(fault.code, path, fault.at, fault.message, fault.help))
        .collect();
    (front_matter, diagnostics)
}

fn read(text: &str, faults: &mut Vec<Fault>) -> FrontMatter {
    let mut result = FrontMatter::default();
    let Some((syntax, start)) = opening(text) else { return result };
    let fence = syntax.fence();
    let Some((end, body)) = closing(text, start, fence) else {
        faults.push(Fault::new(
            Code::UnclosedFrontMatter,
            Position::new(1, 1),
            format!("front matter begins with `{fence}` but does not end"),
            format!("End it with a line `{fence}`. If a rule was meant, write `***`."),
        ));
        result.body = text.len();
        return result;
    };
    result.body = body;
    if end - start > MAX_BYTES {
        faults.push(Fault::new(
            Code::BrokenFrontMatter,
            Position::new(1, 1),
            "front matter is larger than 256 KiB",
            "Move what is not about the article out of it.",
        ));
        return result;
    }
    let lines = Lines::new(&text[..end]);
    let entries = match syntax {
        Syntax::Yaml => yaml::entries(&text[start..end], faults),
        Syntax::Toml => toml::entries(&text[start..end], |offset| lines.position(start + offset), faults),
    };
    result.unknown = result.fields.fill(entries, faults);
    result
}

fn opening(text: &str) -> Option<(Syntax, usize)> {
    let (line, end) = line_at(text, 0);
    let syntax = [Syntax::Yaml, Syntax::Toml].into_iter().find(|syntax| line.trim_end() == syntax.fence())?;
    Some((syntax, end))
}

fn closing(text: &str, start: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = start;
    while at < text.len() {
        let (line, end) = line_at(text, at);
        if line.trim_end() == fence {
            return Some((at, end));
        }
        at = end;
    }
    None
}

/// The line that begins at `start`, and where the next one begins.
fn line_at(text: &str, start: usize) -> (&str, usize) {
    match text[start..].find('\n') {
        Some(length) => (&text[start..start + length], start + length + 1),
        None => (&text[start..], text.len()),
    }
}

#[cfg(test)]
mod tests;
