//! A published bundle, opened from a folder.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    rc::Rc,
};

use answer_engine::{
    Engine, OpenError,
    bundle::{File, Manifest, ManifestError, sha256_hex},
    elsewhere, language,
};
use answer_messages::{Question, Reply};
use unicode_normalization::UnicodeNormalization;

use crate::{index::Bundle, publish::MANIFEST};

/// A bundle in a folder. Languages are opened when a question needs them.
pub struct KnowledgeBase {
    folder: PathBuf,
    manifest: Manifest,
    engines: RefCell<BTreeMap<String, Rc<OnceCell<Engine>>>>,
    /// Whether word vectors are used where there are any.
    words: bool,
}

/// A bundle cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}. Give the folder that `kb-indexer build --out` wrote", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not what the manifest says.
    #[error("{} is not the file that the manifest names: build the bundle again", .0.display())]
    Damaged(PathBuf),
    /// The manifest cannot be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A head cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is nothing in it.
    #[error("the bundle holds no articles: build it from a folder that has some")]
    Empty,
}

impl KnowledgeBase {
    /// Opens the bundle in `folder`.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn open(folder: &Path) -> Result<Self, BundleError> {
        let manifest = Manifest::parse(&read(&folder.join(MANIFEST))?)?;
        if manifest.languages.is_empty() {
            return Err(BundleError::Empty);
        }
        Ok(Self { folder: folder.to_owned(), manifest, engines: RefCell::default(), words: true })
    }

    /// Opens a bundle that is not yet in a folder.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn of_bundle(bundle: &Bundle) -> Result<Self, BundleError> {
        let manifest = Manifest::parse(&bundle.manifest)?;
        let engines = RefCell::new(BTreeMap::new());
        for (tag, entry) in &manifest.languages {
            let bytes_of = |path: &str| bundle.files.iter().find(|file| file.path == path).map(|file| &file.bytes);
            let path = &entry.head.first().ok_or(BundleError::Empty)?.path;
            let engine = Engine::open(bytes_of(path).ok_or(BundleError::Empty)?.clone())?;
            for words in entry.words.iter().filter_map(|words| bytes_of(&words.path)) {
                engine.add_meaning(words).map_err(OpenError::from)?;
            }
            engines.borrow_mut().insert(tag.clone(), Rc::new(OnceCell::from(engine)));
        }
        Ok(Self { folder: PathBuf::new(), manifest, engines, words: true })
    }

    /// Answers a question in the language that it, the wish and the bundle agree on; where its articles do not answer, in
    /// another that does.
    ///
    /// # Errors
    /// [`BundleError`] where the language's files cannot be used.
    pub fn ask(&self, question: &Question) -> Result<Reply, BundleError> {
        let question = normalized(question);
        let (text, wished) = (&question.text, question.lang.as_deref());
        let tags = language::order(text, wished, &self.languages(), &self.manifest.default);
        self.with_language(tags.first().copied().unwrap_or_default(), |own| {
            let reply = own.ask(&question);
            if tags.len() > 1 && elsewhere::is_due(own, &reply) {
                for tag in tags.iter().skip(1) {
                    let found = self.with_language(tag, |other| elsewhere::instead(own, other, &question))?;
                    if let Some(found) = found {
                        return Ok(found);
                    }
                }
            }
            Ok(reply)
        })?
    }

    /// Whether a reply's articles are there in its language alone, and the question is not in it.
    ///
    /// # Errors
    /// [`BundleError`] where the files of the visitor's language cannot be used.
    pub fn is_only_elsewhere(&self, question: &Question, reply: &Reply) -> Result<bool, BundleError> {
        let wished = question.lang.as_deref();
        let text = if wished.is_some() { "" } else { &question.text };
        let own = language::choose(text, wished, &self.languages(), &self.manifest.default);
        let spoken = wished.or_else(|| language::languages_of_script(text).first().copied()).unwrap_or(own);
        self.with_language(own, |own| reply.is_only_elsewhere(spoken, own.library()))
    }

    fn languages(&self) -> Vec<&str> {
        self.manifest.languages.keys().map(String::as_str).collect()
    }

    /// Hands the engine of a language to `act`.
    ///
    /// # Errors
    /// [`BundleError`] where the bundle has no such language, or its files cannot be used.
    pub fn with_language<T>(&self, tag: &str, act: impl FnOnce(&Engine) -> T) -> Result<T, BundleError> {
        let cell = self.engines.borrow_mut().entry(tag.to_owned()).or_default().clone();
        if cell.get().is_none() {
            let engine = self.open_language(tag)?;
            // It was empty a line ago, and there is one thread.
            let _ = cell.set(engine);
        }
        cell.get().map(act).ok_or(BundleError::Empty)
    }

    /// Leaves word vectors out: answers as they are before a browser has loaded them.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self { words: false, ..self }
    }

    fn open_language(&self, tag: &str) -> Result<Engine, BundleError> {
        let entry = self.manifest.languages.get(tag).ok_or(BundleError::Empty)?;
        let engine = Engine::open(self.checked(entry.head.first().ok_or(BundleError::Empty)?)?)?;
        for words in entry.words.iter().filter(|_| self.words) {
            engine.add_meaning(&self.checked(words)?).map_err(OpenError::from)?;
        }
        Ok(engine)
    }

    fn checked(&self, file: &File) -> Result<Vec<u8>, BundleError> {
        let path = self.folder.join(&file.path);
        let bytes = read(&path)?;
        if sha256_hex(&bytes) != file.sha256 {
            return Err(BundleError::Damaged(path));
        }
        Ok(bytes)
    }
}

/// The question in NFC, as the browser's worker brings it.
pub fn normalized(question: &Question) -> Question {
    Question { text: question.text.nfc().collect(), ..question.clone() }
}

fn read(path: &Path) -> Result<Vec<u8>, BundleError> {
    fs::read(path).map_err(|source| BundleError::Unreadable { path: path.to_owned(), source })
}

#[cfg(test)]
#[path = "knowledge_base_tests.rs"]
mod tests;
