use std::{borrow::Cow, cell::OnceCell};

use answer_messages::{Library, Listing, Question, plain::Read as _, without_language};

use crate::{
    analysis::{Analyzer, UnknownStemmer},
    bundle::{
        ArticleEntry, Bytes, CATALOG, Catalog, Piece, Place,
        container::{self, ContainerError},
    },
    decision::{Calibration, Coefficients, Thresholds, confidences, decide, intent},
    divided::{Blocks, Card, DIVISION, Division, Family, Wanted, cards},
    findings::{Findings, Found},
    meaning::{Meaning, Misfit},
    message,
    postings::{DividedPostings, Index, IndexError, Postings, ReaderPostings, Remembered, Removal, Without},
    scoring::{
        Candidate, Kinds, Material, Ranking, Repaired, Searched, Signal, Synonyms, Terms, Weights, Zeros, rank,
        vocabulary,
    },
};

/// One language of a bundle, open.
pub struct Engine<P = Index> {
    catalog: Catalog,
    /// The cards of an index in blocks.
    cards: Option<Blocks>,
    /// Where all its listings are.
    list: Option<Piece>,
    kinds: Kinds,
    analyzer: Analyzer,
    synonyms: Synonyms,
    postings: P,
    meaning: OnceCell<Meaning>,
    zeros: Zeros,
}

