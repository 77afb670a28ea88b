//! Our reader of tantivy's files beside tantivy itself, over whole help centres: every term, posting, length and total, every
//! walk, and the replies to questions, before and after the vectors are there.
//!
//! Our own help centre and the sets of `tests/data` are always compared. Where `PORCHLIGHT_DATA` names a folder with more sets
//! of the same form, all that it has are compared too, with all of their questions.
#![allow(clippy::print_stdout, reason = "what was compared is worth a look, with `--nocapture`")]

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use answer_engine::{
    Engine, Found,
    bundle::{Bytes, Manifest, container},
    postings::{FIELDS, FieldId, Postings, ReaderPostings, TantivyPostings},
    sections::Section,
};
use answer_messages::{Question, Reply};
use anyhow::Context;
use kb_indexer::{
    config::Config,
    index::{self, Bundle, Form},
    library::{Library, ReadOptions},
    question_set,
};

/// How far confidences may be apart.
const NEAR: f64 = 1e-5;
/// Of the sets that are always compared every so many-th question is asked: tantivy takes its time.
const STEP: usize = 10;
/// Further sets of every run: long articles, and two scripts of their own.
const FEW: [&str; 3] = ["mastodon-docs", "xquad-ar", "xquad-th"];
/// Hits asked for.
const LIMIT: u32 = 10;

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
struct Compared {
    terms: usize,
    postings: usize,
    lengths: usize,
    walks: usize,
    questions: usize,
    /// How long the reader and tantivy took for the questions.
    took: [Duration; 2],
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn compiled(articles: &Path) -> anyhow::Result<Bundle> {
    let (config, _) = Config::load(articles, None)?;
    let (library, _) = Library::read(articles, &config, ReadOptions::default())?;
    Ok(index::build_as(Form::Whole, &library.public(), &config, None, &|| ())?)
}

fn file<'a>(bundle: &'a Bundle, path: &str) -> anyhow::Result<&'a [u8]> {
    let file = bundle.files.iter().find(|file| file.path == path);
    Ok(&file.with_context(|| format!("the bundle lacks {path}"))?.bytes)
}

/// Compares the indexes of a help centre and the replies to every `step`-th of its questions.
fn check(name: &str, articles: &Path, questions: &[PathBuf], step: usize) -> anyhow::Result<Compared> {
    let bundle = compiled(articles)?;
    let manifest = Manifest::parse(&bundle.manifest)?;
    let asked = asked(questions)?;
    let mut compared = Compared::default();
    for (tag, entry) in &manifest.languages {
        let head = file(&bundle, &entry.head[0].path)?;
        let files = || container::unpack(Bytes::from(head.to_vec()));
        compare(&ReaderPostings::open(files()?)?, &TantivyPostings::open(files()?)?, &mut compared);
        let engines = (Engine::open(head.to_vec())?, Engine::open_by_tantivy(head.to_vec())?);
        let asked = || asked.iter().filter(|(_, lang)| lang.as_ref().is_none_or(|lang| lang == tag)).step_by(step);
        let mut ask = || {
            for (text, _) in asked() {
                let question = Question { text: text.clone(), lang: Some(tag.clone()), limit: LIMIT };
                let nothing = |_: &Found| None::<Vec<Section>>;
                let begun = Instant::now();
                let ours = engines.0.show(&engines.0.find(&question), nothing);
                let between = Instant::now();
                let theirs = engines.1.show(&engines.1.find(&question), nothing);
                compared.took[0] += between - begun;
                compared.took[1] += between.elapsed();
                same(&ours, &theirs);
                compared.questions += 1;
            }
        };
        ask();
        if let Some(words) = entry.words.first() {
            let vectors = file(&bundle, &words.path)?;
            engines.0.add_meaning(vectors)?;
            engines.1.add_meaning(vectors)?;
            ask();
        }
    }
    println!("{name}: {compared:?}");
    assert!(compared.terms > 0 && (questions.is_empty() || compared.questions > 0), "{name}: {compared:?}");
    Ok(compared)
}

/// The questions of some files, and the language that each is to be asked in.
fn asked(files: &[PathBuf]) -> anyhow::Result<Vec<(String, Option<String>)>> {
    let mut asked = Vec::new();
    for path in files {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (_, line) in question_set::parse(&text) {
            let line = line?;
            asked.push((line.question, line.lang));
        }
    }
    Ok(asked)
}

fn visits(postings: &dyn Postings, field: FieldId, term: &str) -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    postings.visit(field, term, &mut |posting| all.push((posting.document, posting.frequency)));
    all
}

