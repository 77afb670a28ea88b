use std::{borrow::Cow, collections::HashMap};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};

use super::{
    Fault, Located,
    value::{Entry, Kind, Value},
};
use crate::diagnostics::{Code, Position};

const MAX_DEPTH: usize = 32;
/// Lists that aliases repeat may not grow beyond this.
const MAX_ALIASED: usize = 10_000;

/// The keys of a block of YAML that begins on the second line of its file.
///
/// Events are pulled one by one, so that depth and aliases are bounded here and no tree is ever built.
pub(super) fn entries(text: &str, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let text = with_blanks_in_brackets(text);
    let text = with_indented_ends(&text);
    let mut reader = Reader { parser: Parser::new_from_str(&text), anchors: HashMap::new(), aliased: 0 };
    let mut entries = Vec::new();
    if let Err(fault) = reader.document(&mut entries) {
        faults.push(fault);
    }
    entries
}

/// A list or map in brackets may end at the very start of a line: not YAML to the letter, but every tool takes it.
fn with_indented_ends(text: &str) -> Cow<'_, str> {
    if text.contains("\n]") || text.contains("\n}") {
        Cow::Owned(text.replace("\n]", "\n ]").replace("\n}", "\n }"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Tabs that indent the lines of a list in brackets: YAML to the letter, and Hugo takes them.
fn with_blanks_in_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains("\n\t") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches('\t');
        let tabs = line.len() - rest.len();
        // As many blanks as tabs, so that columns stay.
        out.push_str(&(if depth > 0 { " " } else { "\t" }).repeat(tabs));
        out.push_str(rest);
        let mut quote = None;
        for c in rest.chars() {
            match (quote, c) {
                (Some(open), c) if open == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '[' | '{') => depth += 1,
                (None, ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    Cow::Owned(out)
}

type Pulled<'t> = (Event<'t>, Position);

struct Reader<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    anchors: HashMap<usize, Value>,
    aliased: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Option<Pulled<'t>>, Fault> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, position(&span.start)))),
            Some(Err(error)) => Err(broken(&error)),
        }
    }

    fn document(&mut self, entries: &mut Vec<Entry>) -> Result<(), Fault> {
        while let Some((event, at)) = self.next()? {
            match event {
                Event::MappingStart(..) => {
                    self.mapping(entries)?;
                    // What follows must still be YAML.
                    while self.next()?.is_some() {}
                    return Ok(());
                }
                Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty() => {}
                Event::Scalar(..) | Event::SequenceStart(..) | Event::Alias(_) => {
                    return Err(Fault::new(
                        Code::BrokenFrontMatter,
                        at,
                        "front matter is not a list of keys and values",
                        "Write one `key: value` a line. If a rule was meant, write `***`.",
                    ));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn mapping(&mut self, entries: &mut Vec<Entry>) -> Result<(), Fault> {
        while let Some((event, at)) = self.next()? {
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key = match self.value(event, 1)? {
                Value::Scalar(_, text) => text,
                other => {
                    return Err(Fault::new(
                        Code::BrokenFrontMatter,
                        at,
                        format!("a key is {}", other.name()),
                        "Keys are plain words.",
                    ));
                }
            };
            let Some((event, value_at)) = self.next()? else { break };
            let value = self.value(event, 1)?;
            entries.push(Entry { key: Located { value: key, at }, value: Located { value, at: value_at } });
        }
        Ok(())
    }

    /// The value that `event` begins. Only a list directly below the top keeps its items.
    fn value(&mut self, event: Event<'t>, depth: usize) -> Result<Value, Fault> {
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => (scalar(&text, style, tag.as_deref()), anchor),
            Event::Alias(anchor) => {
                let value = match self.anchors.get(&anchor) {
                    // Lists of lists mean nothing here; expanding them could go on for ever.
                    Some(Value::List(_)) if depth > 1 => Value::List(Vec::new()),
                    known => known.cloned().unwrap_or(Value::Map),
                };
                self.aliased += if let Value::List(items) = &value { items.len() } else { 1 };
                if self.aliased > MAX_ALIASED {
                    return Err(too_deep(Position::new(1, 1), "aliases repeat too much"));
                }
                return Ok(value);
            }
            Event::SequenceStart(anchor, _) if depth == 1 => (Value::List(self.items()?), anchor),
            Event::SequenceStart(anchor, _) => {
                self.skip()?;
                (Value::List(Vec::new()), anchor)
            }
            Event::MappingStart(anchor, _) => {
                self.skip()?;
                (Value::Map, anchor)
            }
            _ => (Value::Map, 0),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn items(&mut self) -> Result<Vec<Located<Value>>, Fault> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.next()? {
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            let value = self.value(event, 2)?;
            items.push(Located { value, at });
        }
        Ok(items)
    }

    /// Passes over what is inside a list or map that just began.
    fn skip(&mut self) -> Result<(), Fault> {
        let mut depth = 1;
        while let Some((event, at)) = self.next()? {
            match event {
                Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
                Event::SequenceEnd | Event::MappingEnd => depth -= 1,
                Event::Scalar(text, style, anchor, tag) if anchor > 0 => {
                    self.anchors.insert(anchor, scalar(&text, style, tag.as_deref()));
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth > MAX_DEPTH {
                return Err(too_deep(at, "lists and maps are nested too deep"));
            }
        }
        Ok(())
    }
}

fn too_deep(at: Position, message: &str) -> Fault {
    Fault::new(Code::BrokenFrontMatter, at, message, "Front matter needs keys, values and simple lists only.")
}

fn broken(error: &ScanError) -> Fault {
    let help = match error.info().contains("tab") {
        true => "Indent with blanks, not with tabs.",
        false => "Check indentation and colons, and put text with `:` or `#` in it into quotes.",
    };
    Fault::new(
        Code::BrokenFrontMatter,
        position(error.marker()),
        format!("front matter is not valid YAML: {}", error.info()),
        help,
    )
}

/// Lines of the parser count from 1, columns from 0; the block begins below its fence.
fn position(marker: &Marker) -> Position {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Position::new(to_u32(marker.line() + 1), to_u32(marker.col() + 1))
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let plain = style == ScalarStyle::Plain && tag.is_none_or(|tag| tag.suffix != "str");
    Value::Scalar(if plain { kind(text) } else { Kind::Text }, text.to_owned())
}

/// The kind of a plain scalar by YAML's core schema.
fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return Kind::Bool,
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Kind::Integer;
    }
    let number_like = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if number_like && digits.parse::<f64>().is_ok() { Kind::Float } else { Kind::Text }
}
