//! Articles' vectors by a full sentence encoder, at build time, on the writer's machine: `build --encoder DIR`.
//!
//! Without it an article's vector is the sum of its words' vectors. The encoder reads the words in their order, so that
//! it says better what a text without sample questions is about. Only the articles' side gets better by it: a question
//! is encoded in the browser by the small table in any case, and the file that visitors load is as large as before.
//!
//! The way of a text: `tokens` cuts it into word pieces, `model` runs the encoder (384 numbers), `projection` brings it into
//! the table's space (64 numbers), `cache` keeps it, because a text is encoded in about 50 ms and most texts do not change
//! between builds.

mod cache;
mod model;
mod projection;
#[cfg(test)]
mod tests;
mod tokens;

use std::{
    collections::BTreeSet,
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use answer_engine::{
    analysis::{Analyzer, UnknownStemmer},
    meaning::DIMENSIONS,
};

use crate::{
    index::{Encoded, texts, word_table::WordTable},
    library::Library,
};
use cache::Cache;
use model::Model;
use projection::Projection;
use tokens::Tokens;

/// The language that the encoder and the projection know.
const LANGUAGE: &str = "en";
/// Sentences by which a model is recognised.
const PROBES: [&str; 8] = [
    "how do I reset my password",
    "cancel the subscription and get the money back",
    "the file cannot be opened on another computer",
    "connect a new phone to the account",
    "print a page of the document",
    "who can see my address",
    "the picture is too large to be sent by mail",
    "change the language of the program",
];
/// The probes' vectors must be at least this near to those by the table, in the mean; the fitted model has about 0.86,
/// another one about 0.
const LEAST_LIKENESS: f32 = 0.6;

/// Texts that are encoded between two savings of the cache: half a minute of work.
const TEXTS_BETWEEN_SAVES: usize = 512;

/// The encoder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// A file cannot be read.
    #[error(
        "{path}: {error}. --encoder needs a folder with model.onnx and tokenizer.json of all-MiniLM-L6-v2 (Apache-2.0)"
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file is no model, or no tokenizer.
    #[error("{path} cannot be used: {problem}. Take model.onnx and tokenizer.json of all-MiniLM-L6-v2 (Apache-2.0)")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// It is another model than the one that the word table was fitted to.
    #[error(
        "{path} is not all-MiniLM-L6-v2: its vectors do not fit the word table (likeness {likeness:.2}, at least \
         {LEAST_LIKENESS} is needed)"
    )]
    OtherModel {
        /// The model's file.
        path: PathBuf,
        /// Mean cosine of the probes.
        likeness: f32,
    },
    /// The table in this program is damaged.
    #[error("the word table cannot be read ({0}); this is a fault of kb-indexer: please report it")]
    Table(#[from] postcard::Error),
    /// This build has no such stemmer.
    #[error(transparent)]
    Stemmer(#[from] UnknownStemmer),
}

/// A sentence encoder, open.
pub struct Encoder {
    tokens: Tokens,
    model: Model,
    projection: Projection,
    cache: Option<PathBuf>,
}

impl Encoder {
    /// Opens `model.onnx` and `tokenizer.json` in `folder`, and sees whether it is the model that the table is fitted to.
    ///
    /// # Errors
    /// [`EncoderError`] with what to do.
    pub fn open(folder: &Path) -> Result<Self, EncoderError> {
        let encoder = Self::of_folder(folder)?;
        let likeness = encoder.likeness()?;
        if likeness >= LEAST_LIKENESS {
            Ok(encoder)
        } else {
            Err(EncoderError::OtherModel { path: folder.join(model::MODEL), likeness })
        }
    }

    /// The same for any model of the right form.
    fn of_folder(folder: &Path) -> Result<Self, EncoderError> {
        let tokens = Tokens::open(folder)?;
        let model = Model::open(folder)?;
        let cache = cache::folder().map(|folder| folder.join(model.cache_name()));
        Ok(Self { tokens, model, projection: Projection::shipped(), cache })
    }

    /// Mean cosine between the probes' vectors and those by the table.
    fn likeness(&self) -> Result<f32, EncoderError> {
        let analyzer = Analyzer::new(Analyzer::stemmer_for(LANGUAGE))?;
        let Some(table) = WordTable::of(LANGUAGE)? else { return Ok(0.0) };
        let mut sum = 0.0;
        for probe in PROBES {
            let terms: Vec<String> = analyzer.words(probe).into_iter().map(|token| token.term).collect();
            let by_table = table.sum(terms.iter().map(String::as_str));
            let encoded = self.projection.project(&self.model.run(&self.tokens.of(probe)?)?);
            sum += by_table.iter().zip(encoded).map(|(a, b)| a * b).sum::<f32>();
        }
        #[allow(clippy::cast_precision_loss, reason = "a handful of probes")]
        Ok(sum / PROBES.len() as f32)
    }

    /// Vectors of all English texts of a library; `progress` hears how many of how many new ones are done.
    ///
    /// # Errors
    /// [`EncoderError`] where the model cannot be run. A cache that cannot be read or written costs time, nothing else.
    pub fn encoded(
        &self,
        library: &Library,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Encoded, EncoderError> {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for article in &library.articles {
            if article.lang.split(['-', '_']).next() == Some(LANGUAGE) {
                let analyzer = Analyzer::new(Analyzer::stemmer_for(&article.lang))?;
                wanted.extend(texts(article, &analyzer).into_iter().flatten());
            }
        }
        let mut cache = self.cache.as_deref().map(Cache::read).unwrap_or_default();
        let missing: Vec<&str> = wanted.iter().map(String::as_str).filter(|text| cache.get(text).is_none()).collect();
        // A build that is stopped keeps what it has read so far.
        for (at, texts) in missing.chunks(TEXTS_BETWEEN_SAVES).enumerate() {
            let before = at * TEXTS_BETWEEN_SAVES;
            let made = self.encode_all(texts, &|done, _| progress(before + done, missing.len()))?;
            cache.extend(texts.iter().copied().zip(made));
            if let Some(path) = &self.cache {
                cache.write(path);
            }
        }
        Ok(wanted.into_iter().filter_map(|text| cache.get(&text).map(|vector| (text, vector))).collect())
    }

    /// The texts' vectors, in their order, on all cores.
    fn encode_all(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<[f32; DIMENSIONS]>, EncoderError> {
        // A tokenizer is for one thread, but takes next to no time.
        let texts: Vec<Vec<i32>> = texts.iter().map(|text| self.tokens.of(text)).collect::<Result<_, _>>()?;
        let (model, projection) = (&self.model, &self.projection);
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(texts.len()));
        let failed = Mutex::new(None);
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(texts.len());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(tokens) = texts.get(at) else { return };
                        let made = match model.run(tokens) {
                            Ok(made) => projection.project(&made),
                            Err(error) => {
                                // The others stop at once.
                                next.store(texts.len(), Ordering::Relaxed);
                                failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                                return;
                            }
                        };
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        done.push((at, made));
                        progress(done.len(), texts.len());
                    }
                });
            }
        });
        if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        Ok(done.into_iter().map(|(_, vector)| vector).collect())
    }
}

fn read(path: &Path) -> Result<Vec<u8>, EncoderError> {
    std::fs::read(path).map_err(|error| EncoderError::Read { path: path.to_owned(), error })
}
