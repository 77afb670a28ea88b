//! Compiles a library into a bundle: one head a language, article packs, pictures and the manifest.
//!
//! Same input, same bytes: articles come sorted by slug, one writer makes one segment, the segment is named by its
//! content, and no clock or random number is asked.

mod divide;
pub(crate) mod documents;
mod encoded;
mod head;
mod meaning;
mod packs;
mod segment;
pub(crate) mod word_table;

use std::collections::BTreeMap;

use answer_engine::bundle::{FORMAT, File, LanguageEntry, Manifest, sha256_hex};

pub use encoded::Encoded;
pub(crate) use encoded::texts;

use crate::{article::ParsedArticle, calibration::SelfTest, config::Config, library::Library};

/// A bundle, ready to be put in place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    /// Content of `manifest.json`.
    pub manifest: Vec<u8>,
    /// All other files, by path.
    pub files: Vec<BundleFile>,
    /// What the self-test found, by language, where there was something to test.
    pub self_tests: Vec<(String, SelfTest)>,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// Path below the bundle's folder, with `/`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl BundleFile {
    /// A file named by its content: the first 16 hexadecimal digits of its SHA-256.
    fn named_by_content(folder: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let hash = sha256_hex(&bytes);
        Self { path: format!("{folder}/{}.{extension}", &hash[..16]), bytes }
    }
}

/// The index could not be compiled.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// tantivy could not write the segment.
    #[error("the index could not be written ({0}); this is a fault of kb-indexer: please report it with the articles")]
    Tantivy(#[from] tantivy::TantivyError),
    /// The texts are too large to be counted in 32 bits.
    #[error("the articles in `{lang}` hold more than 4 GiB of text: split them into several help centres")]
    TooLarge {
        /// The language.
        lang: String,
    },
    /// A text could not be encoded.
    #[error("a text could not be encoded ({0}); this is a fault of kb-indexer: please report it with the articles")]
    Encoding(#[from] postcard::Error),
    /// The manifest could not be written as JSON.
    #[error("the manifest could not be encoded: {0}")]
    Manifest(#[from] serde_json::Error),
    /// What was compiled cannot be opened.
    #[error(
        "the index cannot be opened again ({0}); this is a fault of kb-indexer: please report it with the articles"
    )]
    Open(#[from] answer_engine::OpenError),
    /// This build has no such stemmer.
    #[error(transparent)]
    Stemmer(#[from] answer_engine::analysis::UnknownStemmer),
}

/// How a visitor's browser gets an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Whole where it is small, in blocks where it is large
    #[default]
    BySize,
    /// Whole, whatever its size
    Whole,
    /// In blocks, whatever its size
    Blocks,
}

/// Compiles `library`, with the vectors of its texts where an encoder made them. `progress` hears of each article that
/// is done.
///
/// # Errors
/// [`IndexError`].
pub fn build(
    library: &Library,
    config: &Config,
    encoded: Option<&Encoded>,
    progress: &(dyn Fn() + Sync),
) -> Result<Bundle, IndexError> {
    build_as(Form::BySize, library, config, encoded, progress)
}

/// [`build`] with the index in a form of choice.
///
/// # Errors
/// [`IndexError`].
pub fn build_as(
    form: Form,
    library: &Library,
    config: &Config,
    encoded: Option<&Encoded>,
    progress: &(dyn Fn() + Sync),
) -> Result<Bundle, IndexError> {
    let tags = library.languages();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut languages = BTreeMap::new();
    let mut self_tests = Vec::new();
    for tag in &tags {
        let articles: Vec<&ParsedArticle> = library.articles.iter().filter(|article| article.lang == *tag).collect();
        let compiled = head::head(form, &articles, tag, &tags, config, encoded, progress)?;
        self_tests.extend(compiled.self_test.map(|found| ((*tag).to_owned(), found)));
        let mut add = |extension: &str, bytes: Vec<u8>| {
            let file = BundleFile::named_by_content("index", extension, bytes);
            let entry =
                File { path: file.path.clone(), bytes: file.bytes.len() as u64, sha256: sha256_hex(&file.bytes) };
            files.insert(file.path, file.bytes);
            entry
        };
        let head = vec![add("head", compiled.head)];
        let words = compiled.words.map(|words| add("words", words)).into_iter().collect();
        languages.insert((*tag).to_owned(), LanguageEntry { articles: articles.len(), head, words });
        files.extend(compiled.files.into_iter().map(|file| (file.path, file.bytes)));
        let pictures = articles.iter().flat_map(|article| &article.images);
        files.extend(pictures.map(|image| (image.path.clone(), image.bytes.to_vec())));
    }
    let default = if languages.contains_key(&config.default_language) {
        config.default_language.clone()
    } else {
        tags.first().map_or_else(|| config.default_language.clone(), |tag| (*tag).to_owned())
    };
    let manifest = serde_json::to_vec(&Manifest { format: FORMAT, default, languages })?;
    let files = files.into_iter().map(|(path, bytes)| BundleFile { path, bytes }).collect();
    Ok(Bundle { manifest, files, self_tests })
}
