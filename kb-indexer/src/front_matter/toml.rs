use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{
    Fault, Located,
    value::{Entry, Kind, Value},
};
use crate::diagnostics::{Code, Position};

/// The keys of a block of TOML; `position` tells where a byte of it stands in the file.
pub(super) fn entries(text: &str, position: impl Fn(usize) -> Position, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = position(error.span().map_or(0, |span| span.start));
        let duplicate = error.message().contains("duplicate key");
        faults.push(if duplicate {
            Fault::new(Code::DuplicateKey, at, "the key stands twice", "Keep one of the two.")
        } else {
            Fault::new(
                Code::BrokenFrontMatter,
                at,
                format!("front matter is not valid TOML: {}", error.message()),
                "Text needs quotes, and every key its own line: `title = \"…\"`.",
            )
        });
    }
    if !errors.is_empty() {
        return Vec::new();
    }
    let at = |span: Range<usize>| position(span.start);
    let mut entries: Vec<Entry> = table
        .get_ref()
        .iter()
        .map(|(key, item)| Entry {
            key: Located { value: key.get_ref().to_string(), at: at(key.span()) },
            value: Located { value: value(item.get_ref(), &at, true), at: at(item.span()) },
        })
        .collect();
    entries.sort_by_key(|entry| entry.key.at);
    entries
}

fn value(item: &DeValue<'_>, at: &impl Fn(Range<usize>) -> Position, with_items: bool) -> Value {
    match item {
        DeValue::String(text) => Value::Scalar(Kind::Text, text.to_string()),
        DeValue::Integer(number) => Value::Scalar(Kind::Integer, decimal(number)),
        DeValue::Float(number) => Value::Scalar(Kind::Float, number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Scalar(Kind::Bool, flag.to_string()),
        DeValue::Datetime(date) => Value::Scalar(Kind::Date, date.to_string()),
        DeValue::Array(items) if with_items => Value::List(
            items.iter().map(|item| Located { value: value(item.get_ref(), at, false), at: at(item.span()) }).collect(),
        ),
        DeValue::Array(_) => Value::List(Vec::new()),
        DeValue::Table(_) => Value::Map,
    }
}

fn decimal(number: &toml::de::DeInteger<'_>) -> String {
    i64::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| number.as_str().to_owned(), |n| n.to_string())
}
