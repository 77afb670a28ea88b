//! What each part of an article says to a question, as figures that compare between questions.

/// Number of signals.
pub const SIGNALS: usize = 13;

/// How well an article fits a question, part by part; each 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals(pub [f64; SIGNALS]);

/// The signals by name: positions in [`Signals`]. By words and letters: BM25, divided by the best that the question could
/// reach, if nothing else is said. By meaning: cosines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Signal {
    /// The nearest phrase, for Korean half by words and half by bigrams.
    Near,
    /// The phrase that shares the most with the question, seen from both sides: Dice's coefficient over idf.
    Dice,
    /// The mean of the three nearest phrases.
    Mean,
    /// All phrases joined.
    Joined,
    /// The title.
    Title,
    /// The best section's heading.
    Headings,
    /// The best section's text.
    Body,
    /// Title, headings and text of the whole article.
    Whole,
    /// Share of the question, by idf, that stands anywhere in the article.
    Coverage,
    /// The heading that shares the most with the question, seen from both sides.
    HeadingDice,
    /// By meaning: the nearest phrase.
    MeantPhrase,
    /// By meaning: the middle of all phrases.
    MeantCenter,
    /// By meaning: the nearest section.
    MeantSection,
}

impl Signals {
    /// Names, in order.
    pub const NAMES: [&'static str; SIGNALS] = [
        "near",
        "dice",
        "mean",
        "joined",
        "title",
        "headings",
        "body",
        "whole",
        "coverage",
        "heading_dice",
        "meant_phrase",
        "meant_center",
        "meant_section",
    ];

    /// One of them.
    pub fn get(&self, signal: Signal) -> f64 {
        self.0[signal as usize]
    }

    pub(super) fn set(&mut self, signal: Signal, value: f64) {
        self.0[signal as usize] = value;
    }

    /// Sets one where it becomes larger by it.
    pub(super) fn raise(&mut self, signal: Signal, value: f64) {
        let kept = &mut self.0[signal as usize];
        *kept = kept.max(value);
    }
}
