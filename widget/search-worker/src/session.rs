use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use answer_engine::{
    Engine, Findings,
    bundle::{Piece, article_at, article_bytes},
    elsewhere, language,
    sections::{Section, sections},
};
use answer_messages::{
    Decision, Library, Question, Reply,
    wire::{Failure, FailureKind},
};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::{
    failure, files,
    manifest::{self, Manifest},
    pieces::{Goal, Pieces},
};

/// Articles of an index in blocks whose text is fetched for a choice; for an answer it is one.
const SHOWN: usize = 3;
/// Articles whose titles are fetched for a question that is not whole yet: the bubble asks for half as many, but the last
/// word may change their order.
const EXPECTED: u32 = 8;
/// Articles that are suggested while a question is typed.
const SUGGESTED: u32 = 3;
/// Rounds of requests for blocks, after which something must be wrong: a question takes one, a misspelt one three.
const ROUNDS: usize = 8;

/// A help centre whose articles are no more bytes than this is fetched whole: answers then wait for no network, and no request
/// tells which article one came from.
const SMALL: u32 = 1024 * 1024;

/// Between two looks at whether a question waits.
const PAUSE_MS: u32 = 50;

/// After the bundle was opened, or a question answered, until what later ones need is fetched: the question that the panel was
/// opened with comes first, and slow machines take their time to ask it.
const REST_MS: u32 = 300;

/// Packs that are fetched ahead at the same time: a question that comes meanwhile waits for no more than these.
const AT_ONCE: usize = 8;

/// An open bundle.
pub(crate) struct Session {
    manifest: Manifest,
    /// The language that was wished for.
    wished: Option<String>,
    /// The language that it was opened in.
    tag: String,
    /// Open languages by their tags. They are few: a list is less code than a map.
    engines: RefCell<Vec<(String, Rc<Engine>)>>,
    pieces: Rc<Pieces>,
    /// Languages whose articles are fetched, or being fetched.
    ahead: RefCell<Vec<String>>,
    /// How many questions wait for their answer. What is fetched for later ones leaves the line to them.
    pending: Cell<u32>,
    /// Counts what was typed, and asked.
    turn: Cell<u32>,
}

impl Session {
    /// Fetches the manifest and the head of the wished language. Where the browser's copy of the manifest does not lead to a
    /// head, for it names files of a former build or is no manifest, the server is asked for another.
    pub(crate) async fn open(kb: String, lang: Option<String>) -> Result<Self, Failure> {
        match Self::open_by(kb.clone(), lang.clone(), false).await {
            Ok(opened) => Ok(opened),
            // What the first attempt says is more to the point where the second does not even have a manifest.
            Err(failed) => Self::open_by(kb, lang, true).await.map_err(|_| failed),
        }
    }

    async fn open_by(kb: String, wished: Option<String>, afresh: bool) -> Result<Self, Failure> {
        let manifest = files::manifest(&kb, afresh).await?;
        let manifest = manifest::parse(&manifest).map_err(|detail| failure(FailureKind::Damaged, detail))?;
        let mut session = Self {
            manifest,
            wished,
            tag: String::new(),
            engines: RefCell::default(),
            pieces: Rc::new(Pieces::new(kb)),
            ahead: RefCell::default(),
            pending: Cell::default(),
            turn: Cell::default(),
        };
        let (wished, default) = (session.wished.as_deref(), &session.manifest.default);
        session.tag = language::choose("", wished, &session.languages(), default).to_owned();
        session.open_language(&session.tag).await?;
        Ok(session)
    }

    /// Whether it is what was opened so.
    pub(crate) fn is_of(&self, kb: &str, wished: Option<&str>) -> bool {
        self.pieces.url("") == kb && self.wished.as_deref() == wished
    }

    /// What the bundle says of itself.
    pub(crate) async fn library(&self) -> Result<Library, Failure> {
        Ok(self.engine(&self.tag).await?.library().clone())
    }

    /// Answers a question, with the milliseconds that the engine took. Where the articles of its language do not answer,
    /// another language is asked, whose files are fetched only then.
    pub(crate) async fn ask(self: &Rc<Self>, question: Question) -> Result<(Reply, f64), Failure> {
        let _waits = Waits::one(&self.pending);
        self.turn.set(self.turn.get().wrapping_add(1));
        self.answer(question).await
    }

