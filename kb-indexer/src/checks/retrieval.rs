//! What only the compiled index can tell: which article a question really finds.

use std::collections::BTreeMap;

use answer_messages::{Hit, Question};

use super::{GoldenSet, letters};
use crate::{
    article::{ParsedArticle, Visibility},
    calibration::{Lost, SelfTest},
    diagnostics::{Code, Diagnostic},
    knowledge_base::{BundleError, KnowledgeBase},
    library::Library,
};

/// A visitor looks at so many hits.
const SEEN: usize = 3;
/// A sample question that another article would answer is told from this confidence on: below it, a visitor's question
/// that is as near to both would get a choice as often as not, and a writer need not mend it.
const SURE: f64 = 0.9;

/// Asks the index of the public articles for each sample question and each title of `library`. A question that finds its
/// article only because it stands among its samples is told too, where without it another article would be the answer:
/// `self_tests` have asked that when the index was built.
///
/// # Errors
/// [`BundleError`] where the index cannot be asked.
pub fn check(
    kb: &KnowledgeBase,
    library: &Library,
    golden: &GoldenSet,
    self_tests: &[(String, SelfTest)],
) -> Result<Vec<Diagnostic>, BundleError> {
    let lost: BTreeMap<(&str, &str), &Lost> = self_tests
        .iter()
        .flat_map(|(_, found)| &found.lost)
        .filter(|lost| lost.answered && lost.confidence >= SURE)
        .map(|lost| ((lost.article.as_str(), lost.question.as_str()), lost))
        .collect();
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
            if is_shared {
                continue;
            }
            let path = |slug: &str| by_slug.get(slug).map_or_else(|| slug.to_owned(), |rival| rival.path.clone());
            let message = if let Some(first) = hits.first().filter(|first| first.article != article.slug) {
                let (rival, place) = (path(&first.article), comes(place));
                format!("who asks \"{question}\" gets {rival} first (\"{}\"); this article {place}", first.title)
            } else if let Some(lost) = lost.get(&(article.slug.as_str(), question.as_str())) {
                let rival = path(&lost.first);
                format!("this line alone leads \"{question}\" here: without it the answer would be {rival}")
            } else {
                continue;
            };
            found.push(Diagnostic::new(
                Code::CompetingArticles,
                &article.path,
                *at,
                message,
                "Say in titles and questions what sets the two apart, or move the question.",
            ));
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
    Ok(kb.ask(&asked)?.hits)
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
