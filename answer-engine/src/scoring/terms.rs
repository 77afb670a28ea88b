use super::{bm25::idf, kinds::Kinds, look_up::Variant, repair::repair};
use crate::{
    analysis::{Analyzer, Token},
    postings::{Part, Postings},
};

/// Parts whose vocabulary counts as known.
const KNOWN: [Part; 3] = [Part::Phrase, Part::Headings, Part::Body];

/// What a word that questions are made of counts, of what its rarity says.
pub(super) const ASKING: f64 = 0.3;

/// A word of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct WordTerm {
    /// What is looked up: the term of the question, or what it was repaired to.
    pub term: String,
    /// The term as the question has it, where it was repaired.
    pub repaired_from: Option<String>,
    /// Whether it is a word that questions are made of, whatever they ask for.
    pub asking: bool,
    /// Other terms that stand for it.
    pub variants: Vec<Variant>,
    /// Whether the index knows the term.
    pub known: bool,
    /// How rare it is over all kinds of documents.
    pub idf: f64,
}

/// The question in terms, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The word stream.
    pub words: Vec<WordTerm>,
    /// The gram stream that long texts have: Korean bigrams.
    pub grams: Vec<String>,
    /// The gram stream that short texts have: Korean bigrams and letter trigrams.
    pub short_grams: Vec<String>,
}

impl Terms {
    /// Analyses a question and repairs unknown words from the index's own vocabulary.
    pub fn of(question: &str, analyzer: &Analyzer, kinds: &Kinds, postings: &dyn Postings) -> Self {
        let mut words: Vec<WordTerm> = Vec::new();
        let mut spelling = question.to_owned();
        for token in analyzer.words(question) {
            let mut term = WordTerm {
                known: is_known(&token.term, postings),
                term: token.term,
                repaired_from: None,
                asking: token.asking,
                variants: Vec::new(),
                idf: 0.0,
            };
            if !term.known
                && token.alphabetic
                && let Some(repaired) = repair(&term.term, postings, &KNOWN)
            {
                // The grams shall profit as well.
                spelling = spelling.replace(&question[token.start..token.end], &repaired);
                term.repaired_from = Some(std::mem::replace(&mut term.term, repaired));
                term.known = true;
            }
            if words.iter().all(|other| other.term != term.term) {
                term.idf = rarity(&term.term, kinds, postings);
                if term.asking {
                    term.idf *= ASKING;
                }
                words.push(term);
            }
        }
        Self {
            words,
            grams: each_once(analyzer.grams(&spelling)),
            short_grams: each_once(analyzer.short_grams(&spelling)),
        }
    }

    /// The same, with the words that questions are made of counted like all others: shows what it is worth that they are
    /// not.
    #[must_use]
    pub fn undamped(mut self) -> Self {
        for word in self.words.iter_mut().filter(|word| word.asking) {
            word.idf /= ASKING;
            word.asking = false;
        }
        self
    }

    /// Share of the question, by idf, that is among the words and grams with these positions; for Korean the mean of
    /// words and grams.
    pub fn coverage(&self, words: u64, grams: u64) -> f64 {
        let mut all = 0.0;
        let mut covered = 0.0;
        for (position, word) in self.words.iter().enumerate().take(64) {
            all += word.idf;
            if words >> position & 1 == 1 {
                covered += word.idf;
            }
        }
        let of_words = if all > 0.0 { covered / all } else { 0.0 };
        let known = self.grams.len().min(64);
        if known == 0 {
            return of_words;
        }
        #[allow(clippy::cast_precision_loss, reason = "at most 64")]
        let of_grams = f64::from(grams.count_ones()) / known as f64;
        0.5 * of_words + 0.5 * of_grams
    }

    /// Share of the question, by idf, that the index does not know.
    pub fn unknown_share(&self) -> f64 {
        let all: f64 = self.words.iter().map(|word| word.idf).sum();
        let unknown: f64 = self.words.iter().filter(|word| !word.known).map(|word| word.idf).sum();
        if all > 0.0 { unknown / all } else { 1.0 }
    }
}

/// The idf over all kinds of documents, but no more than among phrases: "how" and "do" may be rare in texts, and yet
/// tell nothing of a question.
fn rarity(term: &str, kinds: &Kinds, postings: &dyn Postings) -> f64 {
    let frequency = |part: Part| postings.document_frequency(part.words(), term);
    let over_all = idf(postings.documents(), KNOWN.iter().map(|part| frequency(*part)).sum());
    match frequency(Part::Phrase) {
        0 => over_all,
        frequency => over_all.min(idf(kinds.phrases, frequency)),
    }
}

fn is_known(term: &str, postings: &dyn Postings) -> bool {
    KNOWN.iter().any(|part| postings.document_frequency(part.words(), term) > 0)
}

fn each_once(tokens: Vec<Token>) -> Vec<String> {
    let mut terms: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if !terms.contains(&token.term) {
            terms.push(token.term);
        }
    }
    terms
}
