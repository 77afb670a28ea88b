//! Keys and values with their places, from the file and from the environment.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    path::{Path, PathBuf},
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Keys whose value is a text, each with an example.
const TEXTS: [(&str, &str); 6] = [
    ("listen", "\"127.0.0.1:8081\""),
    ("public_url", "\"https://desk.example\""),
    ("database", "\"sqlite:desk.sqlite\""),
    ("metrics_listen", "\"127.0.0.1:9081\""),
    ("secrets_key_file", "\"desk.key\""),
    ("agents_kb", "\"agents-kb\""),
];
/// Keys whose value is a list of texts, each with an example.
const LISTS: [(&str, &str); 2] =
    [("origins", "[\"https://www.example\"]"), ("trusted_proxies", "[\"10.0.0.7\", \"fd00::/8\"]")];

/// Something wrong, where it stands, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    place: String,
    message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// A text with its place.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    place: String,
    /// What relative paths in it are relative to.
    pub(super) folder: PathBuf,
    /// The text, without white space at its ends.
    pub(super) text: String,
}

/// All that was given.
pub(super) struct Entries {
    given: BTreeMap<&'static str, Vec<Entry>>,
    /// The file could not be read: what it lacks is not known.
    is_broken: bool,
    complaints: Vec<Complaint>,
}

impl Entries {
    pub(super) fn read(
        bytes: Option<&[u8]>,
        name: &str,
        folder: &Path,
        env: impl Fn(&str) -> Option<OsString>,
    ) -> Self {
        let mut entries = Self { given: BTreeMap::new(), is_broken: false, complaints: Vec::new() };
        match bytes.map(std::str::from_utf8) {
            None => {}
            Some(Ok(text)) => File { text, name, folder }.fill(&mut entries),
            Some(Err(error)) => {
                entries.is_broken = true;
                entries.complain(name, format!("is not UTF-8 ({error}): save it as UTF-8"));
            }
        }
        for (key, is_list) in TEXTS.map(|(key, _)| (key, false)).into_iter().chain(LISTS.map(|(key, _)| (key, true))) {
            let variable = format!("PORCHLIGHT_{}", key.to_uppercase());
            let Some(value) = env(&variable) else { continue };
            let Ok(value) = value.into_string() else {
                entries.complain(&variable, "is not UTF-8");
                continue;
            };
            let entry =
                |text: &str| Entry { place: variable.clone(), folder: PathBuf::new(), text: text.trim().to_owned() };
            let found = if is_list {
                value.split(',').filter(|part| !part.trim().is_empty()).map(entry).collect()
            } else {
                vec![entry(&value)]
            };
            entries.given.insert(key, found);
        }
        entries
    }

    /// Notes something wrong.
    pub(super) fn complain(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.complaints.push(Complaint { place: place.into(), message: message.into() });
    }

    /// Whether a key certainly has no value, neither right nor wrong.
    pub(super) fn lacks(&self, key: &str) -> bool {
        !self.is_broken && !self.given.contains_key(key)
    }

    /// A key's value, where it has one that `read` takes.
    pub(super) fn text<T>(&mut self, key: &str, read: impl Fn(&Entry) -> Result<T, String>) -> Option<T> {
        self.list(key, read).pop()
    }

    /// A key's values, those that `read` takes.
    pub(super) fn list<T>(&mut self, key: &str, read: impl Fn(&Entry) -> Result<T, String>) -> Vec<T> {
        let mut values = Vec::new();
        for entry in self.given.get(key).into_iter().flatten() {
            match read(entry) {
                Ok(value) => values.push(value),
                Err(message) => self
                    .complaints
                    .push(Complaint { place: entry.place.clone(), message: format!("`{key}`: {message}") }),
            }
        }
        values
    }

    /// All that is wrong.
    pub(super) fn into_complaints(self) -> Vec<Complaint> {
        self.complaints
    }
}

struct File<'a> {
    text: &'a str,
    name: &'a str,
    folder: &'a Path,
}

impl File<'_> {
    fn fill(&self, entries: &mut Entries) {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            let message = format!(
                "not valid TOML ({}): texts need quotes, and every key its own line, as in `listen = \"127.0.0.1:8081\"`",
                error.message()
            );
            entries.complain(self.place(at), message);
        }
        if !errors.is_empty() {
            entries.is_broken = true;
            return;
        }
        let mut items: Vec<_> = table.get_ref().iter().collect();
        items.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in items {
            let known = |keys: &[(&'static str, &'static str)]| {
                keys.iter().copied().find(|(known, _)| *known == key.get_ref().as_ref())
            };
            if let Some((key, example)) = known(&TEXTS) {
                match self.entry(value) {
                    Some(entry) => drop(entries.given.insert(key, vec![entry])),
                    None => self.wrong_type(entries, value, key, "a text", example),
                }
            } else if let Some((key, example)) = known(&LISTS) {
                match value.get_ref() {
                    DeValue::Array(items) => {
                        let mut found = Vec::new();
                        for item in items.iter() {
                            match self.entry(item) {
                                Some(entry) => found.push(entry),
                                None => self.wrong_type(entries, item, key, "a list of texts", example),
                            }
                        }
                        entries.given.insert(key, found);
                    }
                    _ => self.wrong_type(entries, value, key, "a list of texts", example),
                }
            } else {
                let names: Vec<_> = TEXTS.iter().chain(&LISTS).map(|(name, _)| *name).collect();
                let message =
                    format!("the key `{}` means nothing here: known keys are {}", key.get_ref(), names.join(", "));
                entries.complain(self.place(key.span().start), message);
            }
        }
    }

    fn entry(&self, value: &Spanned<DeValue<'_>>) -> Option<Entry> {
        let text = value.get_ref().as_str()?.trim().to_owned();
        Some(Entry { place: self.place(value.span().start), folder: self.folder.to_owned(), text })
    }

    fn wrong_type(
        &self,
        entries: &mut Entries,
        value: &Spanned<DeValue<'_>>,
        key: &'static str,
        wanted: &str,
        example: &str,
    ) {
        let message = format!("`{key}` must be {wanted}: write it as in `{key} = {example}`");
        entries.complain(self.place(value.span().start), message);
        // Not missing, only wrong.
        entries.given.entry(key).or_default();
    }

    /// File, line and column (in characters) of a byte.
    fn place(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }
}
