//! The build's self-test: how sure may answers of this index be?
//!
//! Each sample question is asked twice: with itself taken out of the index (is the right article still first?), and with
//! its whole article taken out (whatever comes is wrong). From what comes back a logistic regression is fitted, which is
//! blended half and half with the shipped one; and the least confidence to answer is chosen so that no more of the
//! answers are wrong than the owner accepts.

pub mod regression;
mod removal;

use answer_engine::{
    Engine,
    analysis::Analyzer,
    bundle::Settings,
    decision::{ANSWERABLE_SHARE, Calibration, Coefficients, Thresholds, logit},
    scoring::{Features, Signal},
};

use crate::article::ParsedArticle;
use crate::index::documents::{Document, PhraseKind, phrases};
use regression::{Example, fit};
use removal::Removals;

/// More questions than this say nothing new.
const QUESTIONS: usize = 2500;
/// An article with fewer sample questions cannot do without one.
const SAMPLES: usize = 3;
/// From this many questions on, the index's own fit counts as much as the shipped one.
const ENOUGH: f64 = 300.0;
/// Strength of the fit's ridge: an index has few questions to learn from.
const RIDGE: f64 = 0.003;
/// Share of questions without their article in the fit. More than visitors ask: the fit shall tell them apart.
const WITHOUT_ARTICLE: f64 = 0.3;
/// Bounds of the least confidence to answer.
const LEAST: (f64, f64) = (0.3, 0.98);

/// Questions below this number fit nothing.
const FEWEST: usize = 20;

/// What the self-test found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelfTest {
    /// Number of sample questions asked.
    pub questions: usize,
    /// How many of them find their own article first without themselves.
    pub right_first: usize,
    /// Those that find another, in the articles' order.
    pub lost: Vec<Lost>,
    /// What visitors may expect; none where the questions are too few to tell.
    pub expected: Option<Expected>,
}

/// A sample question that finds another article as soon as it is not among its own article's samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// Slug of its article.
    pub article: String,
    /// The question.
    pub question: String,
    /// Slug of the article that comes first.
    pub first: String,
    /// How sure that would be.
    pub confidence: f64,
    /// Whether it is sure enough to be shown as the answer.
    pub answered: bool,
}

/// What visitors may expect, if they ask as the sample questions do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expected {
    /// Share of questions that will be answered.
    pub answered: f64,
    /// Share of these answers that will be wrong.
    pub wrong_answers: f64,
    /// Share that will get a choice.
    pub chosen: f64,
    /// Share that will be handed off.
    pub handed_off: f64,
    /// Expected calibration error, ten bins.
    pub ece: f64,
}

/// One question as it was asked without itself, or without its article.
struct Asked {
    features: Features,
    right: bool,
    /// Whether its article was there.
    answerable: bool,
    /// Where that did not come first: the question, its article, and what did.
    lost: Option<Displaced>,
}

/// A question, its article and the one before it.
struct Displaced {
    question: String,
    article: u32,
    first: u32,
    /// Whether the first shares a word with the question.
    shares_words: bool,
}

/// Whether any article has enough sample questions for [`calibrate`] to find something to test.
pub(crate) fn has_samples(articles: &[&ParsedArticle]) -> bool {
    articles.iter().any(|article| article.questions.len() >= SAMPLES)
}

/// Tests an index with its own sample questions, and fits its numbers where there are enough. `None` where there are
/// none.
pub(crate) fn calibrate(
    articles: &[&ParsedArticle],
    documents: &[Document],
    engine: &Engine,
    analyzer: &Analyzer,
    settings: &Settings,
) -> Option<(Option<Calibration>, SelfTest)> {
    let asked = ask_all(articles, documents, engine, analyzer);
    let questions = asked.iter().filter(|one| one.answerable).count();
    if questions == 0 {
        return None;
    }
    let fitted = fitted(&asked, questions, engine, settings);
    let calibration = fitted.unwrap_or_else(|| engine.calibration());
    let expected = fitted.map(|calibration| {
        let scored = score(&asked, &calibration.coefficients, settings);
        expected(&scored, &calibration)
    });
    let slug = |article: u32| articles[article as usize].slug.clone();
    let lost = asked
        .iter()
        .filter_map(|one| one.lost.as_ref().map(|lost| (lost, &one.features)))
        .map(|(lost, features)| {
            let confidence = calibration.coefficients.probability(features, settings.unanswerable_share);
            Lost {
                article: slug(lost.article),
                question: lost.question.clone(),
                first: slug(lost.first),
                confidence,
                answered: lost.shares_words && confidence >= calibration.answer,
            }
        })
        .collect();
    let right_first = asked.iter().filter(|one| one.right).count();
    Some((fitted, SelfTest { questions, right_first, lost, expected }))
}

