use super::{
    Fault, Located, day,
    foreign::{self, ForeignFields},
    value::{Entry, Kind, Value},
};
use crate::{
    article::Visibility,
    diagnostics::{Code, Position},
};

/// Keys that mean something here.
pub const KNOWN_KEYS: &[&str] = &[
    "title",
    "slug",
    "lang",
    "description",
    "questions",
    "keywords",
    "collection",
    "order",
    "updated",
    "review_by",
    "visibility",
    "draft",
    "redirect_from",
];

/// What the known keys say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Title.
    pub title: Option<Located<String>>,
    /// Slug, without slashes around it.
    pub slug: Option<Located<String>>,
    /// BCP 47 tag, in its usual case.
    pub lang: Option<Located<String>>,
    /// One line about the article.
    pub description: String,
    /// How visitors ask for this.
    pub questions: Vec<String>,
    /// Where each of the questions stands.
    pub questions_at: Vec<Position>,
    /// Further words that lead here.
    pub keywords: Vec<String>,
    /// Collection.
    pub collection: Option<String>,
    /// Place within the collection.
    pub order: Option<i64>,
    /// Day of the last revision.
    pub updated: Option<String>,
    /// Day by which somebody should look at it again.
    pub review_by: Option<Located<String>>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// Former addresses, without slashes around them.
    pub redirect_from: Vec<Located<String>>,
    /// What keys of other tools say.
    pub foreign: ForeignFields,
}

type Outcome<T> = Result<T, Fault>;

impl Fields {
    /// Takes the known keys out of `entries` and gives back the unknown ones.
    pub(super) fn fill(&mut self, entries: Vec<Entry>, faults: &mut Vec<Fault>) -> Vec<Located<String>> {
        let mut seen: Vec<String> = Vec::new();
        let mut unknown = Vec::new();
        for Entry { key, value } in entries {
            if seen.contains(&key.value) {
                faults.push(Fault::new(
                    Code::DuplicateKey,
                    key.at,
                    format!("the key `{}` stands twice", key.value),
                    "Keep one of the two.",
                ));
                continue;
            }
            seen.push(key.value.clone());
            if foreign::KEYS.contains(&key.value.as_str()) {
                if !self.foreign.set(&key.value, &value) {
                    unknown.push(key);
                }
            } else if !KNOWN_KEYS.contains(&key.value.as_str()) {
                unknown.push(key);
            } else if !matches!(value.value, Value::Scalar(Kind::Null, _))
                && let Err(fault) = self.set(&key.value, &value)
            {
                faults.push(fault);
            }
        }
        unknown
    }

