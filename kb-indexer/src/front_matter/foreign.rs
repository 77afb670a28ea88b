//! Keys of other tools that say what one of ours would say. They are used where ours is absent, and never complained
//! of: the file belongs to the other tool as well.

use super::{
    Located,
    fields::{address, one_line},
    value::{Kind, Value},
};

/// Keys of other tools that are used.
pub(super) const KEYS: &[&str] = &["aliases", "permalink", "sidebar_position", "helpviewer_keywords", "f1_keywords"];

/// What keys of other tools say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignFields {
    /// Further names of the article, which lead to it like keywords.
    pub names: Vec<String>,
    /// Addresses that the article has or had with the other tool.
    pub addresses: Vec<Located<String>>,
    /// Further words that lead here.
    pub keywords: Vec<String>,
    /// Place within the collection.
    pub order: Option<i64>,
}

impl ForeignFields {
    /// Takes what `key` says; tells whether anything could be used.
    pub(super) fn set(&mut self, key: &str, value: &Located<Value>) -> bool {
        let texts = texts(value);
        match key {
            "sidebar_position" => match &value.value {
                Value::Scalar(Kind::Integer | Kind::Float, text) => {
                    // `2.5` stands behind `2`; there is no place between.
                    self.order = text.split('.').next().and_then(|whole| whole.parse().ok());
                    self.order.is_some()
                }
                _ => false,
            },
            "helpviewer_keywords" | "f1_keywords" => {
                self.keywords.extend(texts.into_iter().map(|text| one_line(&text.value)));
                true
            }
            "aliases" => texts.into_iter().fold(true, |used, text| {
                if looks_like_path(&text.value) {
                    self.address(&text) && used
                } else {
                    self.names.push(one_line(&text.value));
                    used
                }
            }),
            "permalink" => texts.iter().filter(|text| !self.address(text)).count() == 0,
            _ => false,
        }
    }

    fn address(&mut self, text: &Located<String>) -> bool {
        let path = text.value.split(['?', '#']).next().unwrap_or("").trim();
        let path = path.strip_suffix("/index.html").unwrap_or(path);
        let path = [".html", ".htm", ".md"].iter().find_map(|extension| path.strip_suffix(extension)).unwrap_or(path);
        let value = Located { value: Value::Scalar(Kind::Text, path.to_owned()), at: text.at };
        match address("permalink", &value) {
            Ok(address) => {
                self.addresses.push(address);
                true
            }
            Err(_) => false,
        }
    }
}

/// `/old/way/` and `old.html` are addresses; `Reset it` and `TCP/IP` are names.
fn looks_like_path(text: &str) -> bool {
    let text = text.trim();
    let ends = ["/", ".html", ".htm", ".md"].iter().any(|end| text.ends_with(end));
    let is_lower = text.contains('/') && !text.chars().any(char::is_uppercase);
    !text.contains(char::is_whitespace) && (text.starts_with('/') || ends || is_lower)
}

/// A text or a list of texts, as far as they are texts.
fn texts(value: &Located<Value>) -> Vec<Located<String>> {
    let items = match &value.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    items
        .iter()
        .filter_map(|item| match &item.value {
            Value::Scalar(kind, text) if *kind != Kind::Null && !text.trim().is_empty() => {
                Some(Located { value: text.clone(), at: item.at })
            }
            _ => None,
        })
        .collect()
}
