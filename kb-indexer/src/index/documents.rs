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
pub(crate) struct Document {
    pub(crate) unit: Unit,
    pub(crate) fields: Vec<(FieldId, Vec<String>)>,
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
    weigh(&mut documents);
    documents
}

/// What a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    Title,
    /// A sample question of the front matter.
    Question,
    Keyword,
    /// A heading that is a question.
    Heading,
}

/// A title, sample question, keyword or question heading.
#[derive(Clone, Debug)]
pub(crate) struct Phrase<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: PhraseKind,
    /// The heading's section, counted within the article.
    section: Option<u32>,
}

/// An article's phrases that hold any word, in the order of their documents.
pub(crate) fn phrases<'a>(article: &'a ParsedArticle, analyzer: &Analyzer) -> Vec<Phrase<'a>> {
    let of = |kind| move |text: &'a String| Phrase { text, kind, section: None };
    let headings =
        (0_u32..).zip(&article.sections).filter(|(_, section)| section.heading.trim_end().ends_with(['?', '？']));
    std::iter::once(of(PhraseKind::Title)(&article.title))
        .chain(article.questions.iter().map(of(PhraseKind::Question)))
        .chain(article.keywords.iter().map(of(PhraseKind::Keyword)))
        .chain(headings.map(|(at, section)| Phrase {
            text: &section.heading,
            kind: PhraseKind::Heading,
            section: Some(at),
        }))
        .filter(|phrase| !analyzer.words(phrase.text).is_empty())
        .collect()
}

/// How many sample questions the articles have, headings that are questions among them.
pub(super) fn samples(articles: &[&ParsedArticle], analyzer: &Analyzer) -> u32 {
    let is_sample = |phrase: &Phrase<'_>| matches!(phrase.kind, PhraseKind::Question | PhraseKind::Heading);
    let all: usize =
        articles.iter().map(|article| phrases(article, analyzer).into_iter().filter(is_sample).count()).sum();
    u32::try_from(all).unwrap_or(u32::MAX)
}

fn of_article(article: &ParsedArticle, number: u32, first_section: u32, analyzer: &Analyzer) -> Vec<Document> {
    let mut documents = Vec::new();
    let phrases = phrases(article, analyzer);
    let sections = (first_section..).zip(&article.sections);
    for phrase in &phrases {
        let section = phrase.section.map(|section| first_section + section);
        documents.push(Document {
            unit: Unit::Phrase { article: number, section, weight: 0.0 },
            fields: vec![
                (Part::Phrase.words(), terms(analyzer.words(phrase.text))),
                (Part::Phrase.grams(), grams(analyzer, phrase.text)),
            ],
        });
    }
    for (at, section) in sections {
        // What stands before the first heading is headed by the title.
        let headings = if section.anchor.is_empty() { &article.title } else { &section.heading };
        documents.push(Document {
            unit: Unit::Section { article: number, section: at, weight: 0.0 },
            fields: vec![
                (Part::Headings.words(), terms(analyzer.words(headings))),
                (Part::Headings.grams(), grams(analyzer, headings)),
                (Part::Body.words(), terms(analyzer.words(&section.text))),
                (Part::Body.grams(), grams(analyzer, &section.text)),
            ],
        });
    }
    let mut joined: Vec<&str> = phrases.iter().map(|phrase| phrase.text).collect();
    joined.push(&article.description);
    let joined = joined.join("\n");
    documents.push(Document {
        unit: Unit::Article { article: number },
        fields: vec![
            (Part::Title.words(), terms(analyzer.words(&article.title))),
            (Part::Title.grams(), grams(analyzer, &article.title)),
            (Part::Questions.words(), terms(analyzer.words(&joined))),
            (Part::Questions.grams(), grams(analyzer, &joined)),
        ],
    });
    documents
}

/// Share of the sections from which on a word that questions are made of is not looked up in texts.
const EVERYWHERE: f64 = 0.06;

/// Words that questions are made of and that stand in most texts. They tell next to nothing there, and reading through
/// their documents is most of what a question costs; on the sets of docs/quality.md not looking them up changed nothing.
pub(super) fn everywhere(documents: &[Document], analyzer: &Analyzer) -> Vec<String> {
    let body = Part::Body.words();
    let mut sections = 0.0;
    let mut frequencies: HashMap<&String, f64> = HashMap::new();
    for (_, terms) in documents.iter().flat_map(|document| &document.fields).filter(|(field, _)| *field == body) {
        sections += 1.0;
        for term in each_once(terms) {
            *frequencies.entry(term).or_default() += 1.0;
        }
    }
    let is_asking = |term: &str| matches!(analyzer.words(term).as_slice(), [token] if token.asking);
    let common = frequencies.into_iter().filter(|(_, frequency)| *frequency > EVERYWHERE * sections);
    let mut everywhere: Vec<String> = common.map(|(term, _)| term).filter(|term| is_asking(term)).cloned().collect();
    everywhere.sort_unstable();
    everywhere
}

/// The gram stream; there are no grams of ASCII.
fn grams(analyzer: &Analyzer, text: &str) -> Vec<String> {
    if text.is_ascii() { Vec::new() } else { terms(analyzer.grams(text)) }
}

fn terms(tokens: Vec<Token>) -> Vec<String> {
    tokens.into_iter().map(|token| token.term).collect()
}

/// Gives each phrase the sum of its terms' idf among all phrases, and each section that of its heading's terms among all
/// headings.
fn weigh(documents: &mut [Document]) {
    let mut counts = [0_u32; 2];
    let mut frequencies: [HashMap<String, u32>; 2] = Default::default();
    let kind = |unit: &Unit| match unit {
        Unit::Phrase { .. } => Some(0),
        Unit::Section { .. } => Some(1),
        Unit::Article { .. } => None,
    };
    for document in documents.iter() {
        let Some(kind) = kind(&document.unit) else { continue };
        counts[kind] += 1;
        for term in each_once(&document.fields[0].1) {
            *frequencies[kind].entry(term.clone()).or_default() += 1;
        }
    }
    for document in documents {
        let Some(kind) = kind(&document.unit) else { continue };
        if let Unit::Phrase { weight, .. } | Unit::Section { weight, .. } = &mut document.unit {
            let terms = each_once(&document.fields[0].1);
            *weight = phrase_weight(counts[kind], terms.into_iter().map(|term| frequencies[kind][term]));
        }
    }
}

fn each_once(terms: &[String]) -> Vec<&String> {
    let mut once: Vec<&String> = terms.iter().collect();
    once.sort_unstable();
    once.dedup();
    once
}
