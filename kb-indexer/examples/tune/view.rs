//! A question's candidates, ranked again by other weights.

use answer_engine::{
    decision::Coefficients,
    scoring::{Candidate, Features, Signal, Signals, Weights, score},
};
use kb_indexer::measures::{Asked, Measures};

use crate::asked::Question;

/// The signals that come from vectors.
pub(crate) const MEANT: [Signal; 3] = [Signal::MeantPhrase, Signal::MeantCenter, Signal::MeantSection];

/// A candidate's signals; without vectors those by meaning are zero.
pub(crate) fn signals(candidate: &Candidate, meaning: bool) -> Signals {
    let mut signals = candidate.signals;
    if !meaning {
        for signal in MEANT {
            signals.0[signal as usize] = 0.0;
        }
    }
    signals
}

/// What came of ranking again.
#[derive(Clone, Copy)]
pub(crate) struct Ranked {
    /// Of the first candidate.
    pub(crate) features: Features,
    /// Place of the first right one, from 0.
    pub(crate) rank: Option<usize>,
    /// Whether any article answers the question.
    pub(crate) answerable: bool,
}

impl Ranked {
    /// Whether the first candidate is right.
    pub(crate) fn right(&self) -> bool {
        self.rank == Some(0)
    }
}

/// Ranks by these weights.
pub(crate) fn rank(question: &Question, weights: &Weights, meaning: bool) -> Ranked {
    rank_those(question, weights, meaning, |_| true)
}

/// Ranks as if the right articles were not there: whatever comes first is wrong.
pub(crate) fn rank_without_right(question: &Question, weights: &Weights, meaning: bool) -> Ranked {
    let ranked = rank_those(question, weights, meaning, |candidate| !question.right.contains(&candidate.article));
    Ranked { answerable: false, ..ranked }
}

fn rank_those(question: &Question, weights: &Weights, meaning: bool, there: impl Fn(&Candidate) -> bool) -> Ranked {
    let weights = weights.of(question.terms.words.len());
    let mut candidates: Vec<Candidate> = Vec::with_capacity(question.candidates.len());
    for candidate in question.candidates.iter().filter(|candidate| there(candidate)) {
        let signals = signals(candidate, meaning);
        let score = score(&weights, &signals);
        if score > 0.0 {
            candidates.push(Candidate { score, signals, ..candidate.clone() });
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
    Ranked {
        features: Features::of(&question.terms, &candidates),
        rank: candidates.iter().position(|candidate| question.right.contains(&candidate.article)),
        answerable: question.answerable,
    }
}

/// Measures what came of a set's questions, where `unanswerable_share` of a site's questions have no article.
pub(crate) fn measure(ranked: &[Ranked], coefficients: &Coefficients, unanswerable_share: f64) -> Measures {
    let asked: Vec<Asked> = ranked
        .iter()
        .map(|one| Asked {
            answerable: one.answerable,
            rank: one.rank.filter(|rank| *rank < 10),
            confidence: coefficients.probability(&one.features, unanswerable_share),
            answered: false,
            handed_off: false,
        })
        .collect();
    Measures::of(&asked)
}
