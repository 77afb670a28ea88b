use super::{
    accumulate::{FieldScores, Notes, PartScores, bit},
    bm25::idf,
    features::Features,
    kinds::Kinds,
    look_up::LookUp,
    signals::{Signal, Signals},
    terms::{ASKING, Terms},
    weights::{Weights, score},
    whole::whole_scores,
    zeros::Zeros,
};
use crate::{
    bundle::{Catalog, Unit, unpacked},
    meaning::Meaning,
    postings::{Part, Postings as _, Remembered, Removal},
};

/// An article that shares anything with the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Position in the catalog.
    pub article: u32,
    /// Its best section: a position in the catalog's sections.
    pub section: u32,
    /// Weighted sum of the signals, in log odds.
    pub score: f64,
    /// What each part got.
    pub signals: Signals,
}

/// The articles by falling score, ties by slug, and what is known of the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Everything that shares anything with the question.
    pub candidates: Vec<Candidate>,
    /// Features of the first candidate.
    pub features: Features,
}

/// What is gathered of one article on the way.
#[derive(Clone, Default)]
struct Gathered {
    phrases: [f64; 3],
    best_phrase: Option<u32>,
    best_section: Option<BestSection>,
    signals: Signals,
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
    /// Adds words and grams that one of the article's documents has.
    fn note(&mut self, [words, grams]: [u64; 2]) {
        self.words |= words;
        self.grams |= grams;
    }

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

/// An index as it is searched.
#[derive(Clone, Copy)]
pub struct Searched<'a> {
    /// What the documents stand for.
    pub catalog: &'a Catalog,
    /// How many there are of each kind.
    pub kinds: &'a Kinds,
    /// The terms.
    pub postings: &'a Remembered<'a>,
    /// Tables to work in.
    pub zeros: &'a Zeros,
    /// The vectors, where they are there.
    pub meaning: Option<&'a Meaning>,
    /// What is taken out for a self-test; `postings` and `kinds` are without it.
    pub removal: Option<&'a Removal>,
}

