//! Exploration: signals of each question's candidates.
use answer_engine::{Engine, bundle::Manifest, language};
use kb_indexer::{
    config::Config,
    index,
    library::{Library, ReadOptions},
};
use serde_json::Value;
use std::{collections::BTreeMap, fs, io::Write, path::Path};
use unicode_normalization::UnicodeNormalization;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap();
    let mut jobs: Vec<(String, String, Vec<String>)> = Vec::new();
    for a in args {
        let mut p = a.split(':');
        jobs.push((p.next().unwrap().to_owned(), p.next().unwrap().to_owned(), p.map(str::to_owned).collect()));
    }
    for (name, articles, questions) in jobs {
        let t0 = std::time::Instant::now();
        let articles = Path::new(&articles);
        let (config, _) = Config::load(articles, None)?;
        let (library, _) = Library::read(articles, &config, ReadOptions { today: None, progress: None })?;
        let bundle = index::build(&library.public(), &config, &|| ())?;
        eprintln!("{:?}", bundle.self_tests);
        let manifest = Manifest::parse(&bundle.manifest)?;
        let mut engines = BTreeMap::new();
        for (tag, entry) in &manifest.languages {
            let file = bundle.files.iter().find(|f| f.path == entry.head[0].path).unwrap();
            let engine = Engine::open(file.bytes.clone())?;
            for words in &entry.words {
                engine.add_meaning(&bundle.files.iter().find(|f| f.path == words.path).unwrap().bytes)?;
            }
            engines.insert(tag.clone(), engine);
        }
        let available: Vec<&str> = engines.keys().map(String::as_str).collect();
        let t1 = t0.elapsed();
        let mut n = 0;
        for q in &questions {
            let stem = Path::new(q).file_stem().unwrap().to_string_lossy().into_owned();
            let mut w = std::io::BufWriter::new(fs::File::create(format!("{out}/{name}.{stem}.jsonl"))?);
            for line in fs::read_to_string(q)?.lines() {
                let v: Value = serde_json::from_str(line)?;
                let text: String = v["question"].as_str().unwrap().nfc().collect();
                let right: Vec<&str> = match &v["article"] {
                    Value::String(s) => vec![s.as_str()],
                    Value::Array(a) => a.iter().map(|s| s.as_str().unwrap()).collect(),
                    _ => vec![],
                };
                let tag = language::choose(&text, v["lang"].as_str(), &available, &manifest.default);
                let e = &engines[tag];
                let x = e.examine(&text);
                let c: Vec<Value> = x
                    .ranking
                    .candidates
                    .iter()
                    .take(60)
                    .map(|c| {
                        let slug = e.slug(c);
                        let mut row: Vec<Value> = vec![Value::from(u8::from(right.contains(&slug)))];
                        row.extend(c.signals.0.iter().map(|s| Value::from((s * 1e5).round() / 1e5)));
                        Value::from(row)
                    })
                    .collect();
                let f = x.ranking.features.0.to_vec();
                writeln!(
                    w,
                    "{}",
                    serde_json::json!({"q": text, "answerable": !right.is_empty(), "conf": x.confidences.first(), "answer": e.calibration().answer, "ppa": e.sampled_share(), "f": f, "c": c,
                    "first": x.ranking.candidates.first().map(|c| e.slug(c)), "right": right})
                )?;
                n += 1;
            }
        }
        eprintln!("{name}: build {t1:?}, {n} questions {:?}", t0.elapsed() - t1);
    }
    Ok(())
}
