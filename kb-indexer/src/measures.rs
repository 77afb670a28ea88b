//! Figures of answer quality. Shares are between 0 and 1; `None` where there is nothing to measure.

/// What came of one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// Whether any article answers it.
    pub answerable: bool,
    /// Place of the first right hit, from 0.
    pub rank: Option<usize>,
    /// The reply's confidence.
    pub confidence: f64,
    /// Whether the decision was to answer.
    pub answered: bool,
    /// Whether the decision was to hand off.
    pub handed_off: bool,
}

impl Asked {
    fn right(&self) -> bool {
        self.rank == Some(0)
    }
}

/// The figures of a set of questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Number of questions.
    pub n: usize,
    /// How many of them an article answers.
    pub answerable: usize,
    /// Share of the answerable whose first hit is right.
    pub recall_at_1: Option<f64>,
    /// Share of the answerable with a right hit among the first three.
    pub recall_at_3: Option<f64>,
    /// Mean over the answerable of 1 / place of the first right hit, 0 beyond ten.
    pub mrr_at_10: Option<f64>,
    /// Probability that an answerable question has a higher confidence than an unanswerable one.
    pub auroc_answerable: Option<f64>,
    /// Probability that a question whose first hit is right has a higher confidence than another.
    pub auroc_correct: Option<f64>,
    /// Share of the unanswerable kept by the threshold that keeps 95 % of the answerable.
    pub fpr_at_95_tpr: Option<f64>,
    /// Expected calibration error over all questions in ten equal bins of confidence.
    pub ece: Option<f64>,
    /// Share of all questions that are answered.
    pub answered: Option<f64>,
    /// Share of the answered whose first hit is wrong.
    pub wrong_answers: Option<f64>,
    /// Share of all questions that are handed off.
    pub handed_off: Option<f64>,
    /// Share of the unanswerable that are handed off.
    pub unanswerable_handed_off: Option<f64>,
}

impl Measures {
    /// Measures a set of questions.
    pub fn of(asked: &[Asked]) -> Self {
        let answerable: Vec<&Asked> = asked.iter().filter(|one| one.answerable).collect();
        let unanswerable: Vec<&Asked> = asked.iter().filter(|one| !one.answerable).collect();
        let answered: Vec<&Asked> = asked.iter().filter(|one| one.answered).collect();
        let confidences = |of: &dyn Fn(&Asked) -> bool| {
            asked.iter().filter(|one| of(one)).map(|one| one.confidence).collect::<Vec<_>>()
        };
        let within = |best: usize| share(&answerable, |one| one.rank.is_some_and(|rank| rank < best));
        #[allow(clippy::cast_precision_loss, reason = "ranks below ten")]
        let reciprocal = |one: &&Asked| one.rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        let kept = confidences(&|one| one.answerable);
        let others = confidences(&|one| !one.answerable);
        Self {
            n: asked.len(),
            answerable: answerable.len(),
            recall_at_1: within(1),
            recall_at_3: within(3),
            mrr_at_10: mean(answerable.iter().map(reciprocal)),
            auroc_answerable: auroc(&kept, &others),
            auroc_correct: auroc(&confidences(&Asked::right), &confidences(&|one| !one.right())),
            fpr_at_95_tpr: quantile(&kept, 0.05)
                .and_then(|threshold| mean(others.iter().map(|one| f64::from(u8::from(*one >= threshold))))),
            ece: ece(asked),
            answered: share(&asked.iter().collect::<Vec<_>>(), |one| one.answered),
            wrong_answers: share(&answered, |one| !one.right()),
            handed_off: share(&asked.iter().collect::<Vec<_>>(), |one| one.handed_off),
            unanswerable_handed_off: share(&unanswerable, |one| one.handed_off),
        }
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let n = values.len();
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let n = (n > 0).then_some(n as f64)?;
    Some(values.sum::<f64>() / n)
}

fn share(of: &[&Asked], counts: impl Fn(&Asked) -> bool) -> Option<f64> {
    mean(of.iter().map(|one| f64::from(u8::from(counts(one)))))
}

/// Area under the receiver operating characteristic by ranks (Mann-Whitney), ties counted half.
fn auroc(positive: &[f64], negative: &[f64]) -> Option<f64> {
    if positive.is_empty() || negative.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> = positive.iter().map(|value| (*value, true)).collect();
    all.extend(negative.iter().map(|value| (*value, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut below = 0.0;
    let mut won = 0.0;
    for tied in all.chunk_by(|a, b| a.0 >= b.0) {
        #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
        let [positives, negatives] =
            [true, false].map(|wanted| tied.iter().filter(|(_, is)| *is == wanted).count() as f64);
        won += positives * (below + 0.5 * negatives);
        below += negatives;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let pairs = positive.len() as f64 * negative.len() as f64;
    Some(won / pairs)
}

/// Quantile with linear interpolation.
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let place = share * sorted.len().checked_sub(1)? as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    Some(sorted[below] + (sorted[above] - sorted[below]) * place.fract())
}

fn ece(asked: &[Asked]) -> Option<f64> {
    const BINS: usize = 10;
    let mut bins = [(0.0, 0.0); BINS];
    for one in asked {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a confidence times ten"
        )]
        let bin = ((one.confidence * BINS as f64) as usize).min(BINS - 1);
        bins[bin].0 += one.confidence;
        bins[bin].1 += f64::from(u8::from(one.right()));
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of questions")]
    let n = (!asked.is_empty()).then_some(asked.len() as f64)?;
    Some(bins.iter().map(|(confident, right)| (confident - right).abs()).sum::<f64>() / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(answerable: bool, rank: Option<usize>, confidence: f64) -> Asked {
        Asked { answerable, rank, confidence, answered: confidence >= 0.6, handed_off: confidence < 0.2 }
    }

    fn near(value: Option<f64>, expected: f64) {
        assert!(value.is_some_and(|value| (value - expected).abs() < 1e-9), "{value:?} is not {expected}");
    }

    #[test]
    fn figures_of_a_small_set() {
        let measures = Measures::of(&[
            asked(true, Some(0), 0.9),
            asked(true, Some(1), 0.7),
            asked(true, None, 0.1),
            asked(false, None, 0.4),
        ]);
        assert_eq!((measures.n, measures.answerable), (4, 3));
        near(measures.recall_at_1, 1.0 / 3.0);
        near(measures.recall_at_3, 2.0 / 3.0);
        near(measures.mrr_at_10, 0.5);
        near(measures.auroc_answerable, 2.0 / 3.0);
        near(measures.auroc_correct, 1.0);
        near(measures.fpr_at_95_tpr, 1.0);
        near(measures.ece, (0.1 + 0.7 + 0.1 + 0.4) / 4.0);
        near(measures.answered, 0.5);
        near(measures.wrong_answers, 0.5);
        near(measures.handed_off, 0.25);
        near(measures.unanswerable_handed_off, 0.0);
    }

    #[test]
    fn nothing_to_measure_is_said() {
        let measures = Measures::of(&[asked(true, Some(0), 0.5)]);
        assert_eq!(measures.auroc_answerable, None);
        assert_eq!(measures.unanswerable_handed_off, None);
        assert_eq!(Measures::of(&[]), Measures::default());
    }

    #[test]
    fn ties_count_half() {
        near(auroc(&[0.5, 0.5], &[0.5]), 0.5);
        near(quantile(&[0.0, 1.0], 0.05), 0.05);
    }
}
