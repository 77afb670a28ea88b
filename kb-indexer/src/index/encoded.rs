//! Which texts of an article get a vector, and the vectors that a full encoder made of them.

use std::collections::HashMap;

use answer_engine::{analysis::Analyzer, meaning::DIMENSIONS};

use super::{documents::phrases, meaning::SECTION_WORDS};
use crate::article::ParsedArticle;

/// Vectors of texts, in the space of the word tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoded(HashMap<String, [f32; DIMENSIONS]>);

impl FromIterator<(String, [f32; DIMENSIONS])> for Encoded {
    fn from_iter<I: IntoIterator<Item = (String, [f32; DIMENSIONS])>>(vectors: I) -> Self {
        Self(vectors.into_iter().collect())
    }
}

impl Encoded {
    /// The vectors of these articles' documents, in the documents' order; none where a text has none.
    pub(super) fn of_documents(
        &self,
        articles: &[&ParsedArticle],
        analyzer: &Analyzer,
    ) -> Vec<Option<[f32; DIMENSIONS]>> {
        let texts = articles.iter().flat_map(|article| texts(article, analyzer));
        texts.map(|text| self.0.get(&text?).copied()).collect()
    }
}

/// The texts of an article's documents, in the documents' order; none for the document of the whole article, whose
/// vector is the middle of its phrases.
pub(crate) fn texts(article: &ParsedArticle, analyzer: &Analyzer) -> Vec<Option<String>> {
    let phrases = phrases(article, analyzer).into_iter().map(|phrase| Some(phrase.text.to_owned()));
    let sections = article.sections.iter().map(|section| {
        let heading = if section.anchor.is_empty() { &article.title } else { &section.heading };
        let words: Vec<&str> = section.text.split_whitespace().take(SECTION_WORDS).collect();
        Some(format!("{heading}. {}", words.join(" ")))
    });
    phrases.chain(sections).chain(std::iter::once(None)).collect()
}