    fn set(&mut self, key: &str, value: &Located<Value>) -> Outcome<()> {
        match key {
            "title" => self.title = Some(text(key, value)?).filter(|title| !title.value.is_empty()),
            "slug" => self.slug = Some(address(key, value)?),
            "lang" => self.lang = Some(language(value)?),
            "description" => self.description = one_line(&text(key, value)?.value),
            "questions" => {
                let texts = texts(key, value)?;
                self.questions_at = texts.iter().map(|text| text.at).collect();
                self.questions = texts.into_iter().map(|text| one_line(&text.value)).collect();
            }
            "keywords" => self.keywords = texts(key, value)?.into_iter().map(|text| one_line(&text.value)).collect(),
            "collection" => self.collection = Some(text(key, value)?.value).filter(|name| !name.is_empty()),
            "order" => self.order = Some(order(value)?),
            "updated" => self.updated = Some(date(key, value)?.value),
            "review_by" => self.review_by = Some(date(key, value)?),
            "visibility" => self.visibility = visibility(value)?,
            "draft" => self.draft = flag(key, value)?,
            "redirect_from" => {
                self.redirect_from =
                    list(key, value)?.into_iter().map(|item| address(key, item)).collect::<Outcome<_>>()?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn wrong_type(key: &str, value: &Located<Value>, wanted: &str, example: &str) -> Fault {
    Fault::new(
        Code::WrongType,
        value.at,
        format!("`{key}` must be {wanted}, here it is {}", value.value.name()),
        format!("Write it as in `{example}`."),
    )
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(key: &str, value: &Located<Value>) -> Outcome<Located<String>> {
    match &value.value {
        Value::Scalar(_, text) => Ok(Located { value: one_line(text), at: value.at }),
        _ => Err(wrong_type(key, value, "text", &format!("{key}: Some words"))),
    }
}

/// The items of a list; a single value is a list of one.
fn list<'v>(key: &str, value: &'v Located<Value>) -> Outcome<Vec<&'v Located<Value>>> {
    match &value.value {
        Value::Scalar(..) => Ok(vec![value]),
        Value::List(items) => {
            Ok(items.iter().filter(|item| !matches!(item.value, Value::Scalar(Kind::Null, _))).collect())
        }
        Value::Map => Err(wrong_type(key, value, "a list of texts", &format!("{key}: [\"one\", \"two\"]"))),
    }
}

fn texts(key: &str, value: &Located<Value>) -> Outcome<Vec<Located<String>>> {
    let mut texts = Vec::new();
    for item in list(key, value)? {
        match &item.value {
            Value::Scalar(_, text) if text.trim().is_empty() => {}
            Value::Scalar(_, text) => texts.push(Located { value: text.clone(), at: item.at }),
            _ => return Err(wrong_type(key, item, "a list of texts", &format!("{key}: [\"one\", \"two\"]"))),
        }
    }
    Ok(texts)
}

/// A path below the site: no empty or dotted parts, nothing that an address would read as something else.
pub(super) fn address(key: &str, value: &Located<Value>) -> Outcome<Located<String>> {
    let text = text(key, value)?;
    let path = text.value.trim_matches('/');
    let bad = |c: char| c.is_control() || matches!(c, '\\' | '?' | '#' | '%' | ':' | '<' | '>' | '"' | '|' | '*');
    if path.split('/').any(|part| matches!(part.trim(), "" | "." | "..")) || path.contains(bad) || path.len() > 500 {
        return Err(Fault::new(
            Code::InvalidValue,
            text.at,
            format!("`{key}` is not a path: `{}`", text.value),
            "Use words joined by `-` and `/`, as in `account/reset-password`.",
        ));
    }
    // The static help centre has a folder for each part.
    if let Some(long) = path.split('/').find(|part| part.len() > FOLDER_BYTES) {
        return Err(Fault::new(
            Code::InvalidValue,
            text.at,
            format!("`{key}` has a part of {} bytes, and a folder's name has at most {FOLDER_BYTES}", long.len()),
            "Shorten what stands between two `/`; a letter of Korean takes three bytes.",
        ));
    }
    Ok(Located { value: path.to_owned(), at: text.at })
}

/// Longest name of a file or folder on the usual file systems.
const FOLDER_BYTES: usize = 255;

fn language(value: &Located<Value>) -> Outcome<Located<String>> {
    let text = text("lang", value)?;
    match language_tag(&text.value) {
        Some(value) => Ok(Located { value, at: text.at }),
        None => Err(Fault::new(
            Code::InvalidValue,
            text.at,
            format!("`lang` is not a language tag: `{}`", text.value),
            "Write a tag such as `en`, `ko` or `pt-BR`.",
        )),
    }
}

/// A BCP 47 tag in its usual case, from one written in any case and with `-` or `_`.
pub fn language_tag(text: &str) -> Option<String> {
    let mut parts = text.split(['-', '_']);
    let primary = parts.next().filter(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut tag = primary.to_ascii_lowercase();
    for part in parts {
        if !(2..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

fn order(value: &Located<Value>) -> Outcome<i64> {
    match &value.value {
        Value::Scalar(Kind::Integer, text) => {
            text.parse().map_err(|_| wrong_type("order", value, "a whole number of usual size", "order: 10"))
        }
        _ => Err(wrong_type("order", value, "a whole number", "order: 10")),
    }
}

fn flag(key: &str, value: &Located<Value>) -> Outcome<bool> {
    match &value.value {
        Value::Scalar(Kind::Bool, text) => Ok(text.eq_ignore_ascii_case("true")),
        _ => Err(wrong_type(key, value, "true or false", &format!("{key}: true"))),
    }
}

fn date(key: &str, value: &Located<Value>) -> Outcome<Located<String>> {
    let wrong = || wrong_type(key, value, "a date", &format!("{key}: 2026-11-21"));
    match &value.value {
        Value::Scalar(Kind::Text | Kind::Date, text) => match day(text) {
            Some(day) => Ok(Located { value: day.to_owned(), at: value.at }),
            None => Err(Fault { message: format!("`{key}` is not a date: `{}`", one_line(text)), ..wrong() }),
        },
        _ => Err(wrong()),
    }
}

fn visibility(value: &Located<Value>) -> Outcome<Visibility> {
    match text("visibility", value)?.value.as_str() {
        "public" => Ok(Visibility::Public),
        "agents" => Ok(Visibility::Agents),
        other => Err(Fault::new(
            Code::InvalidValue,
            value.at,
            format!("`visibility` is neither `public` nor `agents`: `{other}`"),
            "Write `public` for everybody or `agents` for your own people.",
        )),
    }
}

/// A message for a key that is passed over.
pub(crate) fn unknown_key(key: &str, first: Position, count: usize, file: &str) -> crate::diagnostics::Diagnostic {
    let message = match count {
        1 => format!("the key `{key}` is passed over"),
        _ => format!("the key `{key}` is passed over (in {count} articles; this is the first)"),
    };
    let lower = key.to_lowercase().replace('-', "_");
    let meant = KNOWN_KEYS.iter().find(|known| {
        **known == lower || known.strip_suffix('s') == Some(&lower) || lower.strip_suffix('s') == Some(known)
    });
    let help = match (meant, lower.as_str()) {
        (Some(meant), _) => format!("Did you mean `{meant}`?"),
        (None, "aliases" | "permalink") => {
            "It is used where it is a path such as `/old/address/`; write `redirect_from` for former addresses."
                .to_owned()
        }
        (None, "redirects") => "For former addresses write `redirect_from`.".to_owned(),
        (None, "tags" | "categories") => "For further words that should lead here write `keywords`.".to_owned(),
        (None, "weight" | "sidebar_position" | "nav_order") => "For the place in a list write `order`.".to_owned(),
        (None, "date" | "lastmod" | "last_modified") => "For the day of the last revision write `updated`.".to_owned(),
        _ => format!("Known keys: {}.", KNOWN_KEYS.join(", ")),
    };
    crate::diagnostics::Diagnostic::new(Code::UnknownKey, file, first, message, help)
}
