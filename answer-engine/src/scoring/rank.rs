use super::{
    accumulate::{FieldScores, PartScores},
    bm25::idf,
    features::{Features, Standing},
    kinds::Kinds,
    terms::Terms,
};
use crate::{
    bundle::{Catalog, Unit},
    postings::{Part, Postings},
};

/// How much each part of an article counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The nearest phrase.
    pub near: f64,
    /// The mean of the three best phrases.
    pub mean: f64,
    /// All phrases joined.
    pub questions: f64,
    /// The title.
    pub title: f64,
    /// The best section's headings.
    pub headings: f64,
    /// The best section's body.
    pub body: f64,
}

impl Default for Weights {
    /// Chosen on the development sets; see `docs/quality.md`.
    fn default() -> Self {
        Self { near: 1.0, mean: 1.5, questions: 0.8, title: 0.1, headings: 1.4, body: 1.0 }
    }
}

impl Weights {
    fn sum(&self) -> f64 {
        self.near + self.mean + self.questions + self.title + self.headings + self.body
    }
}

/// What an article got for each of its parts, each 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// The nearest phrase.
    pub near: f64,
    /// The mean of the three best phrases.
    pub mean: f64,
    /// All phrases joined.
    pub questions: f64,
    /// The title.
    pub title: f64,
    /// The best section's headings.
    pub headings: f64,
    /// The best section's body.
    pub body: f64,
}

impl Parts {
    fn score(&self, weights: &Weights) -> f64 {
        (self.near * weights.near
            + self.mean * weights.mean
            + self.questions * weights.questions
            + self.title * weights.title
            + self.headings * weights.headings
            + self.body * weights.body)
            / weights.sum()
    }

    pub(super) fn as_array(self) -> [f64; 6] {
        [self.near, self.mean, self.questions, self.title, self.headings, self.body]
    }
}

/// An article that shares anything with the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Position in the catalog.
    pub article: u32,
    /// Its best section: a position in the catalog's sections.
    pub section: u32,
    /// Weighted mean of the parts, 0 to 1.
    pub score: f64,
    /// What each part got.
    pub parts: Parts,
}

/// The articles by falling score, ties by slug, and what is known of the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Everything that shares anything with the question.
    pub candidates: Vec<Candidate>,
    /// Features of the first candidate; `None` without candidates.
    pub features: Option<Features>,
}

/// What is gathered of one article on the way.
#[derive(Clone, Default)]
struct Gathered {
    phrases: [f64; 3],
    best_phrase: Option<u32>,
    best_section: Option<BestSection>,
    parts: Parts,
    words: u64,
    grams: u64,
}

/// The section that fits best.
#[derive(Clone, Copy)]
struct BestSection {
    section: u32,
    value: f64,
    /// Share of the question that it has.
    coverage: f64,
}

impl Gathered {
    fn add_phrase(&mut self, document: u32, value: f64) {
        if value > self.phrases[0] {
            self.best_phrase = Some(document);
        }
        let mut value = value;
        for kept in &mut self.phrases {
            if value > *kept {
                std::mem::swap(kept, &mut value);
            }
        }
    }
}