/// A head could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is no container.
    #[error(transparent)]
    Container(#[from] ContainerError),
    /// A part is missing or is not what it should be.
    #[error("the head's {0} cannot be read: build the bundle with the version of the widget")]
    Part(&'static str),
    /// The build lacks the language's stemmer.
    #[error(transparent)]
    Stemmer(#[from] UnknownStemmer),
    /// The vectors are those of another index.
    #[error(transparent)]
    Meaning(#[from] Misfit),
    /// The segment cannot be opened.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Everything that led to a reply.
#[derive(Clone, Debug)]
pub struct Examination {
    /// The question in terms.
    pub terms: Terms,
    /// The articles and the features of the first.
    pub ranking: Ranking,
    /// The candidates' confidences, in their order.
    pub confidences: Vec<f64>,
}

/// What an index knows of a question's words; those that questions are made of are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Familiarity {
    /// All of them.
    pub(crate) words: usize,
    /// Those that are known, with typing errors repaired.
    pub(crate) known: usize,
    /// Those that are known as they are typed.
    pub(crate) as_typed: usize,
}

/// Articles whose cards are in a block.
pub const CARDS: u32 = 32;

/// The largest confidence of an article that shares no word with the question.
const MEANT_ALONE: f64 = 0.25;

impl Engine {
    /// Opens a head file. The bytes are kept and not copied.
    ///
    /// # Errors
    /// [`OpenError`] where they are no head that this build can use.
    pub fn open(head: Vec<u8>) -> Result<Self, OpenError> {
        Self::open_index(head, |files| Ok(Index::Whole(ReaderPostings::open(files)?)))
    }

    /// The same with tantivy itself for an index that comes whole.
    ///
    /// # Errors
    /// [`OpenError`] where they are no head that this build can use.
    #[cfg(feature = "full")]
    pub fn open_with_tantivy(head: Vec<u8>) -> Result<Self, OpenError> {
        let open = crate::postings::TantivyPostings::open;
        Self::open_index(head, |files| Ok(Index::Tantivy(Box::new(open(files)?))))
    }

    fn open_index(
        head: Vec<u8>,
        whole: impl FnOnce(Vec<(String, Bytes)>) -> Result<Index, IndexError>,
    ) -> Result<Self, OpenError> {
        let mut files = container::unpack(head.into())?;
        let Some(at) = files.iter().position(|(name, _)| name == DIVISION) else {
            return Self::open_files(files, whole);
        };
        let damaged = || OpenError::Part(DIVISION);
        let division = files.swap_remove(at).1;
        let division: Division = Division::from_plain(&division).ok_or_else(damaged)?;
        let postings = DividedPostings::new(&division).ok_or_else(damaged)?;
        let cards = Blocks::new(Family::Cards, division.cards).ok_or_else(damaged)?;
        let mut engine = Self::open_files(files, |_| Ok(Index::Divided(Box::new(postings))))?;
        let packs = division.articles.pieces();
        if packs.len() != engine.catalog.packs.len() || engine.catalog.lengths.is_none() {
            return Err(damaged());
        }
        engine.catalog.packs = packs;
        engine.cards = Some(cards);
        engine.list = division.list.pieces().pop();
        Ok(engine)
    }

    /// Whether the index comes in blocks.
    pub fn is_divided(&self) -> bool {
        self.cards.is_some()
    }

    /// The blocks that were missed since this was asked last. Until there are none, [`Engine::find`], [`Engine::place`] and
    /// the like are worth nothing; with each of them put, they are to be called again.
    pub fn missing(&self) -> Vec<Wanted> {
        let Index::Divided(postings) = &self.postings else { return Vec::new() };
        let mut missing = postings.take_missing();
        missing.extend(self.cards.iter().flat_map(Blocks::take_missing));
        missing
    }

    /// All blocks, to be put by who has the memory: from now on all that are put are kept.
    pub fn all_blocks(&self) -> Vec<Wanted> {
        let Index::Divided(postings) = &self.postings else { return Vec::new() };
        postings.blocks().into_iter().chain(&self.cards).flat_map(Blocks::all).collect()
    }

    /// The blocks that are missing to show what was found, of which nothing is missing otherwise.
    pub fn missing_cards(&self, findings: &Findings) -> Vec<Wanted> {
        for found in &findings.found {
            let _ = self.listing_of(found.article);
        }
        self.missing()
    }

    /// Takes a block that was missing, decompressed.
    pub fn put(&self, wanted: &Wanted, bytes: Vec<u8>) {
        match (&self.postings, &self.cards) {
            (_, Some(cards)) if wanted.family == Family::Cards => cards.put(wanted.number, bytes),
            (Index::Divided(postings), _) => postings.put(wanted.family, wanted.number, bytes),
            _ => {}
        }
    }
}

#[cfg(feature = "full")]
impl Engine<crate::postings::TantivyPostings> {
    /// The same by tantivy itself.
    ///
    /// # Errors
    /// [`OpenError`] where they are no head that this build can use.
    pub fn open_by_tantivy(head: Vec<u8>) -> Result<Self, OpenError> {
        Self::open_by(head, crate::postings::TantivyPostings::open)
    }
}

impl<P: Postings> Engine<P> {
    /// Opens a head file whose segment `open` opens.
    ///
    /// # Errors
    /// [`OpenError`] where they are no head that this build can use.
    pub fn open_by(
        head: Vec<u8>,
        open: impl FnOnce(Vec<(String, Bytes)>) -> Result<P, IndexError>,
    ) -> Result<Self, OpenError> {
        Self::open_files(container::unpack(head.into())?, open)
    }

    fn open_files(
        mut files: Vec<(String, Bytes)>,
        open: impl FnOnce(Vec<(String, Bytes)>) -> Result<P, IndexError>,
    ) -> Result<Self, OpenError> {
        let at = files.iter().position(|(name, _)| name == CATALOG).ok_or(OpenError::Part(CATALOG))?;
        let catalog = Catalog::decode(&files.swap_remove(at).1).ok_or(OpenError::Part(CATALOG))?;
        Self::new(catalog, open(files)?)
    }

    /// An engine over any index that keeps to [`Postings`].
    ///
    /// # Errors
    /// [`OpenError`] where catalog and index do not fit each other, or this build lacks the stemmer.
    pub fn new(catalog: Catalog, postings: P) -> Result<Self, OpenError> {
        if !is_sound(&catalog) || catalog.units.len() != postings.documents() as usize {
            return Err(OpenError::Part(CATALOG));
        }
        let analyzer = Analyzer::new(catalog.stemmer.as_deref())?;
        Ok(Self {
            kinds: Kinds::of(&catalog, &postings),
            synonyms: Synonyms::new(&catalog.synonyms, &analyzer),
            catalog,
            cards: None,
            list: None,
            analyzer,
            postings,
            meaning: OnceCell::new(),
            zeros: Zeros::default(),
        })
    }

    /// How many of a question's words tell what it asks for, how many of them the index knows, and how many it knows as
    /// they are typed.
    pub(crate) fn familiarity(&self, question: &str) -> Familiarity {
        let terms = self.terms(question);
        let telling = || terms.words.iter().filter(|word| !word.asking);
        Familiarity {
            words: telling().count(),
            known: telling().filter(|word| word.known).count(),
            as_typed: telling().filter(|word| word.known && word.repaired_from.is_none()).count(),
        }
    }

    /// What another language's engine found as this language has it; none where there is no translation. Translations
    /// have the same slug but for the language's folder; where they have as many sections, the same section is shown.
    pub(crate) fn translation<Q: Postings>(&self, found: &Found, other: &Engine<Q>) -> Option<Found> {
        let theirs = other.catalog.articles.get(found.article as usize)?;
        let listing = other.listing_of(found.article)?;
        let name = without_language(&listing.slug, &other.library().lang);
        let article = self.article(&format!("{}/{name}", self.library().lang)).or_else(|| self.article(name))?;
        let same = self.catalog.articles.get(article as usize)?.sections == theirs.sections;
        Some(Found { article, section: if same { found.section } else { 0 }, confidence: found.confidence })
    }

    /// What the bundle says of itself in this language.
    pub fn library(&self) -> &Library {
        &self.catalog.library
    }

    /// Where the listings of all articles are, for [`Engine::listed`], where the library has but the first.
    pub fn list(&self) -> Option<&Piece> {
        self.list.as_ref()
    }

    /// The library with all its articles, out of the decompressed list; `None` where the bytes are something else.
    pub fn listed(&self, list: &[u8]) -> Option<Library> {
        let articles = Vec::from_plain(list)?;
        Some(Library { articles, ..self.library().clone() })
    }

    /// The files that hold the articles.
    pub fn packs(&self) -> impl Iterator<Item = &Piece> {
        self.catalog.packs.iter()
    }

    /// Where an article is: its pack and its place in it.
    pub fn place(&self, slug: &str) -> Option<(&Piece, Place)> {
        self.place_at(self.article(slug)?)
    }

    /// The same by its position in the catalog.
    pub(crate) fn place_at(&self, article: u32) -> Option<(&Piece, Place)> {
        let mut place = self.catalog.articles.get(article as usize)?.place.clone();
        if self.cards.is_some() {
            let card = self.card(article)?;
            (place.offset, place.length, place.hash) = (card.offset, card.length, card.hash);
        }
        Some((self.catalog.packs.get(place.pack as usize)?, place))
    }

    /// The position of the article with this slug.
    fn article(&self, slug: &str) -> Option<u32> {
        match &self.cards {
            Some(blocks) => {
                let block = blocks.of_key(slug)?.ok()?;
                cards(&block).into_iter().find(|card| card.listing.slug == slug).map(|card| card.article)
            }
            None => {
                let articles = &self.catalog.articles;
                let at = articles.binary_search_by(|entry| self.listing(entry).slug.as_str().cmp(slug)).ok()?;
                u32::try_from(at).ok()
            }
        }
    }

    fn card(&self, article: u32) -> Option<Card> {
        let block = self.cards.as_ref()?.get((article / CARDS) as usize).ok()?;
        cards(&block).into_iter().find(|card| card.article == article)
    }

    /// What is said of an article in lists.
    pub(crate) fn listing_of(&self, article: u32) -> Option<Cow<'_, Listing>> {
        if self.cards.is_some() {
            return self.card(article).map(|card| Cow::Owned(card.listing));
        }
        self.catalog.articles.get(article as usize).map(|entry| Cow::Borrowed(self.listing(entry)))
    }

    /// Takes the vectors that were built with this index. From now on questions find by meaning too.
    ///
    /// # Errors
    /// [`Misfit`] where the bytes are something else; the engine then answers as before.
    pub fn add_meaning(&self, bytes: &[u8]) -> Result<(), Misfit> {
        let mut meaning = Meaning::open(bytes, &self.catalog)?;
        let grams = |term: &str| self.analyzer.grams(term).into_iter().map(|token| token.term).collect();
        let terms = if self.catalog.is_large { meaning.take_listed() } else { vocabulary(&self.postings) };
        meaning.add_vocabulary(terms.into_iter().map(|term| (term.clone(), grams(&term))));
        // A second file changes nothing: an index has one.
        let _ = self.meaning.set(meaning);
        Ok(())
    }

    /// Finds the articles that answer a question.
    pub fn find(&self, question: &Question) -> Findings {
        let examination = self.examine(&question.text);
        let thresholds = Thresholds::of(&self.calibration());
        let (decision, reason) = decide(intent(&question.text), &examination.confidences, thresholds);
        let found = examination.ranking.candidates.iter().zip(&examination.confidences).take(question.limit as usize);
        let found = found.filter_map(|(candidate, confidence)| {
            let entry = self.catalog.articles.get(candidate.article as usize)?;
            let section = candidate.section.saturating_sub(entry.first_section);
            Some(Found { article: candidate.article, section, confidence: *confidence })
        });
        Findings {
            question: question.text.clone(),
            lang: self.catalog.library.lang.clone(),
            decision,
            reason,
            confidence: examination.confidences.first().copied().unwrap_or(0.0),
            found: found.collect(),
            terms: examination.terms,
        }
    }

    /// Ranks the articles and says what the confidence is made of. Of a long message the part counts whose first hit is
    /// the surest; of equals the first part.
    pub fn examine(&self, message: &str) -> Examination {
        let (postings, repaired) = (Remembered::new(&self.postings, &self.catalog), Repaired::default());
        let examine = |text: &str| {
            let terms = self.terms_in(text, &self.kinds, &postings, &repaired);
            self.examine_in(terms, &self.kinds, &postings, None)
        };
        let mut best: Option<(f64, Examination)> = None;
        for part in message::parts(message, &self.analyzer) {
            let examination = examine(part.text);
            let sure = part.share * examination.confidences.first().copied().unwrap_or(0.0);
            if best.as_ref().is_none_or(|(surest, _)| sure > *surest) {
                best = Some((sure, examination));
            }
        }
        best.map_or_else(|| examine(message), |(_, examination)| examination)
    }

    /// A question in terms, as [`Engine::examine`] looks them up.
    pub fn terms(&self, question: &str) -> Terms {
        self.terms_in(question, &self.kinds, &self.postings, &Repaired::default())
    }

    fn terms_in(&self, question: &str, kinds: &Kinds, postings: &dyn Postings, repaired: &Repaired) -> Terms {
        Terms::of(question, &self.analyzer, &self.synonyms, kinds, postings, self.meaning.get(), repaired)
    }

    /// [`Engine::examine`] for terms that are there already: who measures what a part of them is worth may change them.
    pub fn examine_terms(&self, terms: Terms) -> Examination {
        self.examine_in(terms, &self.kinds, &Remembered::new(&self.postings, &self.catalog), None)
    }

    /// The same in the index without a phrase or an article: what a self-test asks.
    pub fn examine_without(&self, question: &str, removal: &Removal) -> Examination {
        let postings = Without { inner: &self.postings, removal };
        let kinds = self.kinds.without(removal);
        let postings = Remembered::new(&postings, &self.catalog);
        let terms = self.terms_in(question, &kinds, &postings, &Repaired::default());
        self.examine_in(terms, &kinds, &postings, Some(removal))
    }

    fn examine_in(
        &self,
        terms: Terms,
        kinds: &Kinds,
        postings: &Remembered<'_>,
        removal: Option<&Removal>,
    ) -> Examination {
        let meaning = self.meaning.get();
        let weights = Weights::shipped(&kinds.material(), meaning.is_some());
        let searched = Searched { catalog: &self.catalog, kinds, postings, zeros: &self.zeros, meaning, removal };
        let ranking = rank(&terms, searched, &weights);
        let calibration = self.calibration();
        let share = self.catalog.settings.unanswerable_share;
        let mut first = calibration.coefficients.probability(&ranking.features, share);
        // The fits have hardly seen questions that share no word with the article: likeness in meaning alone may offer an
        // article, but not answer.
        let shares_words = ranking.candidates.first().is_some_and(|best| best.signals.get(Signal::Coverage) > 0.0);
        if !shares_words {
            first = first.min(MEANT_ALONE);
        }
        let confidences = confidences(first, &ranking.candidates);
        Examination { terms, ranking, confidences }
    }

    /// The numbers that decisions are made by, with or without vectors.
    pub fn calibration(&self) -> Calibration {
        let calibrations = self.catalog.calibrations;
        let meaning = self.meaning.get().is_some();
        let own = if meaning { calibrations.with_meaning } else { calibrations.by_words };
        own.unwrap_or_else(|| Calibration {
            coefficients: Coefficients::shipped(&self.kinds.material(), meaning),
            answer: Calibration::expected(&self.catalog.settings),
        })
    }

    /// Whether vectors were added.
    pub fn has_meaning(&self) -> bool {
        self.meaning.get().is_some()
    }

    /// What the articles are made of.
    pub fn material(&self) -> Material {
        self.kinds.material()
    }

    /// Slug of a candidate's article; empty where its card is missing.
    pub fn slug(&self, candidate: &Candidate) -> Cow<'_, str> {
        match self.listing_of(candidate.article) {
            Some(Cow::Borrowed(listing)) => Cow::Borrowed(&listing.slug),
            Some(Cow::Owned(listing)) => Cow::Owned(listing.slug),
            None => Cow::Borrowed(""),
        }
    }

    fn listing(&self, entry: &ArticleEntry) -> &Listing {
        &self.catalog.library.articles[entry.listing as usize]
    }

    /// The index.
    pub fn postings(&self) -> &P {
        &self.postings
    }

    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(crate) fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }
}

