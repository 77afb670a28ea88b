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
    bundle::{Pack, Place, article_at, article_bytes},
    elsewhere, language,
    sections::{Section, sections},
};
use answer_messages::{
    Library, Question, Reply,
    wire::{Failure, FailureKind},
};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::{
    failure,
    files::{self, Coming},
    manifest::{self, Manifest},
};

/// Bytes of packs kept in memory: all of a help centre of usual size.
const KEPT: usize = 4 * 1024 * 1024;
/// A help centre whose articles are no more bytes than this is fetched whole, behind the word table: answers then wait for
/// no network, and no request tells which article one came from.
const SMALL: u32 = 1024 * 1024;

/// Between two looks at whether a question waits.
const PAUSE_MS: u32 = 50;

/// Packs that are fetched ahead at the same time: a question that comes meanwhile waits for no more than these.
const AT_ONCE: usize = 8;

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
    /// How many questions wait for their answer. What is fetched for later ones leaves the line to them.
    pending: Cell<u32>,
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
            pending: Cell::default(),
        };
        let tag = language::choose("", lang.as_deref(), &session.languages(), &session.manifest.default).to_owned();
        let library = session.engine(&tag).await?.library().clone();
        Ok((session, library))
    }

    /// Answers a question, with the milliseconds that the engine took. Where the articles of its language do not answer,
    /// another language is asked, whose files are fetched only then.
    pub(crate) async fn ask(self: &Rc<Self>, question: Question) -> Result<(Reply, f64), Failure> {
        self.pending.set(self.pending.get() + 1);
        let answered = self.answer(question).await;
        self.pending.set(self.pending.get() - 1);
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
        let mut packs: Vec<&Pack> = places.iter().flatten().map(|(pack, _)| *pack).collect();
        packs.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        packs.dedup();
        self.fetch_packs(packs.into_iter()).await;
        let of_place = |place: &Option<(&Pack, &Place)>| {
            let (pack, place) = place.as_ref()?;
            let article = article_at(&self.kept(pack)?, place).ok()?;
            Some(sections(&article.events))
        };
        places.iter().map(of_place).collect()
    }

    /// Fetches packs at the same time. One that cannot be had is missing afterwards.
    async fn fetch_packs(&self, packs: impl Iterator<Item = &Pack>) {
        let missing = packs.filter(|pack| self.kept(pack).is_none());
        let coming: Vec<(&Pack, Coming)> = missing.map(|pack| (pack, self.send_for(&pack.path))).collect();
        for (pack, coming) in coming {
            let _ = self.take_in(pack, coming).await;
        }
    }

    /// Fetches an article by its slug, in whichever language it is.
    pub(crate) async fn article(&self, slug: &str) -> Result<Vec<u8>, Failure> {
        let open: Vec<Rc<Engine>> = self.engines.borrow().iter().map(|(_, engine)| engine.clone()).collect();
        for engine in open {
            if engine.place(slug).is_some() {
                return self.article_of(&engine, slug).await;
            }
        }
        let closed: Vec<String> =
            self.manifest.tags().filter(|tag| self.open_engine(tag).is_none()).map(str::to_owned).collect();
        for tag in closed {
            let engine = self.open_language(&tag).await?;
            if engine.place(slug).is_some() {
                return self.article_of(&engine, slug).await;
            }
        }
        Err(failure(FailureKind::NotFound, ["there is no article `", slug, "`"].concat()))
    }

    /// Fetches what later answers need while no question waits, for each open language.
    pub(crate) fn fetch_ahead(self: &Rc<Self>) {
        for (lang, engine) in self.engines.borrow().iter() {
            if !self.ahead.borrow().contains(lang) {
                self.ahead.borrow_mut().push(lang.clone());
                self.fetch_rest(lang, engine.clone());
            }
        }
    }

    /// The word table, then the articles of a small help centre.
    fn fetch_rest(self: &Rc<Self>, lang: &str, engine: Rc<Engine>) {
        let session = self.clone();
        let words = self.manifest.language(lang).map(|language| language.words.clone()).unwrap_or_default();
        spawn_local(async move {
            // A panel that opens with a question asks it at once.
            files::pause(PAUSE_MS).await;
            // Questions asked before the vectors are there are answered by words alone, and so are all others where the
            // file cannot be had.
            for file in words {
                session.no_question_waits().await;
                let coming = session.send_for(&file.path);
                if let Ok(bytes) = coming.checked(|bytes| files::has_hash(bytes, &file.sha256)).await {
                    let _ = engine.add_meaning(&bytes);
                }
            }
            if engine.packs().map(|pack| pack.bytes).sum::<u32>() > SMALL {
                return;
            }
            let packs: Vec<&Pack> = engine.packs().collect();
            for packs in packs.chunks(AT_ONCE) {
                session.no_question_waits().await;
                session.fetch_packs(packs.iter().copied()).await;
            }
        });
    }

    async fn no_question_waits(&self) {
        while self.pending.get() > 0 {
            files::pause(PAUSE_MS).await;
        }
    }

    async fn article_of(&self, engine: &Engine, slug: &str) -> Result<Vec<u8>, Failure> {
        let missing = || failure(FailureKind::NotFound, ["there is no article `", slug, "`"].concat());
        let (pack, place) = engine.place(slug).ok_or_else(missing)?;
        let bytes = self.pack(pack).await?;
        article_bytes(&bytes, place).map(<[u8]>::to_vec).map_err(|error| failure(FailureKind::Damaged, error))
    }

    fn kept(&self, pack: &Pack) -> Option<Rc<Vec<u8>>> {
        self.packs.borrow().iter().find(|(path, _)| *path == pack.path).map(|(_, bytes)| bytes.clone())
    }

    async fn pack(&self, pack: &Pack) -> Result<Rc<Vec<u8>>, Failure> {
        if let Some(kept) = self.kept(pack) {
            return Ok(kept);
        }
        self.take_in(pack, self.send_for(&pack.path)).await
    }

    fn send_for(&self, path: &str) -> Coming {
        Coming::new([&self.kb, path].concat())
    }

    async fn take_in(&self, pack: &Pack, coming: Coming) -> Result<Rc<Vec<u8>>, Failure> {
        // The name is the beginning of the hash; each article's own hash is checked when it is taken out.
        let bytes = Rc::new(coming.checked(|bytes| bytes.len() == pack.bytes as usize).await?);
        let mut packs = self.packs.borrow_mut();
        packs.push((pack.path.clone(), bytes.clone()));
        while packs.len() > 1 && packs.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > KEPT {
            packs.remove(0);
        }
        Ok(bytes)
    }

    fn languages(&self) -> Vec<&str> {
        self.manifest.tags().collect()
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
        let language = self.manifest.language(tag);
        let file = language.and_then(|language| language.head.first());
        let file = file.ok_or_else(|| failure(FailureKind::Damaged, "the bundle holds no articles"))?;
        let head = self.send_for(&file.path).checked(|bytes| files::has_hash(bytes, &file.sha256)).await?;
        let engine = Engine::open_by(head, Index::open).map_err(|error| failure(FailureKind::Damaged, error))?;
        let engine = Rc::new(engine);
        self.engines.borrow_mut().push((tag.to_owned(), engine.clone()));
        Ok(engine)
    }
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds from some beginning, in a worker or on a page.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}
