//! The development sets: where they lie, and what each is for in the fits.

/// A folder of articles with files of questions.
pub(crate) struct Source {
    /// Below `PORCHLIGHT_DATA`.
    pub(crate) folder: &'static str,
    /// Sets made of the same material; what was fitted on one of them says little about another.
    pub(crate) family: &'static str,
    /// The questions.
    pub(crate) files: &'static [File],
}

/// A file of questions.
pub(crate) struct File {
    /// Its name in the folder; below `visitors/` it is one of the repository's own, in `tests/data`.
    pub(crate) name: &'static str,
    /// Whether the weights are fitted on it.
    pub(crate) ranking: Ranking,
    /// Whether the coefficients of the confidence are fitted on it.
    pub(crate) confidence: bool,
}

impl File {
    /// Whether it is one of the repository's own.
    pub(crate) fn is_own(&self) -> bool {
        self.name.starts_with("visitors/")
    }

    /// What sets it apart from the other files about the same articles.
    pub(crate) fn suffix(&self) -> &str {
        if self.is_own() { "-visitors" } else { self.name.trim_end_matches(".jsonl").trim_start_matches("questions") }
    }
}

/// What a file is for when weights are fitted: how much the set counts by words alone, and with meaning; to the
/// constants of its own material wholly, to those of the others a little.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ranking {
    /// It counts so much.
    Fitted { by_words: f64, with_meaning: f64 },
    /// It is only measured.
    Measured,
}

const SAMPLED_COUNTS: Ranking = Ranking::Fitted { by_words: 1.0, with_meaning: 1.0 };
const SAMPLED: &[File] = &[File { name: "questions.jsonl", ranking: SAMPLED_COUNTS, confidence: true }];
/// The questions of left-out intents; those of other subjects are easy, and would only flatter the fit.
const NEAR_AND_FAR: &[File] = &[
    File { name: "questions.jsonl", ranking: SAMPLED_COUNTS, confidence: true },
    File { name: "questions-far.jsonl", ranking: Ranking::Measured, confidence: false },
];
const MEASURED_NEAR_AND_FAR: &[File] = &[
    File { name: "questions.jsonl", ranking: Ranking::Measured, confidence: true },
    File { name: "questions-far.jsonl", ranking: Ranking::Measured, confidence: false },
];
/// Visitors' questions of which some are sample questions.
const SAMPLES_AND_TEXTS: &[File] = &[plain("questions.jsonl", 2.0, 2.0)];
/// Visitors' own questions.
const VISITORS: &[File] = &[plain("questions.jsonl", 3.0, 6.0)];
const ANKI: &[File] = &[plain("questions-links.jsonl", 1.0, 1.0), plain("visitors/anki-manual.jsonl", 1.0, 2.0)];
const OFFICE: &[File] = &[plain("questions-links.jsonl", 1.0, 1.0), plain("visitors/office-support.jsonl", 1.0, 2.0)];
const MASTODON: &[File] = &[plain("visitors/mastodon-docs.jsonl", 1.0, 2.0)];
const VUE: &[File] = &[plain("questions-links.jsonl", 1.0, 1.0), plain("visitors/vue-docs-ko.jsonl", 1.0, 2.0)];
const CPP: &[File] = &[
    plain("questions-links-en.jsonl", 1.0, 1.0),
    plain("questions-links-ko.jsonl", 1.0, 1.0),
    plain("visitors/cpp-docs-ko.jsonl", 1.0, 2.0),
];
/// One set in many languages: six of them stand for all that have no vectors, so they count much by words alone.
const ENGLISH: &[File] = &[plain("questions.jsonl", 8.0, 1.0)];
const OTHER: &[File] = &[plain("questions.jsonl", 8.0, 0.0)];
const FURTHER: &[File] = &[File { name: "questions.jsonl", ranking: Ranking::Measured, confidence: true }];

/// The product's own help centre: every fourth sample question is asked, and the index has the others.
pub(crate) const OWN: &str = "articles";
const OWN_FILES: &[File] = &[plain("en", 1.0, 1.0), plain("ko", 1.0, 1.0)];

const fn plain(name: &'static str, by_words: f64, with_meaning: f64) -> File {
    File { name, ranking: Ranking::Fitted { by_words, with_meaning }, confidence: true }
}

const fn source(folder: &'static str, family: &'static str, files: &'static [File]) -> Source {
    Source { folder, family, files }
}

/// All of them.
pub(crate) const SOURCES: &[Source] = &[
    source("clinc150-10", "clinc", SAMPLED),
    source("clinc150-full", "clinc", SAMPLED),
    source("banking77-10", "banking", SAMPLED),
    source("banking77-full", "banking", SAMPLED),
    source("banking77-oos-10", "banking", NEAR_AND_FAR),
    source("banking77-oos-full", "banking", MEASURED_NEAR_AND_FAR),
    source("stackfaq-0", "stackfaq", VISITORS),
    source("stackfaq-3", "stackfaq", SAMPLES_AND_TEXTS),
    source(OWN, "own", OWN_FILES),
    source("xquad-en", PARAGRAPHS, ENGLISH),
    source("xquad-de", PARAGRAPHS, OTHER),
    source("xquad-ru", PARAGRAPHS, OTHER),
    source("xquad-tr", PARAGRAPHS, OTHER),
    source("xquad-zh", PARAGRAPHS, OTHER),
    source("xquad-th", PARAGRAPHS, OTHER),
    source("xquad-es", PARAGRAPHS, FURTHER),
    source("xquad-el", PARAGRAPHS, FURTHER),
    source("xquad-ar", PARAGRAPHS, FURTHER),
    source("xquad-hi", PARAGRAPHS, FURTHER),
    source("xquad-vi", PARAGRAPHS, FURTHER),
    source("anki-manual", "anki", ANKI),
    source("office-support", "office", OFFICE),
    source("vue-docs-ko", "vue", VUE),
    source("mastodon-docs", "mastodon", MASTODON),
    source("cpp-docs", "cpp", CPP),
];

/// The family that is one set in many languages: together they count as [`PARAGRAPHS_COUNT`] sets, in the language that
/// has vectors alone as two.
pub(crate) const PARAGRAPHS: &str = "xquad";
/// How many sets the paragraphs of all languages count as.
pub(crate) const PARAGRAPHS_COUNT: f64 = 4.0;
/// How many sets those of the language with vectors count as.
pub(crate) const PARAGRAPHS_WITH_MEANING: f64 = 2.0;
