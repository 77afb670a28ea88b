//! Builds the sets in memory and asks all their questions.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use answer_engine::{
    Engine,
    bundle::{LanguageEntry, Manifest},
    decision::Coefficients,
    language,
    postings::{FieldId, Posting, Postings, ReaderPostings},
    scoring::{Candidate, Material, Terms},
};
use anyhow::Context;
use kb_indexer::{
    config::Config,
    index::{self, Bundle, Form},
    library::{Library, ReadOptions},
    question_set::{self, Expected, FORM, Line},
};
use unicode_normalization::UnicodeNormalization;

use crate::sources::{File, OWN, Ranking, SOURCES, Source};

/// Articles that are far down cannot come first by other weights.
const CANDIDATES: usize = 60;

/// A question and what the engine found for it.
pub(crate) struct Question {
    pub(crate) terms: Terms,
    /// The first of them.
    pub(crate) candidates: Vec<Candidate>,
    /// Right articles among the candidates.
    pub(crate) right: Vec<u32>,
    /// Whether any article answers it.
    pub(crate) answerable: bool,
}

/// A file of questions, asked of its index.
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) family: &'static str,
    pub(crate) ranking: Ranking,
    /// Whether the confidence is fitted on it.
    pub(crate) confidence: bool,
    /// What the articles are made of.
    pub(crate) material: Material,
    /// Whether the language has vectors.
    pub(crate) meaning: bool,
    /// What the index decides by: by words alone, and with vectors.
    pub(crate) own: [Coefficients; 2],
    /// By words alone, and with vectors; the same where there are none.
    pub(crate) questions: [Vec<Question>; 2],
    /// The same, asked with [`Terms::undamped`]; empty unless wanted.
    pub(crate) undamped: Vec<Question>,
    /// The same, asked of an index that repairs no word; empty unless wanted.
    pub(crate) unrepaired: Vec<Question>,
}

/// Builds and asks all sets below `data`, several at a time. `parts` also asks what an ablation needs.
pub(crate) fn ask_all(data: &Path, parts: bool) -> anyhow::Result<Vec<Set>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, anyhow::Result<Vec<Set>>>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((at, source)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    SOURCES.get(at).map(|source| (at, source))
                } {
                    let begun = Instant::now();
                    let sets = ask_source(data, source, parts).with_context(|| source.folder);
                    eprintln!("{:<20} {:>6.1} s", source.folder, begun.elapsed().as_secs_f64());
                    // Another thread's panic ends the run anyway.
                    if let Ok(mut done) = done.lock() {
                        done.insert(at, sets);
                    }
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_default();
    let sets: Vec<Vec<Set>> = done.into_values().collect::<anyhow::Result<_>>()?;
    Ok(sets.into_iter().flatten().collect())
}

