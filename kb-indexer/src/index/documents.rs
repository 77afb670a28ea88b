//! Articles to the documents of a segment, in tokens.

use std::{
    collections::HashMap,
    num::NonZero,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use answer_engine::{
    analysis::{Analyzer, Token},
    bundle::Unit,
    postings::{FieldId, Part},
    scoring::phrase_weight,
};

use crate::article::ParsedArticle;

/// A document: what it stands for and its fields' terms.
pub(super) struct Document {
    pub(super) unit: Unit,
    pub(super) fields: Vec<(FieldId, Vec<String>)>,
}

/// The documents of all articles, in the articles' order; `first_sections` says where each article's sections begin.
pub(super) fn documents(
    articles: &[&ParsedArticle],
    first_sections: &[u32],
    analyzer: &Analyzer,
    progress: &(dyn Fn() + Sync),
) -> Vec<Document> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Vec<Document>)>> = Mutex::new(Vec::with_capacity(articles.len()));
    // Threads take the articles in any order; the documents are put back into the articles' order.
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(articles.len().max(1));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut mine = Vec::new();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(article) = articles.get(at) else { break };
                    #[allow(clippy::cast_possible_truncation, reason = "there are fewer articles than 2^32")]
                    mine.push((at, of_article(article, at as u32, first_sections[at], analyzer)));
                    progress();
                }
                done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).append(&mut mine);
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    let mut documents: Vec<Document> = done.into_iter().flat_map(|(_, documents)| documents).collect();
    weigh_phrases(&mut documents);
    documents
}

fn of_article(article: &ParsedArticle, number: u32, first_section: u32, analyzer: &Analyzer) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut phrases: Vec<(&str, Option<u32>)> = vec![(&article.title, None)];
    phrases.extend(article.questions.iter().chain(&article.keywords).map(|phrase| (phrase.as_str(), None)));
    let sections = (first_section..).zip(&article.sections);
    for (at, section) in sections.clone() {
        if section.heading.trim_end().ends_with(['?', '？']) {
            phrases.push((&section.heading, Some(at)));
        }
    }
    for (text, section) in &phrases {
        let words = terms(analyzer.words(text));
        if words.is_empty() {
            continue;
        }
        documents.push(Document {
            unit: Unit::Phrase { article: number, section: *section, weight: 0.0 },
            fields: vec![(Part::Phrase.words(), words), (Part::Phrase.grams(), terms(analyzer.short_grams(text)))],
        });
    }
    for (at, section) in sections {
        let mut headings = section.parents.join("\n");
        headings.push('\n');
        // What stands before the first heading is headed by the title.
        headings.push_str(if section.anchor.is_empty() { &article.title } else { &section.heading });
        documents.push(Document {
            unit: Unit::Section { article: number, section: at },
            fields: vec![
                (Part::Headings.words(), terms(analyzer.words(&headings))),
                (Part::Headings.grams(), terms(analyzer.grams(&headings))),
                (Part::Body.words(), terms(analyzer.words(&section.text))),
                (Part::Body.grams(), terms(analyzer.grams(&section.text))),
            ],
        });
    }
    let mut joined: Vec<&str> = phrases.iter().map(|(text, _)| *text).collect();
    joined.push(&article.description);
    let joined = joined.join("\n");
    documents.push(Document {
        unit: Unit::Article { article: number },
        fields: vec![
            (Part::Title.words(), terms(analyzer.words(&article.title))),
            (Part::Title.grams(), terms(analyzer.grams(&article.title))),
            (Part::Questions.words(), terms(analyzer.words(&joined))),
            (Part::Questions.grams(), terms(analyzer.grams(&joined))),
        ],
    });
    documents
}

fn terms(tokens: Vec<Token>) -> Vec<String> {
    tokens.into_iter().map(|token| token.term).collect()
}

/// Gives each phrase the sum of its terms' idf among all phrases.
fn weigh_phrases(documents: &mut [Document]) {
    let mut phrases = 0_u32;
    let mut frequencies: HashMap<String, u32> = HashMap::new();
    for document in documents.iter() {
        if matches!(document.unit, Unit::Phrase { .. }) {
            phrases += 1;
            for term in each_once(&document.fields[0].1) {
                *frequencies.entry(term.clone()).or_default() += 1;
            }
        }
    }
    for document in documents {
        if let Unit::Phrase { weight, .. } = &mut document.unit {
            let terms = each_once(&document.fields[0].1);
            *weight = phrase_weight(phrases, terms.into_iter().map(|term| frequencies[term]));
        }
    }
}

fn each_once(terms: &[String]) -> Vec<&String> {
    let mut once: Vec<&String> = terms.iter().collect();
    once.sort_unstable();
    once.dedup();
    once
}
