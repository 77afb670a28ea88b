use super::{
    bm25::idf,
    kinds::Kinds,
    korean,
    look_up::Variant,
    related,
    repair::{Repair, Repaired},
    synonyms::Synonyms,
};
use crate::{
    analysis::{Analyzer, Token, fold},
    meaning::Meaning,
    postings::{KNOWN, Part, Postings},
};

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
    /// Terms of the index that are near to it in meaning: they find, but they do not count as said.
    pub related: Vec<Variant>,
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
    /// The gram stream: Korean bigrams.
    pub grams: Vec<String>,
}

impl Terms {
    /// Analyses a question. Unknown words are repaired from the index's own vocabulary, words without spaces between them
    /// divided by it.
    pub(crate) fn of(
        question: &str,
        analyzer: &Analyzer,
        synonyms: &Synonyms,
        kinds: &Kinds,
        postings: &dyn Postings,
        meaning: Option<&Meaning>,
        repaired: &Repaired,
    ) -> Self {
        let repair = Repair { analyzer, postings, meaning, repaired };
        let index = Vocabulary { analyzer, kinds, postings };
        let (tokens, mut spelling) = index.divided(question);
        let mut words: Vec<WordTerm> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let mut term = WordTerm {
                known: is_known(&token.term, postings),
                term: token.term.clone(),
                repaired_from: None,
                asking: token.asking,
                variants: index.joined(&spelling, &tokens, at),
                related: Vec::new(),
                idf: 0.0,
            };
            if !term.known
                && token.alphabetic
                && let Some(repaired) = repair.of(&fold(&spelling[token.start..token.end]), &term.term)
            {
                term.repaired_from = Some(std::mem::replace(&mut term.term, repaired));
                term.known = true;
                term.asking |= analyzer.is_asking(&term.term);
            }
            // Its grams are those of the words together anyway.
            term.known |= !term.variants.is_empty();
            match words.iter_mut().find(|other| other.term == term.term) {
                Some(other) => {
                    term.variants.retain(|variant| !other.variants.contains(variant));
                    other.variants.append(&mut term.variants);
                }
                None => words.push(term),
            }
        }
        let order: Vec<&str> = tokens.iter().map(|token| token.term.as_str()).collect();
        synonyms.add(&order, &mut words, |term| postings.is_word(term));
        for word in &mut words {
            word.idf = index.rarity(word);
        }
        if let Some(meaning) = meaning
            && postings.is_complete()
        {
            related::add(&mut words, meaning, analyzer);
        }
        // The grams shall profit as well: of a repair, and of a known word that means the same as an unknown one.
        for token in tokens.iter().rev() {
            let repaired = words.iter().find(|word| word.repaired_from.as_deref() == Some(&token.term));
            let meant = words.iter().find(|word| word.term == token.term && !word.known);
            let better = repaired
                .map(|word| &word.term)
                .or_else(|| meant?.variants.iter().find(|variant| variant.weight >= 1.0).map(|variant| &variant.term));
            if let Some(better) = better {
                spelling.replace_range(token.start..token.end, better);
            }
        }
        for word in &mut words {
            word.known |= !word.variants.is_empty();
        }
        Self { words, grams: each_once(analyzer.grams(&spelling)) }
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

/// What an index knows of words.
struct Vocabulary<'a> {
    analyzer: &'a Analyzer,
    kinds: &'a Kinds,
    postings: &'a dyn Postings,
}

impl Vocabulary<'_> {
    /// The question's words, with the spaces that are missing in it; and the question so written.
    fn divided(&self, question: &str) -> (Vec<Token>, String) {
        let tokens = self.analyzer.words(question);
        let mut spelling = question.to_owned();
        for token in tokens.iter().rev() {
            if !korean::is_hangul(&token.term) || is_known(&token.term, self.postings) {
                continue;
            }
            let pieces = korean::divide(&question[token.start..token.end], |piece| self.known_syllables(piece));
            if !pieces.is_empty() {
                spelling.replace_range(token.start..token.end, &pieces.join(" "));
            }
        }
        if spelling.len() == question.len() {
            return (tokens, spelling);
        }
        (self.analyzer.words(&spelling), spelling)
    }

    /// How many syllables of a piece are those of a term that is known, or of a word that questions are made of.
    fn known_syllables(&self, piece: &str) -> usize {
        match self.analyzer.words(piece).as_slice() {
            [token] if token.asking || self.postings.is_word(&token.term) => token.term.chars().count(),
            _ => 0,
        }
    }

    /// What the Korean word at `at` becomes together with its neighbours, where the index knows it: "비밀 번호".
    fn joined(&self, text: &str, tokens: &[Token], at: usize) -> Vec<Variant> {
        let mut variants: Vec<Variant> = Vec::new();
        for first in at.saturating_sub(2)..=at {
            for last in at.max(first + 1)..tokens.len().min(first + 3) {
                let together = &tokens[first..=last];
                let adjacent = together.windows(2).all(|pair| {
                    text.get(pair[0].end..pair[1].start).is_some_and(|gap| !gap.is_empty() && gap.trim().is_empty())
                });
                if !adjacent || !together.iter().all(|token| korean::is_hangul(&token.term) && !token.asking) {
                    continue;
                }
                let joined: String = together.iter().map(|token| &text[token.start..token.end]).collect();
                if let [token] = self.analyzer.words(&joined).as_slice()
                    && self.postings.is_word(&token.term)
                    && variants.iter().all(|variant| variant.term != token.term)
                {
                    variants.push(Variant { term: token.term.clone(), weight: 1.0 });
                }
            }
        }
        variants
    }

    /// The idf over all kinds of documents, but no more than among phrases: "how" and "do" may be rare in texts, and yet
    /// tell nothing of a question. What stands for the word as much as itself is counted with it.
    fn rarity(&self, word: &WordTerm) -> f64 {
        let standing: Vec<&str> = std::iter::once(word.term.as_str())
            .chain(word.variants.iter().filter(|variant| variant.weight >= 1.0).map(|variant| variant.term.as_str()))
            .collect();
        let frequency = |part: Part| -> u32 {
            let found = standing.iter().map(|term| self.postings.document_frequency(part.words(), term));
            found.fold(0, u32::saturating_add)
        };
        let over_all = idf(self.postings.documents(), KNOWN.iter().map(|part| frequency(*part)).sum());
        let rarity = match frequency(Part::Phrase) {
            0 => over_all,
            frequency => over_all.min(idf(self.kinds.phrases, frequency)),
        };
        if word.asking { ASKING * rarity } else { rarity }
    }
}

/// Of the question's own words, which are looked up in any case.
pub(crate) fn is_known(term: &str, postings: &dyn Postings) -> bool {
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