/// The index's own numbers; `None` where there is too little to fit them to.
fn fitted(asked: &[Asked], questions: usize, engine: &Engine, settings: &Settings) -> Option<Calibration> {
    if questions < FEWEST {
        return None;
    }
    let shipped = Coefficients::shipped(&engine.material(), engine.has_meaning());
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let share = 0.5 * (questions as f64 / ENOUGH).min(1.0);
    let mut own = fit(&examples(asked, WITHOUT_ARTICLE), RIDGE)?;
    own.intercept += logit(ANSWERABLE_SHARE) - logit(1.0 - WITHOUT_ARTICLE);
    let coefficients = shipped.towards(&own, share);
    let scored = score(asked, &coefficients, settings);
    // Sample questions of one article are made to differ, so that each is harder without itself than a visitor's: the
    // shipped threshold counts as much as the self-test's.
    let expected = Calibration::expected(settings);
    let answer = expected + share * (least_confidence(&scored, settings.accepted_wrong_answers) - expected);
    Some(Calibration { coefficients, answer })
}

fn ask_all(articles: &[&ParsedArticle], documents: &[Document], engine: &Engine, analyzer: &Analyzer) -> Vec<Asked> {
    let removals = Removals::of(documents, articles.len());
    let mut pending = Vec::new();
    for (article, parsed) in (0_u32..).zip(articles) {
        let phrases = phrases(parsed, analyzer);
        let samples = phrases.iter().filter(|phrase| phrase.kind == PhraseKind::Question).count();
        if samples < SAMPLES {
            continue;
        }
        for (place, phrase) in (0_u32..).zip(&phrases) {
            if phrase.kind == PhraseKind::Question {
                pending.push((article, place, phrase.text.to_owned()));
            }
        }
    }
    let step = pending.len().div_ceil(QUESTIONS).max(1);
    let mut asked = Vec::new();
    for (article, place, text) in pending.into_iter().step_by(step) {
        for phrase in [Some(place), None] {
            let removal = removals.removal(documents, article, phrase);
            let examination = engine.examine_without(&text, &removal);
            let first = examination.ranking.candidates.first();
            let right = first.is_some_and(|first| first.article == article);
            let lost = first.filter(|_| phrase.is_some() && !right).map(|first| Displaced {
                question: text.clone(),
                article,
                first: first.article,
                shares_words: first.signals.get(Signal::Coverage) > 0.0,
            });
            asked.push(Asked { features: examination.ranking.features, right, answerable: phrase.is_some(), lost });
        }
    }
    asked
}

/// Weighs the two kinds of questions so that `without` of the whole have no article.
fn examples(asked: &[Asked], without: f64) -> Vec<Example> {
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let count = |answerable: bool| asked.iter().filter(|one| one.answerable == answerable).count().max(1) as f64;
    let weights = [without / count(false), (1.0 - without) / count(true)];
    asked
        .iter()
        .map(|one| Example { features: one.features.0, right: one.right, weight: weights[usize::from(one.answerable)] })
        .collect()
}

/// A question's confidence, whether its first hit was right, and its weight.
struct Scored {
    confidence: f64,
    right: bool,
    weight: f64,
}

fn score(asked: &[Asked], coefficients: &Coefficients, settings: &Settings) -> Vec<Scored> {
    let share = settings.unanswerable_share;
    examples(asked, share)
        .into_iter()
        .map(|example| Scored {
            confidence: coefficients.probability(&Features(example.features), share),
            right: example.right,
            weight: example.weight,
        })
        .collect()
}

/// The least confidence above which no more than the accepted share is wrong.
fn least_confidence(scored: &[Scored], accepted: f64) -> f64 {
    let mut sorted: Vec<&Scored> = scored.iter().collect();
    sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let (mut all, mut wrong, mut least) = (0.0, 0.0, LEAST.1);
    for one in sorted {
        all += one.weight;
        if !one.right {
            wrong += one.weight;
        }
        if wrong <= accepted * all {
            least = one.confidence;
        }
    }
    least.clamp(LEAST.0, LEAST.1)
}

fn expected(scored: &[Scored], calibration: &Calibration) -> Expected {
    let thresholds = Thresholds::of(calibration);
    let sum = |counts: &dyn Fn(&Scored) -> bool| -> f64 {
        scored.iter().filter(|one| counts(one)).map(|one| one.weight).sum()
    };
    let all = sum(&|_| true).max(f64::MIN_POSITIVE);
    let answered = sum(&|one| one.confidence >= thresholds.answer);
    let wrong = sum(&|one| one.confidence >= thresholds.answer && !one.right);
    let handed_off = sum(&|one| one.confidence < thresholds.choose);
    let mut bins = [0.0_f64; 10];
    for one in scored {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a confidence times ten")]
        let bin = ((one.confidence * 10.0) as usize).min(9);
        bins[bin] += one.weight * (one.confidence - f64::from(u8::from(one.right)));
    }
    Expected {
        answered: answered / all,
        wrong_answers: if answered > 0.0 { wrong / answered } else { 0.0 },
        chosen: (all - answered - handed_off) / all,
        handed_off: handed_off / all,
        ece: bins.iter().map(|bin| bin.abs()).sum::<f64>() / all,
    }
}
