//! All articles together.

use std::path::Path;

use crate::{article::{ParsedArticle, Visibility}, config::Config, diagnostics::Diagnostic};

/// All articles that were read without an error, by slug.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// The articles, sorted by slug.
    pub articles: Vec<ParsedArticle>,
    /// Language of those that do not tell theirs.
    pub default_language: String,
}

/// The articles' folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the folder {path}: {reason}. Give the folder that holds the articles.", path = path.display())]
pub struct ReadError {
    path: std::path::PathBuf,
    reason: String,
}

/// What a run asks of reading.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Today (`2026-11-21`), where articles past their `review_by` are to be told.
    pub today: Option<String>,
}

impl Library {
    /// Reads all articles below `root`.
    ///
    /// # Errors
    /// [`ReadError`] where `root` is no folder that can be read.
    pub fn read(root: &Path, config: &Config, options: &ReadOptions) -> Result<(Self, Vec<Diagnostic>), ReadError> {
        let _ = (root, config, options);
        Ok((Self::default(), Vec::new()))
    }

    /// Languages that have articles, sorted.
    pub fn languages(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = self.articles.iter().map(|a| a.lang.as_str()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    /// The articles that everybody may read.
    pub fn public(&self) -> Self {
        self.only(Visibility::Public)
    }

    /// The articles for agents.
    pub fn agents(&self) -> Self {
        self.only(Visibility::Agents)
    }

    fn only(&self, visibility: Visibility) -> Self {
        let articles = self.articles.iter().filter(|a| a.visibility == visibility).cloned().collect();
        Self { articles, default_language: self.default_language.clone() }
    }
}