    async fn answer(self: &Rc<Self>, mut question: Question) -> Result<(Reply, f64), Failure> {
        // The indexer reads articles in this form, so the words must come in it too.
        question.text = js_sys::JsString::from(question.text).normalize("NFC").into();
        let (text, wished) = (&question.text, question.lang.as_deref());
        let tags = language::order(text, wished, &self.languages(), &self.manifest.default);
        let own = self.engine(tags.first().copied().unwrap_or_default()).await?;
        let spent = Cell::new(0.0);
        let mut findings = self.complete(&[&own], &spent, || own.find(&question)).await?;
        let is_due = tags.len() > 1 && self.complete(&[&own], &spent, || elsewhere::is_due(&own, &findings)).await?;
        for tag in tags.into_iter().skip(1).filter(|_| is_due) {
            // Whoever cannot have the other language's files still has the reply of his own.
            let Ok(other) = self.engine(tag).await else { continue };
            let instead = self.complete(&[&own, &other], &spent, || elsewhere::instead(&own, &other, &question)).await;
            if let Ok(Some(found)) = instead {
                findings = found;
                break;
            }
        }
        let engine = self.engine(&findings.lang).await?;
        let most = match findings.decision {
            Decision::Answer => 1,
            Decision::Choose | Decision::HandOff => SHOWN,
        };
        let sections = self.sections_of(&engine, &findings, most).await?;
        let start = now();
        let reply = shown(&engine, &findings, sections);
        Ok((reply, spent.get() + now() - start))
    }

    /// The library with all its articles.
    pub(crate) async fn list(&self) -> Result<Library, Failure> {
        let engine = self.engine(&self.tag).await?;
        match engine.list() {
            Some(piece) => {
                let list = self.pieces.bytes(piece).await?;
                engine.listed(&list).ok_or_else(|| failure(FailureKind::Damaged, "the list of articles"))
            }
            None => Ok(engine.library().clone()),
        }
    }

    /// What a question may be about of which no more is typed yet than this: an answer without passages. With `ahead`, what more of
    /// it is typed will need is fetched; of an index that is here nothing is, and no request tells what is typed.
    pub(crate) async fn suggest(self: &Rc<Self>, mut text: String, ahead: bool) -> Result<Option<Reply>, Failure> {
        let (limit, most) = if ahead { (EXPECTED, 1) } else { (SUGGESTED, 0) };
        text = js_sys::JsString::from(text).normalize("NFC").into();
        let tags = language::order(&text, self.wished.as_deref(), &self.languages(), &self.manifest.default);
        // What is not open yet is not opened for half a question.
        let open = tags.first().and_then(|tag| self.open_engine(tag));
        let Some(engine) = open.filter(|engine| engine.is_divided() || !ahead) else { return Ok(None) };
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        let _waits = Waits::one(&self.pending);
        // The last word may be half a word.
        let begun = text.split_off(text.trim_end_matches(|char: char| !char.is_whitespace()).len());
        let likeliest = self.complete(&[&engine], &Cell::default(), || engine.expect(&begun)).await?;
        // While that came, more was typed.
        if self.turn.get() != turn {
            return Ok(None);
        }
        text.push_str(&likeliest.unwrap_or_default());
        let question = Question { text, lang: None, limit };
        let findings = self.complete(&[&engine], &Cell::default(), || engine.find(&question)).await?;
        if self.turn.get() != turn {
            return Ok(None);
        }
        let sections = self.sections_of(&engine, &findings, most).await?;
        Ok(Some(shown(&engine, &findings, sections)))
    }

    /// What `ask` gives when no block of these engines is missing. `spent` grows by the milliseconds it took.
    async fn complete<T>(&self, engines: &[&Rc<Engine>], spent: &Cell<f64>, ask: impl Fn() -> T) -> Result<T, Failure> {
        for _ in 0..ROUNDS {
            let start = now();
            let found = ask();
            spent.set(spent.get() + now() - start);
            let missing = engines.iter().flat_map(|engine| {
                let missing = engine.missing().into_iter();
                missing.map(|wanted| Goal::Block(Rc::clone(engine), wanted))
            });
            let missing: Vec<Goal> = missing.collect();
            if missing.is_empty() {
                return Ok(found);
            }
            self.pieces.fetch(missing.into_iter()).await?;
        }
        Err(failure(FailureKind::Damaged, "the index lacks blocks"))
    }

