//! An article as the reading side hands it to the index and to the static help centre.

use std::{path::PathBuf, sync::Arc};

pub use answer_engine::sections::Section;
use answer_messages::Event;

use crate::diagnostics::Position;

/// Who may read an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Agents only: it never enters the public bundle.
    Agents,
}

/// A picture to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaFile {
    /// Where it was read.
    pub source: PathBuf,
    /// Its place in the bundle: `media/<hash>.<ext>`.
    pub path: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// An article that was read without an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedArticle {
    /// Slug, language folder included.
    pub slug: String,
    /// BCP 47 tag.
    pub lang: String,
    /// Path of its file below the articles' folder.
    pub path: String,
    /// Title.
    pub title: String,
    /// One line about it; may be empty.
    pub description: String,
    /// How visitors ask for this.
    pub questions: Vec<String>,
    /// Further words that lead here.
    pub keywords: Vec<String>,
    /// Collection, or the folder below the language folder.
    pub collection: Option<String>,
    /// Place within the collection.
    pub order: Option<i64>,
    /// Day of the last revision (`2026-11-21`).
    pub updated: Option<String>,
    /// Day by which somebody should look at it again.
    pub review_by: Option<String>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Former addresses relative to `site_url`.
    pub redirect_from: Vec<String>,
    /// Address relative to `site_url`; ends with `/`.
    pub url: String,
    /// The body, in document order.
    pub events: Vec<Event>,
    /// The body cut at its headings. There is always a first one, with an empty anchor.
    pub sections: Vec<Section>,
    /// Pictures it shows, by path, each once.
    pub images: Vec<MediaFile>,
    /// Where the writer wrote what checks complain of.
    pub written: Written,
}

/// Where in an article's file the writer wrote what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The title in front matter; the whole file where the text gives it.
    pub title: Position,
    /// Each of the questions.
    pub questions: Vec<Position>,
    /// Pictures that say nothing to who cannot see them.
    pub silent_images: Vec<Position>,
}
