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
    bundle::{Manifest, ManifestError, sha256_hex},
    language,
};
use answer_messages::{Question, Reply};
use unicode_normalization::UnicodeNormalization;

use crate::{index::Bundle, publish::MANIFEST};

/// A bundle in a folder. Languages are opened when a question needs them.
pub struct KnowledgeBase {
    folder: PathBuf,
    manifest: Manifest,
    engines: RefCell<BTreeMap<String, Rc<OnceCell<Engine>>>>,
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
        Ok(Self { folder: folder.to_owned(), manifest, engines: RefCell::default() })
    }

    /// Opens a bundle that is not yet in a folder.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn of_bundle(bundle: &Bundle) -> Result<Self, BundleError> {
        let manifest = Manifest::parse(&bundle.manifest)?;
        let engines = RefCell::new(BTreeMap::new());
        for (tag, entry) in &manifest.languages {
            let path = &entry.head.first().ok_or(BundleError::Empty)?.path;
            let head = bundle.files.iter().find(|file| file.path == *path).ok_or(BundleError::Empty)?;
            let engine = Engine::open(head.bytes.clone())?;
            engines.borrow_mut().insert(tag.clone(), Rc::new(OnceCell::from(engine)));
        }
        Ok(Self { folder: PathBuf::new(), manifest, engines })
    }

    /// Answers a question in the language that it, the wish and the bundle agree on.
    ///
    /// # Errors
    /// [`BundleError`] where the language's files cannot be used.
    pub fn ask(&self, question: &Question) -> Result<Reply, BundleError> {
        let question = normalized(question);
        self.with_engine(&question, |engine| engine.ask(&question))
    }

    /// Hands the engine of the question's language to `act`.
    ///
    /// # Errors
    /// [`BundleError`] where the language's files cannot be used.
    pub fn with_engine<T>(&self, question: &Question, act: impl FnOnce(&Engine) -> T) -> Result<T, BundleError> {
        let available: Vec<&str> = self.manifest.languages.keys().map(String::as_str).collect();
        let tag = language::choose(&question.text, question.lang.as_deref(), &available, &self.manifest.default);
        let cell = self.engines.borrow_mut().entry(tag.to_owned()).or_default().clone();
        if cell.get().is_none() {
            let engine = self.open_language(tag)?;
            // It was empty a line ago, and there is one thread.
            let _ = cell.set(engine);
        }
        cell.get().map(act).ok_or(BundleError::Empty)
    }

    fn open_language(&self, tag: &str) -> Result<Engine, BundleError> {
        let file = self.manifest.languages.get(tag).and_then(|entry| entry.head.first()).ok_or(BundleError::Empty)?;
        let path = self.folder.join(&file.path);
        let bytes = read(&path)?;
        if sha256_hex(&bytes) != file.sha256 {
            return Err(BundleError::Damaged(path));
        }
        Ok(Engine::open(bytes)?)
    }
}

/// The question in NFC, as the browser's worker brings it.
pub fn normalized(question: &Question) -> Question {
    Question { text: question.text.nfc().collect(), ..question.clone() }
}

fn read(path: &Path) -> Result<Vec<u8>, BundleError> {
    fs::read(path).map_err(|source| BundleError::Unreadable { path: path.to_owned(), source })
}
