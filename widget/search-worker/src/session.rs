use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

#[cfg(not(feature = "full"))]
use answer_engine::postings::ReaderPostings as Index;
#[cfg(feature = "full")]
use answer_engine::postings::TantivyPostings as Index;
use answer_engine::{
    Findings,
    bundle::{Manifest, Pack, Place, article_at},
    elsewhere, language,
    sections::{Section, sections},
};
use answer_messages::{
    Article, Library, Question, Reply,
    wire::{Failure, FailureKind},
};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::{failure, files, manifest};

/// Packs kept in memory. One is about 16 kB, in the largest help centres 300 kB.
const PACKS_KEPT: usize = 32;
/// A help centre whose articles are no more bytes than this is fetched whole behind the first answer, so that all that is
/// asked later is answered without the network too.
const SMALL: u32 = 1024 * 1024;

/// How many questions wait for their answer. What is fetched for later ones leaves the line to them.
#[derive(Clone, Default)]
struct Pending(Rc<Cell<u32>>);

impl Pending {
    /// Waits until there are none; a little while at first, for a panel that opens with a question asks it at once.
    async fn none(&self) {
        loop {
            TimeoutFuture::new(PAUSE_MS).await;
            if self.0.get() == 0 {
                return;
            }
        }
    }
}

/// Between two looks at whether a question waits.
const PAUSE_MS: u32 = 50;

/// An open language.
type Engine = answer_engine::Engine<Index>;

/// An open bundle.
pub(crate) struct Session {
    kb: String,
    manifest: Manifest,
    /// Open languages by their tags. They are few: a list is less code than a map.
    engines: RefCell<Vec<(String, Rc<Engine>)>>,
    packs: RefCell<Vec<(String, Rc<Vec<u8>>)>>,
    /// Languages whose articles are fetched, or being fetched.
    ahead: RefCell<Vec<String>>,
    pending: Pending,
}

impl Session {
    /// Fetches the manifest and the head of the wished language. Where the browser's copy of the manifest does not lead to a
    /// head, for it names files of a former build or is no manifest, the server is asked for another.
    pub(crate) async fn open(kb: String, lang: Option<String>) -> Result<(Self, Library), Failure> {
        match Self::open_by(kb.clone(), lang.clone(), false).await {
            Ok(opened) => Ok(opened),
            // What the first attempt says is more to the point where the second does not even have a manifest.
            Err(failed) => Self::open_by(kb, lang, true).await.map_err(|_| failed),
        }
    }

    async fn open_by(kb: String, lang: Option<String>, afresh: bool) -> Result<(Self, Library), Failure> {
        let manifest = files::manifest(&kb, afresh).await?;
        let manifest = manifest::parse(&manifest).map_err(|detail| failure(FailureKind::Damaged, detail))?;
        let session = Self {
            kb,
            manifest,
            engines: RefCell::default(),
            packs: RefCell::default(),
            ahead: RefCell::default(),
            pending: Pending::default(),
        };
        let tag = language::choose("", lang.as_deref(), &session.languages(), &session.manifest.default).to_owned();
        let library = session.engine(&tag).await?.library().clone();
        Ok((session, library))
    }

    /// Answers a question, with the milliseconds that the engine took. Where the articles of its language do not answer,
    /// another language is asked, whose files are fetched only then.
    pub(crate) async fn ask(self: &Rc<Self>, question: Question) -> Result<(Reply, f64), Failure> {
        self.pending.0.set(self.pending.0.get() + 1);
        let answered = self.answer(question).await;
        self.pending.0.set(self.pending.0.get() - 1);
        answered
    }

    async fn answer(self: &Rc<Self>, mut question: Question) -> Result<(Reply, f64), Failure> {
        // The indexer reads articles in this form, so the words must come in it too.
        question.text = js_sys::JsString::from(question.text).normalize("NFC").into();
        let (text, wished) = (&question.text, question.lang.as_deref());
        let tags = language::order(text, wished, &self.languages(), &self.manifest.default);
        let own = self.engine(tags.first().copied().unwrap_or_default()).await?;
        let start = now();
        let mut findings = own.find(&question);
        let is_due = tags.len() > 1 && elsewhere::is_due(&own, &findings);
        let mut spent = now() - start;
        for tag in tags.into_iter().skip(1).filter(|_| is_due) {
            // Whoever cannot have the other language's files still has the reply of his own.
            let Ok(other) = self.engine(tag).await else { continue };
            let start = now();
            let instead = elsewhere::instead(&own, &other, &question);
            spent += now() - start;
            if let Some(found) = instead {
                findings = found;
                break;
            }
        }
        let engine = self.engine(&findings.lang).await?;
        let sections = self.sections_of(&engine, &findings).await;
        let start = now();
        let mut sections = sections.into_iter();
        let reply = engine.show(&findings, |_| sections.next().flatten());
        Ok((reply, spent + now() - start))
    }

    /// The sections of the articles that were found, in their order; none of one that cannot be had: the answer then is its
    /// title and description.
    async fn sections_of(self: &Rc<Self>, engine: &Engine, findings: &Findings) -> Vec<Option<Vec<Section>>> {
        let places: Vec<Option<(&Pack, &Place)>> = findings.found.iter().map(|found| engine.place_of(found)).collect();
        // All at once, each once.
        let fetched = js_sys::Array::new();
        for (at, place) in places.iter().enumerate() {
            let Some((pack, _)) = place else { continue };
            if places[..at].iter().flatten().any(|(before, _)| before.path == pack.path) {
                continue;
            }
            let (session, pack) = (self.clone(), (*pack).clone());
            fetched.push(&future_to_promise(async move {
                // One that cannot be had is missing below.
                let _ = session.pack(&pack).await;
                Ok(JsValue::UNDEFINED)
            }));
        }
        let _ = JsFuture::from(js_sys::Promise::all(&fetched)).await;
        let of_place = |place: &Option<(&Pack, &Place)>| {
            let (pack, place) = place.as_ref()?;
            let article = article_at(&self.kept(pack)?, place).ok()?;
            Some(sections(&article.events))
        };
        places.iter().map(of_place).collect()
    }

