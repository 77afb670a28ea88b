//! An index in blocks beside the same index whole: the same answers, and no more requests than promised.
//!
//! Our own help centre and sets of `tests/data`, and more of `PORCHLIGHT_DATA`, if it is set.
#![allow(clippy::print_stdout, reason = "what it cost is worth a look, with `--nocapture`")]

use std::{
    cell::Cell,
    collections::HashMap,
    env, fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use answer_engine::{
    Engine, Findings,
    bundle::{Manifest, Piece, article_at},
    sections::sections,
};
use answer_messages::{Question, Reply};
use anyhow::{Context, ensure};
use flate2::read::GzDecoder;
use kb_indexer::{
    config::Config,
    index::{self, Bundle, Form},
    library::{Library, ReadOptions},
    question_set,
};

/// Every so many-th question is asked.
const STEP: usize = 7;
/// Rounds of requests until all that a question needs of the index is there: terms; words to repair errors by; what they were
/// repaired to; what those brought with them.
const ROUNDS: usize = 4;

/// A bundle as a browser has it.
struct Browser {
    files: HashMap<String, Vec<u8>>,
    rounds: Cell<usize>,
    bytes: Cell<usize>,
}

impl Browser {
    fn new(bundle: &Bundle) -> Self {
        let files = bundle.files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect();
        Self { files, rounds: Cell::new(0), bytes: Cell::new(0) }
    }

    fn fetch(&self, piece: &Piece) -> Vec<u8> {
        let file = &self.files[&piece.path];
        let Some((offset, length)) = piece.part else { return file.clone() };
        self.bytes.set(self.bytes.get() + length as usize);
        let mut bytes = Vec::new();
        GzDecoder::new(&file[offset as usize..][..length as usize]).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn find(&self, engine: &Engine, question: &Question) -> Findings {
        loop {
            let findings = engine.find(question);
            let missing = engine.missing();
            if missing.is_empty() {
                for wanted in engine.missing_cards(&findings) {
                    engine.put(&wanted, self.fetch(&wanted.piece));
                }
                return findings;
            }
            self.rounds.set(self.rounds.get() + 1);
            for wanted in missing {
                engine.put(&wanted, self.fetch(&wanted.piece));
            }
        }
    }

    fn ask(&self, engine: &Engine, question: &Question) -> Reply {
        let findings = self.find(engine, question);
        engine.show(&findings, |found| {
            let (pack, place) = engine.place_of(found)?;
            Some(sections(&article_at(&self.fetch(pack), &place).unwrap().events))
        })
    }
}

fn head(bundle: &Bundle, tag: &str) -> anyhow::Result<Vec<u8>> {
    let manifest = Manifest::parse(&bundle.manifest)?;
    let path = &manifest.languages[tag].head[0].path;
    Ok(bundle.files.iter().find(|file| file.path == *path).context("no head")?.bytes.clone())
}

fn check(articles: &Path, questions: &[Question]) -> anyhow::Result<()> {
    let (config, _) = Config::load(articles, None)?;
    let (library, _) = Library::read(articles, &config, ReadOptions::default())?;
    let built = |form| index::build_as(form, &library.public(), &config, None, &|| ());
    let (whole, blocks) = (built(Form::Whole)?, built(Form::Blocks)?);
    let (of_whole, of_blocks) = (Browser::new(&whole), Browser::new(&blocks));
    for tag in Manifest::parse(&whole.manifest)?.languages.keys() {
        let whole = Engine::open(head(&whole, tag)?)?;
        let (mut rounds, mut bytes, mut asked) = (vec![], vec![], 0);
        let all = Engine::open(head(&blocks, tag)?)?;
        for wanted in all.all_blocks() {
            all.put(&wanted, of_blocks.fetch(&wanted.piece));
        }
        for listing in &whole.library().articles {
            ensure!(all.place(&listing.slug).is_some(), "`{}` has no place among the blocks", listing.slug);
        }
        for question in questions {
            // Nothing is there at first, every time.
            let divided = Engine::open(head(&blocks, tag)?)?;
            of_blocks.rounds.set(0);
            of_blocks.bytes.set(0);
            let mut expected = of_whole.ask(&whole, question);
            let found = of_blocks.ask(&divided, question);
            ensure!(of_blocks.rounds.get() <= ROUNDS, "{} rounds for {}", of_blocks.rounds.get(), question.text);
            rounds.push(of_blocks.rounds.get());
            bytes.push(of_blocks.bytes.get());
            // Cards have no description.
            for hit in expected.hits.iter_mut().filter(|hit| hit.section.is_empty() && hit.snippet.ranges.is_empty()) {
                let same = found.hits.iter().find(|other| other.article == hit.article);
                hit.snippet = same.map(|same| same.snippet.clone()).unwrap_or_default();
            }
            ensure!(expected == found, "{}: {expected:#?} {found:#?}", question.text);
            let here = of_blocks.ask(&all, question);
            ensure!(found == here, "{}: with all blocks here {here:#?}", question.text);
            asked += 1;
        }
        rounds.sort_unstable();
        bytes.sort_unstable();
        if let (Some(most), Some(typical)) = (rounds.last(), bytes.get(bytes.len() / 2)) {
            println!(
                "{} {tag}: {asked} questions, median {} rounds, at most {most}; median {typical} bytes, most {}; head {} bytes",
                articles.display(),
                rounds[rounds.len() / 2],
                bytes[bytes.len() - 1],
                head(&blocks, tag)?.len(),
            );
        }
    }
    Ok(())
}

fn questions(file: &Path) -> anyhow::Result<Vec<Question>> {
    let text = fs::read_to_string(file)?;
    let lines = question_set::parse(&text).step_by(STEP);
    lines.map(|(_, line)| Ok(Question { text: line?.question, lang: None, limit: 5 })).collect()
}

#[test]
fn the_same_answers_from_blocks() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut typed: Vec<Question> = [
        "how do I reset my pasword",
        "비밀번호재설정",
        "위젯설치방법",
        "문서 작성 방법",
        "transferrng the widget",
        "",
        "?",
        "상담원 연결",
        "how can I put the bubble on my site and why does it not open when I click on it at all",
    ]
    .map(|text| Question { text: text.to_owned(), lang: None, limit: 5 })
    .into();
    typed.extend(questions(&root.join("articles/golden.jsonl"))?);
    check(&root.join("articles"), &typed)?;
    let sets: Vec<PathBuf> = match env::var_os("PORCHLIGHT_DATA") {
        Some(folder) => {
            ["mastodon-docs", "anki-manual", "vue-docs-ko"].iter().map(|set| Path::new(&folder).join(set)).collect()
        }
        None => vec![root.join("tests/data/banking77-10")],
    };
    for set in sets.iter().filter(|set| set.exists()) {
        let files = fs::read_dir(set)?.filter_map(|entry| Some(entry.ok()?.path()));
        let mut asked = typed.clone();
        for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "jsonl")) {
            asked.extend(questions(&file)?);
        }
        check(&set.join("articles"), &asked)?;
    }
    Ok(())
}
