//! A published bundle, opened from a folder.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    rc::Rc,
};

use answer_engine::{
    Engine, OpenError,
    bundle::{DamagedPack, File, Manifest, ManifestError, Piece, Place, article_at, sha256_hex},
    elsewhere, language,
    sections::{Section, sections},
};
use answer_messages::{Question, Reply};
use flate2::read::GzDecoder;
use unicode_normalization::UnicodeNormalization;

use crate::{index::Bundle, publish::MANIFEST};

/// A bundle in a folder. Languages are opened when a question needs them.
pub struct KnowledgeBase {
    files: Files,
    manifest: Manifest,
    engines: RefCell<BTreeMap<String, Rc<OnceCell<Engine>>>>,
    /// Whether word vectors are used where there are any.
    words: bool,
    /// Articles that were shown, by pack and place.
    shown: RefCell<Shown>,
}

/// Articles' sections by pack and place in it.
type Shown = BTreeMap<(String, Option<(u32, u32)>, u32), Rc<[Section]>>;

/// Where a bundle's files are.
enum Files {
    /// Below a folder.
    Folder(PathBuf),
    /// Here, by path.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Files {
    fn read(&self, path: &str) -> Result<Vec<u8>, BundleError> {
        match self {
            Self::Folder(folder) => read(&folder.join(path)),
            Self::Memory(files) => files.get(path).cloned().ok_or(BundleError::Empty),
        }
    }

    fn damaged(&self, path: &str) -> BundleError {
        BundleError::Damaged(match self {
            Self::Folder(folder) => folder.join(path),
            Self::Memory(_) => PathBuf::from(path),
        })
    }
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
        Ok(Self::new(Files::Folder(folder.to_owned()), manifest))
    }

    /// Opens a bundle that is not yet in a folder.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn of_bundle(bundle: &Bundle) -> Result<Self, BundleError> {
        let manifest = Manifest::parse(&bundle.manifest)?;
        let files = bundle.files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect();
        Ok(Self::new(Files::Memory(files), manifest))
    }

    fn new(files: Files, manifest: Manifest) -> Self {
        Self { files, manifest, engines: RefCell::default(), words: true, shown: RefCell::default() }
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
        let findings = self.with_language(tags.first().copied().unwrap_or_default(), |own| {
            let findings = own.find(&question);
            if tags.len() > 1 && elsewhere::is_due(own, &findings) {
                for tag in tags.iter().skip(1) {
                    let found = self.with_language(tag, |other| elsewhere::instead(own, other, &question))?;
                    if let Some(found) = found {
                        return Ok(found);
                    }
                }
            }
            Ok::<_, BundleError>(findings)
        })??;
        self.with_language(&findings.lang, |engine| {
            let mut failed = None;
            let reply = engine.show(&findings, |found| {
                let (pack, place) = engine.place_of(found)?;
                match self.sections(pack, &place) {
                    Ok(sections) => Some(sections),
                    Err(error) => {
                        failed.get_or_insert(error);
                        None
                    }
                }
            });
            failed.map_or(Ok(reply), Err)
        })?
    }

    /// The sections of the article at this place.
    fn sections(&self, pack: &Piece, place: &Place) -> Result<Rc<[Section]>, BundleError> {
        let key = (pack.path.clone(), pack.part, place.offset);
        if let Some(shown) = self.shown.borrow().get(&key) {
            return Ok(shown.clone());
        }
        let article = article_at(&self.piece(pack)?, place).map_err(|DamagedPack| self.files.damaged(&pack.path))?;
        let shown: Rc<[Section]> = sections(&article.events).into();
        self.shown.borrow_mut().insert(key, shown.clone());
        Ok(shown)
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
        // All blocks, where it comes in blocks: here is memory, and nothing is far away.
        for wanted in engine.all_blocks() {
            engine.put(&wanted, self.piece(&wanted.piece)?);
        }
        for words in entry.words.iter().filter(|_| self.words) {
            engine.add_meaning(&self.checked(words)?).map_err(OpenError::from)?;
        }
        Ok(engine)
    }

    /// A file, or a part of one, decompressed.
    fn piece(&self, piece: &Piece) -> Result<Vec<u8>, BundleError> {
        let file = self.files.read(&piece.path)?;
        let Some((offset, length)) = piece.part else { return Ok(file) };
        let damaged = || self.files.damaged(&piece.path);
        let part = file.get(offset as usize..).and_then(|rest| rest.get(..length as usize)).ok_or_else(damaged)?;
        let mut bytes = Vec::new();
        GzDecoder::new(part).read_to_end(&mut bytes).map_err(|_| damaged())?;
        Ok(bytes)
    }

    fn checked(&self, file: &File) -> Result<Vec<u8>, BundleError> {
        let bytes = self.files.read(&file.path)?;
        if sha256_hex(&bytes) != file.sha256 {
            return Err(self.files.damaged(&file.path));
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