    /// Fetches an article by its slug, in whichever language it is.
    pub(crate) async fn article(&self, slug: &str) -> Result<Article, Failure> {
        let open: Vec<Rc<Engine>> = self.engines.borrow().iter().map(|(_, engine)| engine.clone()).collect();
        for engine in open {
            if engine.place(slug).is_some() {
                return self.article_of(&engine, slug).await;
            }
        }
        let closed: Vec<String> =
            self.manifest.languages.keys().filter(|tag| self.open_engine(tag).is_none()).cloned().collect();
        for tag in closed {
            let engine = self.open_language(&tag).await?;
            if engine.place(slug).is_some() {
                return self.article_of(&engine, slug).await;
            }
        }
        Err(failure(FailureKind::NotFound, format!("there is no article `{slug}`")))
    }

    /// Begins to fetch the other articles of a small help centre, so that later answers need no network. They are not kept
    /// here: the browser keeps files whose names never change.
    pub(crate) fn fetch_ahead(self: &Rc<Self>, lang: &str) {
        let Some(engine) = self.open_engine(lang) else { return };
        if self.ahead.borrow().iter().any(|begun| begun == lang) {
            return;
        }
        self.ahead.borrow_mut().push(lang.to_owned());
        if engine.packs().map(|pack| pack.bytes).sum::<u32>() > SMALL {
            return;
        }
        let session = self.clone();
        spawn_local(async move {
            for pack in engine.packs() {
                session.pending.none().await;
                // Only a head start: who asks for one of them hears of a failure.
                let _ = session.pack(pack).await;
            }
        });
    }

    async fn article_of(&self, engine: &Engine, slug: &str) -> Result<Article, Failure> {
        let missing = || failure(FailureKind::NotFound, format!("there is no article `{slug}`"));
        let (pack, place) = engine.place(slug).ok_or_else(missing)?;
        let bytes = self.pack(pack).await?;
        article_at(&bytes, place).map_err(|error| failure(FailureKind::Damaged, error))
    }

    fn kept(&self, pack: &Pack) -> Option<Rc<Vec<u8>>> {
        self.packs.borrow().iter().find(|(path, _)| *path == pack.path).map(|(_, bytes)| bytes.clone())
    }

    async fn pack(&self, pack: &Pack) -> Result<Rc<Vec<u8>>, Failure> {
        if let Some(kept) = self.kept(pack) {
            return Ok(kept);
        }
        // The name is the beginning of the hash; each article's own hash is checked when it is taken out.
        let url = format!("{}{}", self.kb, pack.path);
        let bytes = Rc::new(files::checked(&url, |bytes| bytes.len() == pack.bytes as usize).await?);
        let mut packs = self.packs.borrow_mut();
        if packs.len() >= PACKS_KEPT {
            packs.remove(0);
        }
        packs.push((pack.path.clone(), bytes.clone()));
        Ok(bytes)
    }

    fn languages(&self) -> Vec<&str> {
        self.manifest.languages.keys().map(String::as_str).collect()
    }

    fn open_engine(&self, tag: &str) -> Option<Rc<Engine>> {
        self.engines.borrow().iter().find(|(open, _)| open == tag).map(|(_, engine)| engine.clone())
    }

    async fn engine(&self, tag: &str) -> Result<Rc<Engine>, Failure> {
        match self.open_engine(tag) {
            Some(engine) => Ok(engine),
            None => self.open_language(tag).await,
        }
    }

    async fn open_language(&self, tag: &str) -> Result<Rc<Engine>, Failure> {
        let entry = self.manifest.languages.get(tag);
        let file = entry.and_then(|entry| entry.head.first());
        let file = file.ok_or_else(|| failure(FailureKind::Damaged, "the bundle holds no articles"))?;
        let url = format!("{}{}", self.kb, file.path);
        let head = files::checked(&url, |bytes| files::has_hash(bytes, &file.sha256)).await?;
        let engine = Engine::open_by(head, Index::open).map_err(|error| failure(FailureKind::Damaged, error))?;
        let engine = Rc::new(engine);
        self.engines.borrow_mut().push((tag.to_owned(), engine.clone()));
        for words in entry.into_iter().flat_map(|entry| &entry.words) {
            add_words(engine.clone(), format!("{}{}", self.kb, words.path), words.sha256.clone(), self.pending.clone());
        }
        Ok(engine)
    }
}

/// Fetches the word vectors behind the answers' back: questions asked meanwhile are answered by words alone, and so are
/// all others where the file cannot be had.
fn add_words(engine: Rc<Engine>, url: String, sha256: String, pending: Pending) {
    spawn_local(async move {
        pending.none().await;
        if let Ok(bytes) = files::checked(&url, |bytes| files::has_hash(bytes, &sha256)).await {
            let _ = engine.add_meaning(&bytes);
        }
    });
}

/// Milliseconds from some beginning, in a worker or on a page.
fn now() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance"));
    performance.ok().and_then(|value| value.dyn_into::<web_sys::Performance>().ok()).map_or(0.0, |clock| clock.now())
}
