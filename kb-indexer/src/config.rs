//! `kb.toml`: what the owner of a help centre decides for all articles.

mod golden;

use std::path::{Path, PathBuf};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    diagnostics::{Code, Diagnostic, Position},
    front_matter::language_tag,
    source::{self, Lines},
};

pub use golden::{Bound, Golden};

/// Name of the file that is looked for beside the articles.
pub const FILE_NAME: &str = "kb.toml";

const KEYS: &[&str] = &[
    "name",
    "site_url",
    "default_language",
    "languages",
    "desk",
    "contact",
    "accepted_wrong_answers",
    "unanswerable_share",
    "synonyms",
    "suggestions",
    "style",
    "golden",
];

/// What `kb.toml` says; fields are empty where it says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Name of the help centre.
    pub name: String,
    /// Address that articles' `url`s are relative to; ends with `/`, or is empty where none is set.
    pub site_url: String,
    /// Language of articles that do not tell theirs: as set, else the first one listed, else English.
    pub default_language: String,
    /// Languages whose folders name them.
    pub languages: Vec<String>,
    /// Address of the desk.
    pub desk: Option<String>,
    /// URL or `mailto:` used where no desk is set.
    pub contact: Option<String>,
    /// Share of wrong answers that the owner accepts among those given (`"1 in 20"` is 0.05).
    pub accepted_wrong_answers: Option<f64>,
    /// Share of questions that no article answers, as the owner knows or guesses it.
    pub unanswerable_share: Option<f64>,
    /// Groups of words that mean the same, by language; in each group the key of `kb.toml` comes first.
    pub synonyms: Vec<(String, Vec<Vec<String>>)>,
    /// Questions suggested by page pattern, in the order of the file.
    pub suggestions: Vec<(String, Vec<String>)>,
    /// Style variables, in the order of the file.
    pub style: Vec<(String, String)>,
    /// What the questions of `golden.jsonl` must reach.
    pub golden: Golden,
}

/// The file cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {reason}. Check `--config`.", path.display())]
pub struct LoadError {
    path: PathBuf,
    reason: std::io::Error,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: String::new(),
            site_url: String::new(),
            default_language: "en".to_owned(),
            languages: Vec::new(),
            desk: None,
            contact: None,
            accepted_wrong_answers: None,
            unanswerable_share: None,
            synonyms: Vec::new(),
            suggestions: Vec::new(),
            style: Vec::new(),
            golden: Golden::default(),
        }
    }
}

impl Config {
    /// Reads the file at `path`; without one, `kb.toml` beside the articles where it exists.
    ///
    /// # Errors
    /// [`LoadError`] where the file exists, or was asked for, and cannot be read.
    pub fn load(articles: &Path, path: Option<&Path>) -> Result<(Self, Vec<Diagnostic>), LoadError> {
        let beside = articles.join(FILE_NAME);
        let location = path.unwrap_or(&beside);
        let bytes = match std::fs::read(location) {
            Ok(bytes) => bytes,
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok((Self::default(), Vec::new()));
            }
            Err(reason) => return Err(LoadError { path: location.to_owned(), reason }),
        };
        let file = path.map_or_else(|| FILE_NAME.to_owned(), |path| path.to_string_lossy().replace('\\', "/"));
        Ok(match source::decode(&bytes) {
            Ok(text) => Self::parse(&text, &file),
            Err(fault) => {
                let diagnostic = Diagnostic::new(Code::InvalidUtf8, file, fault.position, fault.message, fault.help);
                (Self::default(), vec![diagnostic])
            }
        })
    }

    /// Reads the text of the file that diagnostics call `file`.
    pub fn parse(text: &str, file: &str) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader { lines: Lines::new(text), file, diagnostics: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            reader.complain(
                Code::BrokenConfig,
                at,
                format!("not valid TOML: {}", error.message()),
                "Text needs quotes, and every key its own line: `name = \"…\"`.",
            );
        }
        let mut config = Self::default();
        if errors.is_empty() {
            reader.fill(&mut config, table.get_ref());
        }
        (config, reader.diagnostics)
    }
}

