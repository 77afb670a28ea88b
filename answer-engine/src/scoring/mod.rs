//! How well each article fits a question.
//!
//! Every field is scored by BM25 on its own and divided by the best score that the question could reach there, so that
//! figures of different fields and different questions compare: 1.0 = everything asked for stands there. An article's
//! score is a weighted sum over its nearest phrase, the mean of its three best phrases, all its phrases joined, its
//! title, and its best section. From the same figures come the features that the confidence is made of.

mod accumulate;
mod bm25;
mod features;
mod kinds;
mod korean;
mod look_up;
mod material;
mod rank;
mod related;
mod repair;
mod signals;
mod synonyms;
mod terms;
mod weights;
mod whole;
mod zeros;

pub use features::{FEATURES, Features};
pub use kinds::Kinds;
pub use look_up::Variant;
pub use material::{ByMaterial, Material};
pub use rank::{Candidate, Ranking, Searched, rank};
pub use related::vocabulary;
pub(crate) use repair::Repaired;
pub use signals::{SIGNALS, Signal, Signals};
pub use synonyms::Synonyms;
pub(crate) use terms::is_known;
pub use terms::{Terms, WordTerm};
pub(crate) use weights::thousandth;
pub use weights::{FEW, SENTENCE, Weights, fewness, score};
pub use whole::lengths_by_article;
pub use zeros::Zeros;

pub use bm25::phrase_weight;