/// Ranks the articles of a catalog for a question.
pub fn rank(terms: &Terms, catalog: &Catalog, kinds: &Kinds, postings: &dyn Postings, weights: &Weights) -> Ranking {
    let mut articles: Vec<Gathered> = vec![Gathered::default(); catalog.articles.len()];
    let words: Vec<&str> = terms.words.iter().map(|word| word.term.as_str()).collect();
    let grams: Vec<&str> = terms.grams.iter().map(String::as_str).collect();
    let short_grams: Vec<&str> = terms.short_grams.iter().map(String::as_str).collect();
    // Which of the question's words and grams each section has.
    let mut in_section = vec![(0_u64, 0_u64); catalog.units.len()];
    // What of each phrase the question covers, by idf; only the nearest phrase's figure is used.
    let mut phrase_cover = vec![0.0_f64; catalog.units.len()];

    // Words that questions are made of ("how", "do", "i") may be rare in articles' texts: a section that happens to hold
    // them would win. What is common among phrases counts no more in a section.
    let ceilings: Vec<f64> = words
        .iter()
        .map(|word| match postings.document_frequency(Part::Phrase.words(), word) {
            0 => f64::INFINITY,
            frequency => idf(kinds.phrases, frequency),
        })
        .collect();

    let mut score_part = |part: Part, articles: &mut [Gathered]| {
        let documents = kinds.with(part);
        let grams = if part == Part::Phrase { &short_grams } else { &grams };
        let ceilings = if matches!(part, Part::Body | Part::Headings) { ceilings.as_slice() } else { &[] };
        PartScores {
            words: FieldScores::new(postings, part.words(), documents, &words, ceilings, |document, position, idf| {
                if let Some(gathered) = article_of(catalog, document).and_then(|article| articles.get_mut(article)) {
                    gathered.words |= bit(position);
                }
                match part {
                    Part::Phrase => phrase_cover[document as usize] += idf,
                    Part::Headings | Part::Body => in_section[document as usize].0 |= bit(position),
                    Part::Title | Part::Questions => {}
                }
            }),
            grams: FieldScores::new(postings, part.grams(), documents, grams, &[], |document, position, _| {
                if part != Part::Phrase
                    && let Some(gathered) = article_of(catalog, document).and_then(|article| articles.get_mut(article))
                {
                    gathered.grams |= bit(position);
                    in_section[document as usize].1 |= bit(position);
                }
            }),
            mixed: !grams.is_empty(),
        }
    };

    let phrases = score_part(Part::Phrase, &mut articles);
    for document in phrases.touched() {
        if let Some(Unit::Phrase { article, .. }) = catalog.units.get(document as usize) {
            articles[*article as usize].add_phrase(document, phrases.of(document));
        }
    }
    let titles = score_part(Part::Title, &mut articles);
    let questions = score_part(Part::Questions, &mut articles);
    for document in titles.touched().into_iter().chain(questions.touched()) {
        if let Some(Unit::Article { article }) = catalog.units.get(document as usize) {
            let parts = &mut articles[*article as usize].parts;
            parts.title = titles.of(document);
            parts.questions = questions.of(document);
        }
    }
    let headings = score_part(Part::Headings, &mut articles);
    let bodies = score_part(Part::Body, &mut articles);
    for document in headings.touched().into_iter().chain(bodies.touched()) {
        if let Some(Unit::Section { article, section }) = catalog.units.get(document as usize) {
            let gathered = &mut articles[*article as usize];
            let (heading, body) = (headings.of(document), bodies.of(document));
            let value = heading * weights.headings + body * weights.body;
            let (words, grams) = in_section[document as usize];
            let coverage = terms.coverage(words, grams);
            // Of equal sections the first in the article wins, whatever the order of the documents.
            let better = gathered
                .best_section
                .is_none_or(|best| value > best.value || (value >= best.value && *section < best.section));
            if better {
                gathered.best_section = Some(BestSection { section: *section, value, coverage });
                gathered.parts.headings = heading;
                gathered.parts.body = body;
            }
        }
    }

    let mut candidates = Vec::new();
    for (number, gathered) in articles.iter_mut().enumerate() {
        gathered.parts.near = gathered.phrases[0];
        let count = kinds.phrases_of_article.get(number).copied().unwrap_or(0).clamp(1, 3);
        gathered.parts.mean = gathered.phrases.iter().sum::<f64>() / f64::from(count);
        let score = gathered.parts.score(weights);
        // Without a single word in common, a few letters of a phrase are chance.
        let by_words = gathered.words > 0 || gathered.grams > 0;
        if score > 0.0 && (by_words || gathered.parts.near >= LETTERS_ALONE) {
            #[allow(clippy::cast_possible_truncation, reason = "the catalog counts articles in u32")]
            let article = number as u32;
            let section = best_section(catalog, article, gathered);
            candidates.push(Candidate { article, section, score, parts: gathered.parts });
        }
    }
    // The catalog is sorted by slug, so the article's number breaks ties by slug.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));

    let features = candidates.first().map(|first| {
        let gathered = &articles[first.article as usize];
        let phrase = gathered.best_phrase.map(|document| {
            let cover = phrase_cover[document as usize];
            match catalog.units.get(document as usize) {
                Some(Unit::Phrase { weight, .. }) if *weight > 0.0 => (cover / f64::from(*weight)).min(1.0),
                _ => 0.0,
            }
        });
        Features::of(&Standing {
            terms,
            candidates: &candidates,
            words: gathered.words,
            grams: gathered.grams,
            phrase_cover: phrase.unwrap_or(0.0),
        })
    });
    Ranking { candidates, features }
}

/// How near a phrase must be, by its letters alone, to be a match: a word with two typing errors reaches it.
const LETTERS_ALONE: f64 = 0.15;

/// A section with a smaller share of the question than this was found by chance: the article was found by its phrases,
/// and it begins with what they promise.
const BY_CHANCE: f64 = 0.4;

/// The section to show: that of the nearest phrase where it is a heading and fits better than any text; else the best by
/// headings and text, if it has enough of the question; else the first.
fn best_section(catalog: &Catalog, article: u32, gathered: &Gathered) -> u32 {
    let of_phrase = gathered.best_phrase.and_then(|document| match catalog.units.get(document as usize) {
        Some(Unit::Phrase { section, .. }) => *section,
        _ => None,
    });
    let best = gathered.best_section.filter(|best| best.coverage >= BY_CHANCE || gathered.phrases[0] <= 0.0);
    match (of_phrase, best) {
        (Some(section), Some(best)) if gathered.phrases[0] > best.value => section,
        (_, Some(best)) => best.section,
        (Some(section), None) => section,
        (None, None) => catalog.articles[article as usize].first_section,
    }
}

/// A word's place in a mask. A question of more than 64 terms is covered by its first 64.
fn bit(position: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(position).unwrap_or(u32::MAX)).unwrap_or(0)
}

fn article_of(catalog: &Catalog, document: u32) -> Option<usize> {
    catalog.units.get(document as usize).map(|unit| match unit {
        Unit::Phrase { article, .. } | Unit::Section { article, .. } | Unit::Article { article } => *article as usize,
    })
}