/// Whether every number of the catalog points into its lists, so that nothing later can miss.
fn is_sound(catalog: &Catalog) -> bool {
    use crate::bundle::Unit;
    let articles = catalog.articles.len();
    let sections = catalog.articles.iter().map(|entry| entry.sections as usize).sum::<usize>();
    let section_of = |article: u32, section: u32| {
        catalog.articles.get(article as usize).is_some_and(|entry| {
            section >= entry.first_section && section < entry.first_section.saturating_add(entry.sections)
        })
    };
    let listings = &catalog.library.articles;
    let listed = catalog.articles.iter().all(|entry| (entry.listing as usize) < listings.len())
        && catalog.articles.is_sorted_by(|a, b| listings[a.listing as usize].slug < listings[b.listing as usize].slug);
    (listed || catalog.lengths.is_some())
        && catalog.articles.iter().all(|entry| {
            entry.sections > 0 && (entry.first_section as usize).saturating_add(entry.sections as usize) <= sections
        })
        && catalog.units.iter().all(|unit| match unit {
            Unit::Phrase { article, section, .. } => {
                (*article as usize) < articles && section.is_none_or(|section| section_of(*article, section))
            }
            Unit::Section { article, section, .. } => section_of(*article, *section),
            Unit::Article { article } => (*article as usize) < articles,
        })
}