fn ask_source(data: &Path, source: &Source, parts: bool) -> anyhow::Result<Vec<Set>> {
    let is_own = source.folder == OWN;
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = data.join(source.folder);
    let articles = if is_own { repository.join(OWN) } else { folder.join("articles") };
    let (config, _) = Config::load(&articles, None)?;
    let (mut library, _) = Library::read(&articles, &config, ReadOptions::default())?;
    let kept_back = if is_own { keep_back(&mut library) } else { Vec::new() };
    let bundle = index::build_as(Form::Whole, &library.public(), &config, None, &|| ())?;
    let manifest = Manifest::parse(&bundle.manifest)?;
    let mut engines = BTreeMap::new();
    for (tag, entry) in &manifest.languages {
        let engine = Engine::open(bytes(&bundle, &entry.head[0].path)?.to_vec())?;
        let unrepaired = if parts { Some(unrepaired(&bundle, entry)?) } else { None };
        engines.insert(tag.as_str(), (engine, unrepaired));
    }
    let tags: Vec<&str> = engines.keys().copied().collect();
    let mut files = Vec::new();
    for file in source.files {
        let read = if is_own {
            kept_back.iter().filter(|line| line.lang.as_deref() == Some(file.name)).cloned().collect()
        } else {
            read(&path_of(&repository, &folder, file))?
        };
        let lines = read
            .into_iter()
            .map(|line| {
                let question: String = line.question.nfc().collect();
                let tag = language::choose(&question, line.lang.as_deref(), &tags, &manifest.default);
                Ok((line, question, engines.get_key_value(tag).map_or("", |(tag, _)| *tag)))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        files.push((file, lines));
    }
    let engine_of = |tag: &str| engines.get(tag).with_context(|| format!("no articles in `{tag}`"));
    let ask_file = |lines: &[(Line, String, &str)]| -> anyhow::Result<Vec<Question>> {
        lines
            .iter()
            .map(|(line, question, tag)| {
                let (engine, _) = engine_of(tag)?;
                Ok(ask(engine, engine.terms(question), line))
            })
            .collect()
    };
    let by_words = files.iter().map(|(_, lines)| ask_file(lines)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut own = BTreeMap::new();
    for (tag, entry) in &manifest.languages {
        let (engine, _) = engine_of(tag)?;
        let by_words = engine.calibration().coefficients;
        add_meaning(engine, &bundle, entry)?;
        own.insert(tag.as_str(), [by_words, engine.calibration().coefficients]);
    }
    let mut sets = Vec::new();
    for ((file, lines), by_words) in files.iter().zip(by_words) {
        let (_, _, tag) = lines.first().with_context(|| format!("{} is empty", file.name))?;
        let (engine, _) = engine_of(tag)?;
        let (mut undamped, mut without_repair) = (Vec::new(), Vec::new());
        for (line, question, tag) in lines.iter().filter(|_| parts) {
            let (engine, unrepaired) = engine_of(tag)?;
            undamped.push(ask(engine, engine.terms(question).undamped(), line));
            if let Some(unrepaired) = unrepaired {
                without_repair.push(ask(unrepaired, unrepaired.terms(question), line));
            }
        }
        sets.push(Set {
            name: if is_own { format!("{OWN} {}", file.name) } else { format!("{}{}", source.folder, file.suffix()) },
            family: source.family,
            ranking: file.ranking,
            confidence: file.confidence,
            material: engine.material(),
            meaning: engine.has_meaning(),
            own: own.get(tag).copied().with_context(|| format!("no articles in `{tag}`"))?,
            questions: [by_words, ask_file(lines)?],
            undamped,
            unrepaired: without_repair,
        });
    }
    Ok(sets)
}

/// Takes every fourth sample question out of the articles, to be asked.
fn keep_back(library: &mut Library) -> Vec<Line> {
    let mut lines = Vec::new();
    for article in &mut library.articles {
        let mut questions = Vec::new();
        for (at, question) in article.questions.drain(..).enumerate() {
            if at % 4 == 3 {
                let (lang, article) = (Some(article.lang.clone()), Expected::One(article.slug.clone()));
                lines.push(Line { id: serde_json::Value::Null, question, lang, article });
            } else {
                questions.push(question);
            }
        }
        article.questions = questions;
    }
    lines
}

fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    question_set::parse(&text)
        .map(|(number, line)| line.with_context(|| format!("{}:{number}: not {FORM}", path.display())))
        .collect()
}

/// Where a file of questions lies.
fn path_of(repository: &Path, folder: &Path, file: &File) -> PathBuf {
    if file.is_own() { repository.join("tests/data").join(file.name) } else { folder.join(file.name) }
}

fn ask<P: Postings>(engine: &Engine<P>, terms: Terms, line: &Line) -> Question {
    let examination = engine.examine_terms(terms);
    let mut candidates = examination.ranking.candidates;
    candidates.truncate(CANDIDATES);
    candidates.shrink_to_fit();
    let slugs = line.article.slugs();
    let is_right = |candidate: &&Candidate| slugs.iter().any(|slug| *slug == engine.slug(candidate));
    let right = candidates.iter().filter(is_right).map(|candidate| candidate.article).collect();
    Question { terms: examination.terms, candidates, right, answerable: !slugs.is_empty() }
}

fn bytes<'a>(bundle: &'a Bundle, path: &str) -> anyhow::Result<&'a [u8]> {
    let file = bundle.files.iter().find(|file| file.path == path);
    Ok(&file.with_context(|| format!("the bundle lacks {path}"))?.bytes)
}

fn add_meaning<P: Postings>(engine: &Engine<P>, bundle: &Bundle, entry: &LanguageEntry) -> anyhow::Result<()> {
    for words in &entry.words {
        engine.add_meaning(bytes(bundle, &words.path)?)?;
    }
    Ok(())
}

/// The engine over an index in which no word begins like another.
fn unrepaired(bundle: &Bundle, entry: &LanguageEntry) -> anyhow::Result<Engine<Unrepaired>> {
    let head = bytes(bundle, &entry.head[0].path)?.to_vec();
    let engine = Engine::open_by(head, |files| ReaderPostings::open(files).map(Unrepaired))?;
    add_meaning(&engine, bundle, entry)?;
    Ok(engine)
}

/// Typing errors are repaired from a walk over the index's terms: without the walk there is no repair.
struct Unrepaired(ReaderPostings);

impl Postings for Unrepaired {
    fn documents(&self) -> u32 {
        self.0.documents()
    }

    fn tokens(&self, field: FieldId) -> u64 {
        self.0.tokens(field)
    }

    fn document_frequency(&self, field: FieldId, term: &str) -> u32 {
        self.0.document_frequency(field, term)
    }

    fn visit(&self, field: FieldId, term: &str, visit: &mut dyn FnMut(Posting)) {
        self.0.visit(field, term, visit);
    }

    fn length(&self, field: FieldId, document: u32) -> u32 {
        self.0.length(field, document)
    }

    fn visit_terms(&self, _: FieldId, _: &str, _: &mut dyn FnMut(&str, u32)) {}
}
