//! What a careful editor would notice of all articles together: titles and questions that say the same, pictures without
//! a description, articles that nobody finds. [`retrieval`] asks the compiled index; all else reads the articles.

mod golden;
mod links;
pub mod retrieval;
mod titles;
mod translations;

use std::collections::BTreeMap;

pub use golden::GoldenSet;

use crate::{
    diagnostics::{Code, Diagnostic},
    library::Library,
};

/// All that can be seen without an index.
pub fn of_articles(library: &Library) -> Vec<Diagnostic> {
    let mut found = titles::near_duplicates(library);
    found.extend(same_questions(library));
    found.extend(missing_descriptions(library));
    found.extend(links::orphans(library));
    found.extend(translations::missing(library));
    found
}

/// Sample questions that stand in two articles of a language.
fn same_questions(library: &Library) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(&str, String), &str> = BTreeMap::new();
    let mut found = Vec::new();
    for article in &library.articles {
        for (question, at) in article.questions.iter().zip(&article.written.questions) {
            let key = letters(question);
            if key.is_empty() {
                continue;
            }
            match first.get(&(article.lang.as_str(), key.clone())) {
                None => {
                    first.insert((&article.lang, key), &article.path);
                }
                Some(other) if *other == article.path => found.push(Diagnostic::new(
                    Code::SameQuestion,
                    &article.path,
                    *at,
                    format!("the question stands here twice: {question}"),
                    "Remove one of the two.",
                )),
                Some(other) => found.push(Diagnostic::new(
                    Code::SameQuestion,
                    &article.path,
                    *at,
                    format!("the question stands in {other} as well: {question}"),
                    "Keep it in the article that answers it best.",
                )),
            }
        }
    }
    found
}

fn missing_descriptions(library: &Library) -> Vec<Diagnostic> {
    let of_article = |article: &crate::article::ParsedArticle| {
        let places = article.written.silent_images.clone();
        let path = article.path.clone();
        places.into_iter().map(move |at| {
            Diagnostic::new(
                Code::MissingAlt,
                &path,
                at,
                "the picture has no description",
                "Write what it shows between the square brackets; `<img alt=\"\">` says that it only decorates.",
            )
        })
    };
    library.articles.iter().flat_map(of_article).collect()
}

/// Letters and digits, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
