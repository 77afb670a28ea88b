//! What only the compiled index can tell: which article a question really finds.

use std::collections::BTreeMap;

use answer_engine::Engine;
use answer_messages::{Hit, Question};

use super::{GoldenSet, letters};
use crate::{
    article::{ParsedArticle, Visibility},
    diagnostics::{Code, Diagnostic},
    knowledge_base::{BundleError, KnowledgeBase},
    library::Library,
};

/// A visitor looks at so many hits.
const SEEN: usize = 3;

/// Asks the index of the public articles for each sample question and each title of `library`.
///
/// # Errors
/// [`BundleError`] where the index cannot be asked.
pub fn check(kb: &KnowledgeBase, library: &Library, golden: &GoldenSet) -> Result<Vec<Diagnostic>, BundleError> {
    let by_slug: BTreeMap<&str, &ParsedArticle> =
        library.articles.iter().map(|article| (article.slug.as_str(), article)).collect();
    let mut owners: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for article in &library.articles {
        for question in &article.questions {
            *owners.entry((&article.lang, letters(question))).or_default() += 1;
        }
    }
    let mut golden_by_article: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in &golden.lines {
        for slug in line.article.slugs() {
            golden_by_article.entry(slug).or_default().push(&line.question);
        }
    }
    let mut found = Vec::new();
    for article in library.articles.iter().filter(|article| article.visibility == Visibility::Public) {
        let mut reached = false;
        for (question, at) in article.questions.iter().zip(&article.written.questions) {
            let hits = hits(kb, question, article)?;
            let place = place_of(&hits, article);
            reached |= place.is_some_and(|place| place < SEEN);
            // Two articles with the very same question are told of already.
            let is_shared = owners.get(&(article.lang.as_str(), letters(question))).is_some_and(|count| *count > 1);
            if let Some(first) = hits.first().filter(|first| first.article != article.slug && !is_shared) {
                let rival = by_slug.get(first.article.as_str()).map_or(first.url.as_str(), |rival| rival.path.as_str());
                found.push(Diagnostic::new(
                    Code::CompetingArticles,
                    &article.path,
                    *at,
                    format!(
                        "who asks \"{question}\" gets {rival} first (\"{}\"); this article {}",
                        first.title,
                        comes(place)
                    ),
                    "Say in titles and questions what sets the two apart, or move the question.",
                ));
            }
        }
        let mut others = std::iter::once(article.title.as_str())
            .chain(golden_by_article.get(article.slug.as_str()).into_iter().flatten().copied());
        while let (false, Some(question)) = (reached, others.next()) {
            reached = place_of(&hits(kb, question, article)?, article).is_some_and(|place| place < SEEN);
        }
        if !reached {
            found.push(Diagnostic::new(
                Code::UnreachedArticle,
                &article.path,
                article.written.title,
                "neither the title nor a question brings this article among the first three",
                "Add `questions` in visitors' words, and a title that says what the article alone is about.",
            ));
        }
    }
    Ok(found)
}

fn hits(kb: &KnowledgeBase, question: &str, article: &ParsedArticle) -> Result<Vec<Hit>, BundleError> {
    let asked = Question::new(question, Some(&article.lang));
    kb.with_engine(&asked, |engine| ask_without_itself(engine, &asked, &article.slug))
}

/// The hits of a sample question, asked as if its article did not have it.
// Today the index still holds the question: what is found missing is missing indeed, and more may be.
fn ask_without_itself(engine: &Engine, question: &Question, _article: &str) -> Vec<Hit> {
    engine.ask(question).hits
}

fn place_of(hits: &[Hit], article: &ParsedArticle) -> Option<usize> {
    hits.iter().position(|hit| hit.article == article.slug)
}

fn comes(place: Option<usize>) -> String {
    match place {
        Some(1) => "comes second".to_owned(),
        Some(2) => "comes third".to_owned(),
        Some(place) => format!("comes at place {}", place + 1),
        None => "is not among the first ten".to_owned(),
    }
}