/// Ranks the articles of an index for a question.
pub fn rank(terms: &Terms, searched: Searched<'_>, weights: &Weights) -> Ranking {
    let Searched { catalog, kinds, postings, zeros, meaning, removal } = searched;
    let mut articles: Vec<Gathered> = vec![Gathered::default(); catalog.articles.len()];
    let words: Vec<LookUp<'_>> = terms
        .words
        .iter()
        .map(|word| LookUp {
            term: &word.term,
            others: &word.variants,
            related: &word.related,
            share: 1.0,
            everywhere: false,
        })
        .collect();
    // In phrases, which are questions themselves, the words that questions are made of tell what kind of question it is.
    let telling: Vec<LookUp<'_>> = words
        .iter()
        .zip(&terms.words)
        .map(|(word, term)| LookUp { share: if term.asking { ASKING } else { 1.0 }, ..*word })
        .collect();
    // Some of them stand in most texts: they are not looked up there, and every text that has any other word counts as
    // having them.
    let mut everywhere = 0;
    let in_texts: Vec<LookUp<'_>> = (0..)
        .zip(&telling)
        .map(|(position, word)| {
            let is_everywhere = catalog.is_everywhere(word.term);
            everywhere |= if is_everywhere { bit(position) } else { 0 };
            LookUp { everywhere: is_everywhere, ..*word }
        })
        .collect();
    let grams: Vec<LookUp<'_>> = terms.grams.iter().map(|term| LookUp::alone(term)).collect();
    // Which of the question's words and grams each document has.
    let mut masks = zeros.masks(catalog.units.len());
    // What of each phrase, and of each section's heading, the question covers, by idf; only the nearest one's figure is used.
    let mut cover = zeros.sums(catalog.units.len());

    // Words that questions are made of ("how", "do", "i") may be rare in articles' texts: a section that happens to hold
    // them would win. What is common among phrases counts no more in a section.
    let ceilings: Vec<f64> = words
        .iter()
        .map(|word| match postings.document_frequency(Part::Phrase.words(), word.term) {
            0 => f64::INFINITY,
            frequency => idf(kinds.phrases, frequency),
        })
        .collect();

    let in_phrases = |term: &str| postings.document_frequency(Part::Phrase.words(), term);
    let question_weight: f64 = words.iter().map(|word| word.idf(kinds.phrases, in_phrases)).sum();

    let in_headings = |term: &str| postings.document_frequency(Part::Headings.words(), term);
    let sections = kinds.with(Part::Headings);
    let heading_weight: f64 = telling.iter().map(|word| word.idf(sections, in_headings)).sum();

    let mut score_part = |part: Part| {
        let documents = kinds.with(part);
        let of_section = matches!(part, Part::Body | Part::Headings);
        let ceilings = if of_section { ceilings.as_slice() } else { &[] };
        let words = match part {
            Part::Body => &in_texts,
            Part::Headings => &telling,
            Part::Phrase | Part::Title | Part::Questions => &words,
        };
        let is_covered = matches!(part, Part::Phrase | Part::Headings);
        let notes = Notes {
            masks: &mut masks,
            stream: Some(0),
            cover: is_covered.then_some(&mut cover).map(Vec::as_mut_slice),
        };
        let words = FieldScores::new(postings, zeros, part.words(), documents, words, ceilings, notes);
        let notes = Notes { masks: &mut masks, stream: (part != Part::Phrase).then_some(1), cover: None };
        let mixed = !grams.is_empty();
        let grams = FieldScores::new(postings, zeros, part.grams(), documents, &grams, &[], notes);
        PartScores { words, grams, mixed }
    };

    let phrases = score_part(Part::Phrase);
    let titles = score_part(Part::Title);
    let questions = score_part(Part::Questions);
    let headings = score_part(Part::Headings);
    let bodies = score_part(Part::Body);

    for document in phrases.in_order() {
        if let Some(Unit::Phrase { article, weight, .. }) = catalog.units.get(document as usize) {
            let gathered = &mut articles[*article as usize];
            gathered.add_phrase(document, phrases.of(document));
            let both = question_weight + weight_of(postings, document, *weight);
            let dice = if both > 0.0 { (2.0 * cover[document as usize] / both).min(1.0) } else { 0.0 };
            gathered.signals.raise(Signal::Dice, dice);
            gathered.note(masks[document as usize]);
        }
    }
    for document in titles.touched().chain(questions.touched()) {
        if let Some(Unit::Article { article }) = catalog.units.get(document as usize) {
            let gathered = &mut articles[*article as usize];
            gathered.note(masks[document as usize]);
            gathered.signals.set(Signal::Title, titles.of(document));
            gathered.signals.set(Signal::Joined, questions.of(document));
        }
    }
    for document in headings.touched().chain(bodies.touched()) {
        if let Some(Unit::Section { article, section, weight }) = catalog.units.get(document as usize) {
            let gathered = &mut articles[*article as usize];
            let [mut words, grams] = masks[document as usize];
            if words > 0 {
                words |= everywhere;
            }
            gathered.note([words, grams]);
            let (heading, body) = (headings.of(document), bodies.of(document));
            let both = heading_weight + weight_of(postings, document, *weight);
            let dice = if both > 0.0 { (2.0 * cover[document as usize] / both).min(1.0) } else { 0.0 };
            gathered.signals.raise(Signal::HeadingDice, dice);
            let value = heading * HEADINGS + body;
            // Of equal sections the first in the article wins, whatever the order of the documents.
            let better = gathered
                .best_section
                .is_none_or(|best| value > best.value || (value >= best.value && *section < best.section));
            if better {
                let coverage = terms.coverage(words, grams);
                gathered.best_section = Some(BestSection { section: *section, value, coverage });
                gathered.signals.set(Signal::Headings, heading);
                gathered.signals.set(Signal::Body, body);
            }
        }
    }

    let parts = [phrases, titles, questions, headings, bodies];
    zeros.clear_sums(cover, parts.iter().flat_map(PartScores::touched));
    zeros.clear_masks(masks, parts.iter().flat_map(PartScores::touched));
    for part in parts {
        part.end(zeros);
    }

    let mut whole = whole_scores(
        catalog,
        postings,
        [Part::Headings.words(), Part::Body.words(), Part::Title.words()],
        &kinds.word_lengths,
        &in_texts,
        &ceilings,
    );
    if !grams.is_empty() {
        let by_grams = whole_scores(
            catalog,
            postings,
            [Part::Headings.grams(), Part::Body.grams(), Part::Title.grams()],
            &kinds.gram_lengths,
            &grams,
            &[],
        );
        for (score, by_grams) in whole.iter_mut().zip(by_grams) {
            *score = 0.5 * *score + 0.5 * by_grams;
        }
    }

    let mut meant = Vec::new();
    if let Some(meaning) = meaning
        && let Some(vector) = meaning.of(terms)
    {
        let without = removal.and_then(|removal| Some((removal.article, removal.phrase?)));
        meant = meaning.nearness(&vector, without);
    }
    for (gathered, near) in articles.iter_mut().zip(&meant) {
        gathered.signals.set(Signal::MeantPhrase, near.phrase);
        gathered.signals.set(Signal::MeantCenter, near.center);
        gathered.signals.set(Signal::MeantSection, near.section);
    }

    let weights = weights.of(terms.words.len());
    let mut candidates = Vec::new();
    for (number, gathered) in articles.iter_mut().enumerate() {
        gathered.signals.set(Signal::Whole, whole[number]);
        gathered.signals.set(Signal::Coverage, terms.coverage(gathered.words, gathered.grams));
        gathered.signals.set(Signal::Near, gathered.phrases[0]);
        let count = kinds.phrases_of_article.get(number).copied().unwrap_or(0).clamp(1, 3);
        gathered.signals.set(Signal::Mean, gathered.phrases.iter().sum::<f64>() / f64::from(count));
        let score = score(&weights, &gathered.signals);
        // Without a single word in common, a few letters of a phrase are chance, and so is some likeness in meaning.
        let by_words = gathered.words > 0 || gathered.grams > 0;
        let by_meaning = gathered.signals.get(Signal::MeantPhrase).max(gathered.signals.get(Signal::MeantSection));
        if score > 0.0 && (by_words || gathered.phrases[0] >= LETTERS_ALONE || by_meaning >= MEANT_ALONE) {
            #[allow(clippy::cast_possible_truncation, reason = "the catalog counts articles in u32")]
            let article = number as u32;
            let section = best_section(catalog, article, gathered);
            candidates.push(Candidate { article, section, score, signals: gathered.signals });
        }
    }
    if let Some(removal) = removal
        && removal.phrase.is_none()
    {
        candidates.retain(|candidate| candidate.article != removal.article);
    }
    // The catalog is sorted by slug, so the article's number breaks ties by slug. Candidates are large and many: their
    // places are sorted, and each is moved once.
    let mut order: Vec<(f64, u32, usize)> = candidates
        .iter()
        .map(|one| (one.score, one.article))
        .zip(0..)
        .map(|((score, article), at)| (score, article, at))
        .collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let candidates: Vec<Candidate> = order.into_iter().map(|(.., at)| candidates[at].clone()).collect();

    let features = Features::of(terms, &candidates);
    Ranking { candidates, features }
}

/// How much more a section's headings count than its text, for the choice of the section.
const HEADINGS: f64 = 1.4;

/// How near a phrase must be, by its letters alone, to be a match: a word with two typing errors reaches it.
const LETTERS_ALONE: f64 = 0.15;

/// How near in meaning an article must be that shares no word with the question.
const MEANT_ALONE: f64 = 0.3;

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

/// The weight that came with the document's postings, else the catalog's.
fn weight_of(postings: &Remembered<'_>, document: u32, of_catalog: f32) -> f64 {
    f64::from(postings.weight(document).map_or(of_catalog, unpacked))
}
