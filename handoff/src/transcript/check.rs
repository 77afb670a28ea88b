//! What a desk asks of a transcript before it takes it in.

use core::fmt;

use super::{Entry, Said, Shown, Transcript, VERSION};
use crate::limits::{ENTRIES, FIELD_BYTES, LATEST_MS, SHOWN, TEXT_BYTES, is_language};

/// Why a transcript cannot be taken. Entries are counted from 1, as people do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Invalid {
    /// It is of another version.
    Version {
        /// The version that it says.
        found: u16,
    },
    /// `lang` is no language tag.
    Language,
    /// It has more than [`ENTRIES`] entries, or more were struck.
    Entries {
        /// How many it has, or were struck.
        found: usize,
    },
    /// A reply has shown more than [`SHOWN`] articles.
    Shown {
        /// The entry.
        entry: usize,
        /// How many articles it has.
        found: usize,
    },
    /// A text is too long.
    Long {
        /// The entry; `None` for the transcript's own fields.
        entry: Option<usize>,
        /// Which field.
        field: &'static str,
        /// Its bytes.
        found: usize,
        /// Bytes that it may have.
        most: usize,
    },
    /// A slug is empty, or a slug, an anchor, an address or a version has control characters.
    Name {
        /// The entry.
        entry: usize,
        /// Which field.
        field: &'static str,
    },
    /// A confidence is no number from 0 to 1.
    Confidence {
        /// The entry.
        entry: usize,
    },
    /// A time is past [`LATEST_MS`].
    Time {
        /// The entry.
        entry: usize,
    },
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { found } => write!(
                f,
                "the transcript is of version {found} and this desk reads version {VERSION}: reload the page, so that page and desk are of one version"
            ),
            Self::Language => f.write_str(
                "`lang` is no language tag: give a BCP 47 tag such as `en` or `ko`, or `und` where it is not known",
            ),
            Self::Entries { found } => {
                write!(f, "the transcript has {found} entries and may have {ENTRIES}: leave out the oldest")
            }
            Self::Shown { entry, found } => {
                write!(f, "entry {entry} shows {found} articles and may show {SHOWN}: leave out the last")
            }
            Self::Long { entry: Some(entry), field, found, most } => {
                write!(
                    f,
                    "`{field}` of entry {entry} has {found} bytes and may have {most}: shorten it or strike the entry"
                )
            }
            Self::Long { entry: None, field, found, most } => {
                write!(f, "`{field}` has {found} bytes and may have {most}: shorten it")
            }
            Self::Name { entry, field } => write!(
                f,
                "`{field}` of entry {entry} is empty or has control characters: give it as the bundle has it, or strike the entry"
            ),
            Self::Confidence { entry } => {
                write!(
                    f,
                    "a confidence of entry {entry} is no number from 0 to 1: give the probability as the engine said it"
                )
            }
            Self::Time { entry } => {
                write!(f, "`at_ms` of entry {entry} is past {LATEST_MS}: give milliseconds since 1970")
            }
        }
    }
}

impl core::error::Error for Invalid {}

impl Transcript {
    /// Whether a desk can take it: a known version, numbers and sizes within [`crate::limits`], confidences that are
    /// probabilities. The size of the whole ([`crate::limits::HANDOFF_BYTES`]) is for whoever reads the bytes.
    ///
    /// # Errors
    /// The first thing that is wrong, and what to do about it.
    pub fn validate(&self) -> Result<(), Invalid> {
        if self.version != VERSION {
            return Err(Invalid::Version { found: self.version });
        }
        if !is_language(&self.lang) {
            return Err(Invalid::Language);
        }
        let struck = usize::try_from(self.struck).unwrap_or(usize::MAX);
        if let Some(found) = [self.entries.len(), struck].into_iter().find(|found| *found > ENTRIES) {
            return Err(Invalid::Entries { found });
        }
        short(None, "page.url", &self.page.url, FIELD_BYTES)?;
        short(None, "page.title", &self.page.title, FIELD_BYTES)?;
        self.entries.iter().enumerate().try_for_each(|(at, entry)| checked(at + 1, entry))
    }
}

fn checked(at: usize, entry: &Entry) -> Result<(), Invalid> {
    if entry.at_ms > LATEST_MS {
        return Err(Invalid::Time { entry: at });
    }
    match &entry.said {
        Said::Question { text } => short(Some(at), "text", text, TEXT_BYTES),
        Said::Reply { confidence, shown, .. } => {
            if shown.len() > SHOWN {
                return Err(Invalid::Shown { entry: at, found: shown.len() });
            }
            probable(at, *confidence)?;
            shown.iter().try_for_each(|shown| seen(at, shown))
        }
        Said::Chosen { shown, .. } => seen(at, shown),
        Said::Read { article, section } => {
            named(at, "article", article)?;
            name(at, "section", section)
        }
        Said::Unavailable {} => Ok(()),
    }
}

fn seen(at: usize, shown: &Shown) -> Result<(), Invalid> {
    named(at, "article", &shown.article)?;
    name(at, "section", &shown.section)?;
    name(at, "url", &shown.url)?;
    name(at, "version", &shown.version)?;
    short(Some(at), "title", &shown.title, FIELD_BYTES)?;
    short(Some(at), "passage", &shown.passage, TEXT_BYTES)?;
    probable(at, shown.confidence)
}

fn probable(at: usize, confidence: f64) -> Result<(), Invalid> {
    // NaN is in no range.
    if (0.0..=1.0).contains(&confidence) { Ok(()) } else { Err(Invalid::Confidence { entry: at }) }
}

fn named(at: usize, field: &'static str, text: &str) -> Result<(), Invalid> {
    if text.is_empty() { Err(Invalid::Name { entry: at, field }) } else { name(at, field, text) }
}

fn name(at: usize, field: &'static str, text: &str) -> Result<(), Invalid> {
    short(Some(at), field, text, FIELD_BYTES)?;
    if text.contains(char::is_control) { Err(Invalid::Name { entry: at, field }) } else { Ok(()) }
}

fn short(entry: Option<usize>, field: &'static str, text: &str, most: usize) -> Result<(), Invalid> {
    let found = text.len();
    if found > most { Err(Invalid::Long { entry, field, found, most }) } else { Ok(()) }
}