fn walk(postings: &dyn Postings, field: FieldId, prefix: &str) -> Vec<(String, u32)> {
    let mut all = Vec::new();
    postings.visit_terms(field, prefix, &mut |term, frequency| all.push((term.to_owned(), frequency)));
    all
}

fn compare(reader: &ReaderPostings, oracle: &TantivyPostings, compared: &mut Compared) {
    let (reader, oracle): (&dyn Postings, &dyn Postings) = (reader, oracle);
    assert_eq!(reader.documents(), oracle.documents());
    for field in FIELDS {
        assert_eq!(reader.tokens(field), oracle.tokens(field), "{field:?}");
        for document in 0..reader.documents() {
            assert_eq!(reader.length(field, document), oracle.length(field, document), "{field:?} {document}");
            compared.lengths += 1;
        }
        let terms = walk(oracle, field, "");
        assert!(walk(reader, field, "") == terms, "{field:?}: other terms");
        let mut prefixes = BTreeSet::new();
        for (term, frequency) in &terms {
            assert_eq!(reader.document_frequency(field, term), *frequency, "{field:?} {term}");
            let postings = visits(oracle, field, term);
            assert!(visits(reader, field, term) == postings, "{field:?}: other postings of {term}");
            assert_eq!(postings.len(), *frequency as usize);
            compared.terms += 1;
            compared.postings += postings.len();
            // Other letters at the end: most are no terms.
            for absent in [format!("{term}a"), format!("{term}\u{0}"), [&term[..0], "~", term].concat()] {
                let is_term = terms.binary_search_by(|(other, _)| other.cmp(&absent)).is_ok();
                assert_eq!(reader.document_frequency(field, &absent) > 0, is_term, "{field:?} {absent}");
            }
            let mut letters = term.chars();
            for length in 1..=3 {
                letters.next();
                if term.chars().count() >= length {
                    prefixes.insert(&term[..term.len() - letters.as_str().len()]);
                }
            }
        }
        for prefix in prefixes {
            // tantivy walks a whole block for each: the terms themselves, which are its own, tell the same.
            let expected = terms.iter().skip(terms.partition_point(|(term, _)| term.as_str() < prefix));
            let expected = expected.take_while(|(term, _)| term.starts_with(prefix));
            assert!(walk(reader, field, prefix).iter().eq(expected), "{field:?}: another walk over {prefix}");
            compared.walks += 1;
        }
    }
}

fn same(ours: &Reply, theirs: &Reply) {
    let near = |ours: f64, theirs: f64| (ours - theirs).abs() <= NEAR;
    let mut theirs = theirs.clone();
    assert!(near(ours.confidence, theirs.confidence), "{ours:?}\n{theirs:?}");
    theirs.confidence = ours.confidence;
    for (ours, theirs) in ours.hits.iter().zip(&mut theirs.hits) {
        assert!(near(ours.confidence, theirs.confidence), "{ours:?}\n{theirs:?}");
        theirs.confidence = ours.confidence;
    }
    // Decision, reason, hits and their order.
    assert_eq!(*ours, theirs);
}

/// The files of questions in a set's folder, and those of the repository about the same articles.
fn questions_of(set: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    let visitors = root().join("tests/data/visitors");
    for (folder, begins) in [(set, ""), (visitors.as_path(), name.as_str())] {
        for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let fits = path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(begins));
            if fits && path.extension().is_some_and(|extension| extension == "jsonl") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn check_sets(data: &Path, step: usize) -> anyhow::Result<()> {
    let mut sets: Vec<PathBuf> = fs::read_dir(data)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    sets.retain(|set| set.join("articles").is_dir());
    sets.sort();
    for set in sets {
        let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
        check(&name, &set.join("articles"), &questions_of(&set)?, step).with_context(|| name)?;
    }
    Ok(())
}

#[test]
fn our_own_help_centre() -> anyhow::Result<()> {
    let articles = root().join("articles");
    check("articles", &articles, &[articles.join("golden.jsonl")], STEP).map(drop)
}

#[test]
fn committed_sets() -> anyhow::Result<()> {
    check_sets(&root().join("tests/data"), STEP)
}

#[test]
fn further_sets_where_there_are_any() -> anyhow::Result<()> {
    let Some(data) = env::var_os("PORCHLIGHT_DATA") else { return Ok(()) };
    let data = root().join(data);
    // All of them, with all their questions, take half an hour in a release build.
    if env::var_os("PORCHLIGHT_ORACLE").is_some_and(|wish| wish == "all") {
        return check_sets(&data, 1);
    }
    for name in FEW {
        let set = data.join(name);
        check(name, &set.join("articles"), &questions_of(&set)?, STEP).context(name)?;
    }
    Ok(())
}