    /// The sections of the articles that were found, in their order; none of one that cannot be had or, of an index in blocks,
    /// is not among the first `shown`: the answer then is its title and description.
    async fn sections_of(
        &self,
        engine: &Rc<Engine>,
        findings: &Findings,
        shown: usize,
    ) -> Result<Vec<Option<Vec<Section>>>, Failure> {
        let cards: Vec<Goal> =
            engine.missing_cards(findings).into_iter().map(|card| Goal::Block(engine.clone(), card)).collect();
        let shown = if engine.is_divided() { shown } else { findings.found.len() };
        let mut packs: Vec<&Piece> =
            findings.found.iter().take(shown).filter_map(|found| engine.pack_of(found)).collect();
        packs.dedup();
        let packs = packs.into_iter().cloned().map(Goal::Pack);
        // An answer without titles is none; one without a text is.
        let fetched = self.pieces.fetch(cards.into_iter().chain(packs)).await;
        if !engine.missing_cards(findings).is_empty() {
            fetched?;
        }
        let sections = findings.found.iter().map(|found| {
            let (pack, place) = engine.place_of(found)?;
            let article = article_at(&self.pieces.kept(pack)?, &place).ok()?;
            Some(sections(&article.events))
        });
        Ok(sections.collect())
    }

    /// Fetches an article by its slug, in whichever language it is.
    pub(crate) async fn article(&self, slug: &str) -> Result<Vec<u8>, Failure> {
        let open: Vec<Rc<Engine>> = self.engines.borrow().iter().map(|(_, engine)| engine.clone()).collect();
        for engine in open {
            if let Some(article) = self.article_of(&engine, slug).await? {
                return Ok(article);
            }
        }
        let closed: Vec<String> =
            self.manifest.tags().filter(|tag| self.open_engine(tag).is_none()).map(str::to_owned).collect();
        for tag in closed {
            let engine = self.open_language(&tag).await?;
            if let Some(article) = self.article_of(&engine, slug).await? {
                return Ok(article);
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

    /// The articles of a small help centre, then the word table.
    fn fetch_rest(self: &Rc<Self>, lang: &str, engine: Rc<Engine>) {
        let session = self.clone();
        let words = self.manifest.language(lang).map(|language| language.words.clone()).unwrap_or_default();
        spawn_local(async move {
            files::pause(REST_MS).await;
            let is_small = engine.packs().map(|pack| pack.bytes).sum::<u32>() <= SMALL;
            let packs: Vec<&Piece> = engine.packs().filter(|_| is_small && !engine.is_divided()).collect();
            for packs in packs.chunks(AT_ONCE) {
                session.no_question_waits().await;
                let _ = session.pieces.fetch(packs.iter().map(|pack| Goal::Pack((*pack).clone()))).await;
            }
            // Questions asked before the vectors are there are answered by words alone, and so are all others where the
            // file cannot be had.
            for file in words {
                session.no_question_waits().await;
                let coming =
                    files::checked(session.pieces.url(&file.path), |bytes| files::has_hash(bytes, &file.sha256));
                if let Ok(bytes) = coming.await {
                    let _ = engine.add_meaning(&bytes);
                }
            }
        });
    }

    async fn no_question_waits(&self) {
        while self.pending.get() > 0 {
            files::pause(PAUSE_MS).await;
        }
    }

    async fn article_of(&self, engine: &Rc<Engine>, slug: &str) -> Result<Option<Vec<u8>>, Failure> {
        let place = || engine.place(slug).map(|(pack, place)| (pack.clone(), place));
        let place = self.complete(&[engine], &Cell::default(), place).await?;
        let Some((pack, place)) = place else { return Ok(None) };
        self.pieces.fetch(std::iter::once(Goal::Pack(pack.clone()))).await?;
        let lost = || failure(FailureKind::Unreachable, "a pack was fetched and dropped again");
        let bytes = self.pieces.kept(&pack).ok_or_else(lost)?;
        article_bytes(&bytes, &place)
            .map(|bytes| Some(bytes.to_vec()))
            .map_err(|error| failure(FailureKind::Damaged, error))
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
        let head = files::checked(self.pieces.url(&file.path), |bytes| files::has_hash(bytes, &file.sha256)).await?;
        #[cfg(not(feature = "full"))]
        let engine = Engine::open(head);
        #[cfg(feature = "full")]
        let engine = Engine::open_with_tantivy(head);
        let engine = Rc::new(engine.map_err(|error| failure(FailureKind::Damaged, error))?);
        self.engines.borrow_mut().push((tag.to_owned(), engine.clone()));
        Ok(engine)
    }
}

/// One that waits, as long as it is there.
struct Waits<'a>(&'a Cell<u32>);

impl<'a> Waits<'a> {
    fn one(pending: &'a Cell<u32>) -> Self {
        pending.set(pending.get() + 1);
        Self(pending)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// The reply with the passages of these sections, which are those of the articles in their order.
#[inline(never)]
fn shown(engine: &Engine, findings: &Findings, sections: Vec<Option<Vec<Section>>>) -> Reply {
    let mut sections = sections.into_iter();
    engine.show(findings, |_| sections.next().flatten())
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds from some beginning, in a worker or on a page.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}