type Item<'t> = Spanned<DeValue<'t>>;

struct Reader<'a> {
    lines: Lines<'a>,
    file: &'a str,
    diagnostics: Vec<Diagnostic>,
}

/// Keys and values in the order of the file.
fn in_order<'v, 't>(table: &'v DeTable<'t>) -> Vec<(&'v str, usize, &'v Item<'t>)> {
    let mut entries: Vec<_> =
        table.iter().map(|(key, item)| (key.get_ref().as_ref(), key.span().start, item)).collect();
    entries.sort_by_key(|(_, at, _)| *at);
    entries
}

impl Reader<'_> {
    fn complain(&mut self, code: Code, at: usize, message: impl Into<String>, help: impl Into<String>) {
        let position = match self.lines.position(at) {
            Position { line: 0, .. } => Position::FILE,
            position => position,
        };
        self.diagnostics.push(Diagnostic::new(code, self.file, position, message, help));
    }

    fn wrong(&mut self, key: &str, item: &Item<'_>, wanted: &str, example: &str) {
        self.complain(
            Code::WrongType,
            item.span().start,
            format!("`{key}` must be {wanted}"),
            format!("Write it as in `{example}`."),
        );
    }

    fn fill(&mut self, config: &mut Config, table: &DeTable<'_>) {
        let mut default_language = None;
        for (key, at, item) in in_order(table) {
            match key {
                "name" => config.name = self.text(key, item, "name = \"Help\"").unwrap_or_default(),
                "site_url" => config.site_url = self.site_url(item),
                "default_language" => default_language = self.tag(key, item),
                "languages" => config.languages = self.tags(item),
                "desk" => config.desk = self.address(key, item, &["http", "https"]),
                "contact" => config.contact = self.address(key, item, &["http", "https", "mailto", "tel"]),
                "accepted_wrong_answers" => config.accepted_wrong_answers = self.share(key, item),
                "unanswerable_share" => config.unanswerable_share = self.share(key, item),
                "synonyms" => config.synonyms = self.synonyms(item),
                "suggestions" => config.suggestions = self.lists(key, item, "\"/pricing/*\" = [\"How do I pay?\"]"),
                "style" => config.style = self.style(item),
                "golden" => config.golden = golden::read(self, item),
                _ => self.complain(
                    Code::UnknownConfigKey,
                    at,
                    format!("the key `{key}` means nothing here"),
                    format!("Known keys: {}.", KEYS.join(", ")),
                ),
            }
        }
        if let Some(tag) = default_language.or_else(|| config.languages.first().cloned()) {
            config.default_language = tag;
        }
        if !config.languages.is_empty() && !config.languages.contains(&config.default_language) {
            config.languages.push(config.default_language.clone());
        }
    }

    fn text(&mut self, key: &str, item: &Item<'_>, example: &str) -> Option<String> {
        match item.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => {
                self.wrong(key, item, "text", example);
                None
            }
        }
    }

    fn site_url(&mut self, item: &Item<'_>) -> String {
        let mut url = self.address("site_url", item, &["http", "https"]).unwrap_or_default();
        if !url.is_empty() && !url.ends_with('/') {
            url.push('/');
        }
        url
    }

    fn address(&mut self, key: &str, item: &Item<'_>, schemes: &[&str]) -> Option<String> {
        let text = self.text(key, item, &format!("{key} = \"https://example.com\""))?;
        let known = text.split_once(':').is_some_and(|(scheme, _)| schemes.contains(&scheme));
        // A path on the same server does as well.
        if text.is_empty() || known || (text.starts_with('/') && !text.starts_with("//")) {
            return Some(text).filter(|text| !text.is_empty());
        }
        self.complain(
            Code::InvalidValue,
            item.span().start,
            format!("`{key}` is not an address: `{text}`"),
            format!("Write an address that begins with {}.", schemes.join(", ")),
        );
        None
    }

    fn tag(&mut self, key: &str, item: &Item<'_>) -> Option<String> {
        let text = self.text(key, item, "default_language = \"en\"")?;
        let tag = language_tag(&text);
        if tag.is_none() {
            self.complain(
                Code::InvalidValue,
                item.span().start,
                format!("`{key}` is not a language tag: `{text}`"),
                "Write a tag such as `en`, `ko` or `pt-BR`.",
            );
        }
        tag
    }

    fn tags(&mut self, item: &Item<'_>) -> Vec<String> {
        let DeValue::Array(items) = item.get_ref() else {
            self.wrong("languages", item, "a list of language tags", "languages = [\"en\", \"ko\"]");
            return Vec::new();
        };
        let mut tags: Vec<String> = Vec::new();
        for item in items.iter() {
            if let Some(tag) = self.tag("languages", item)
                && !tags.contains(&tag)
            {
                tags.push(tag);
            }
        }
        tags
    }

    /// `"1 in 20"`, or a number from 0 to 1.
    fn share(&mut self, key: &str, item: &Item<'_>) -> Option<f64> {
        let share = match item.get_ref() {
            DeValue::String(text) => text.split_once(" in ").and_then(|(part, whole)| {
                let (part, whole): (f64, f64) = (part.trim().parse().ok()?, whole.trim().parse().ok()?);
                Some(part / whole)
            }),
            DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let share = share.filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            self.wrong(key, item, "a share", &format!("{key} = \"1 in 20\""));
        }
        share
    }

    fn table<'v, 't>(&mut self, key: &str, item: &'v Item<'t>, example: &str) -> Vec<(&'v str, usize, &'v Item<'t>)> {
        match item.get_ref() {
            DeValue::Table(table) => in_order(table),
            _ => {
                self.wrong(key, item, "a table", example);
                Vec::new()
            }
        }
    }

    fn lists(&mut self, key: &str, item: &Item<'_>, example: &str) -> Vec<(String, Vec<String>)> {
        let mut lists = Vec::new();
        for (name, _, item) in self.table(key, item, &format!("[{key}]")) {
            let texts: Option<Vec<String>> = match item.get_ref() {
                DeValue::String(text) => Some(vec![text.to_string()]),
                DeValue::Array(items) => items
                    .iter()
                    .map(|item| match item.get_ref() {
                        DeValue::String(text) => Some(text.to_string()),
                        _ => None,
                    })
                    .collect(),
                _ => None,
            };
            match texts {
                Some(texts) => lists.push((name.to_owned(), texts)),
                None => self.wrong(name, item, "a list of texts", example),
            }
        }
        lists
    }

    fn synonyms(&mut self, item: &Item<'_>) -> Vec<(String, Vec<Vec<String>>)> {
        let mut synonyms = Vec::new();
        for (language, at, item) in self.table("synonyms", item, "[synonyms.en]") {
            let Some(tag) = language_tag(language) else {
                self.complain(
                    Code::InvalidValue,
                    at,
                    format!("`synonyms` has no language tag: `{language}`"),
                    "Write the language behind a dot, as in `[synonyms.en]`.",
                );
                continue;
            };
            let lists = self.lists(&format!("synonyms.{language}"), item, "sign-in = [\"log in\", \"login\"]");
            let groups = lists.into_iter().map(|(word, others)| [vec![word], others].concat()).collect();
            synonyms.push((tag, groups));
        }
        synonyms
    }

    fn style(&mut self, item: &Item<'_>) -> Vec<(String, String)> {
        let mut style = Vec::new();
        for (name, _, item) in self.table("style", item, "[style]") {
            match item.get_ref() {
                DeValue::String(text) => style.push((name.to_owned(), text.to_string())),
                DeValue::Integer(number) => style.push((name.to_owned(), number.as_str().to_owned())),
                DeValue::Float(number) => style.push((name.to_owned(), number.as_str().to_owned())),
                _ => self.wrong(name, item, "text or a number", "accent = \"#9A5B00\""),
            }
        }
        style
    }
}

#[cfg(test)]
mod tests;
