use std::collections::BTreeMap;

use answer_engine::{
    bundle::Unit,
    postings::{Loss, Part, Removal},
};

use crate::index::documents::Document;

/// Where each article's documents are, so that they can be taken out.
pub(super) struct Removals {
    by_article: Vec<Places>,
}

/// An article's documents, as positions.
#[derive(Clone, Default)]
struct Places {
    phrases: Vec<u32>,
    joined: Option<u32>,
    all: Vec<u32>,
}

impl Removals {
    pub(super) fn of(documents: &[Document], articles: usize) -> Self {
        let mut by_article = vec![Places::default(); articles];
        for (at, document) in (0_u32..).zip(documents) {
            let (Unit::Phrase { article, .. } | Unit::Section { article, .. } | Unit::Article { article }) =
                document.unit;
            let places = &mut by_article[article as usize];
            places.all.push(at);
            match document.unit {
                Unit::Phrase { .. } => places.phrases.push(at),
                Unit::Article { .. } => places.joined = Some(at),
                Unit::Section { .. } => {}
            }
        }
        Self { by_article }
    }

    /// Takes out a phrase, by its place in the article, or the whole article.
    pub(super) fn removal(&self, documents: &[Document], article: u32, phrase: Option<u32>) -> Removal {
        let places = &self.by_article[article as usize];
        let mut removal = Removal { article, phrase, ..Removal::default() };
        match phrase {
            None => {
                removal.documents.clone_from(&places.all);
                for document in &places.all {
                    lose(&mut removal, &documents[*document as usize]);
                }
            }
            Some(phrase) => {
                let document = places.phrases[phrase as usize];
                removal.documents.push(document);
                lose(&mut removal, &documents[document as usize]);
                if let Some(joined) = places.joined {
                    removal.joined = Some(joined);
                    lose_from_joined(&mut removal, &documents[document as usize], &documents[joined as usize]);
                }
            }
        }
        removal
    }
}

/// What was joined of the phrase's terms stands so many times fewer.
fn lose_from_joined(removal: &mut Removal, phrase: &Document, joined: &Document) {
    // What the joined phrases lack cannot be lost.
    for (of_phrase, of_joined) in
        [(Part::Phrase.words(), Part::Questions.words()), (Part::Phrase.grams(), Part::Questions.grams())]
    {
        let terms = |document: &Document, field| {
            let mut counts: BTreeMap<String, u32> = BTreeMap::new();
            for (_, terms) in document.fields.iter().filter(|(known, _)| *known == field) {
                for term in terms {
                    *counts.entry(term.clone()).or_default() += 1;
                }
            }
            counts
        };
        let there = terms(joined, of_joined);
        for (term, count) in terms(phrase, of_phrase) {
            let Some(all) = there.get(&term) else { continue };
            let lost = count.min(*all);
            removal.tokens[of_joined.number()] += lost;
            let loss = Loss { documents: u32::from(lost == *all), in_joined: lost };
            removal.terms.insert((of_joined.number(), term), loss);
        }
    }
}

/// Every term of the document stands in one document fewer.
fn lose(removal: &mut Removal, document: &Document) {
    for (field, terms) in &document.fields {
        let mut once: Vec<&String> = terms.iter().collect();
        once.sort_unstable();
        once.dedup();
        #[allow(clippy::cast_possible_truncation, reason = "a document has fewer tokens than 2^32")]
        let tokens = terms.len() as u32;
        removal.tokens[field.number()] += tokens;
        for term in once {
            removal.terms.entry((field.number(), term.clone())).or_default().documents += 1;
        }
    }
}
