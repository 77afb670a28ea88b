//! The likeliest end of a word that is being typed, in a whole index and in one in blocks.

use std::{fs, io::Read as _};

use answer_engine::{Engine, bundle::Manifest, divided::Wanted};
use anyhow::Context;
use flate2::read::GzDecoder;
use kb_indexer::{
    config::Config,
    index::{self, Bundle, Form},
    library::{Library, ReadOptions},
};

fn bundle(form: Form) -> anyhow::Result<Bundle> {
    let folder = tempfile::tempdir()?;
    let articles = [
        (
            "refunds",
            "# Refunds\n\nA refund is paid within five days. It goes to the card that the order was paid with.\n",
        ),
        ("returns", "# Returns\n\nSend it back within thirty days, and we refund what you paid.\n"),
        ("refusals", "# Refusals\n\nWe refuse parcels that were damaged on the way.\n"),
    ];
    for (name, text) in articles {
        fs::write(folder.path().join(format!("{name}.md")), text)?;
    }
    let (config, _) = Config::load(folder.path(), None)?;
    let (library, _) = Library::read(folder.path(), &config, ReadOptions::default())?;
    Ok(index::build_as(form, &library.public(), &config, None, &|| ())?)
}

fn file<'b>(bundle: &'b Bundle, path: &str) -> anyhow::Result<&'b [u8]> {
    let file = bundle.files.iter().find(|file| file.path == path);
    Ok(&file.with_context(|| format!("no {path}"))?.bytes)
}

fn block(bundle: &Bundle, wanted: &Wanted) -> anyhow::Result<Vec<u8>> {
    let (offset, length) = wanted.piece.part.context("a block is a part of a file")?;
    let mut bytes = Vec::new();
    GzDecoder::new(&file(bundle, &wanted.piece.path)?[offset as usize..][..length as usize]).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn check(form: Form, begun: &str, expected: Option<&str>) -> anyhow::Result<()> {
    let bundle = bundle(form)?;
    let head = &Manifest::parse(&bundle.manifest)?.languages["en"].head[0].path;
    let engine = Engine::open(file(&bundle, head)?.to_vec())?;
    let likeliest = loop {
        let likeliest = engine.expect(begun);
        let missing = engine.missing();
        if missing.is_empty() {
            break likeliest;
        }
        for wanted in missing {
            engine.put(&wanted, block(&bundle, &wanted)?);
        }
    };
    assert_eq!(likeliest.as_deref(), expected, "{begun:?} {form:?}");
    Ok(())
}

#[test]
fn likeliest_ends() -> anyhow::Result<()> {
    for form in [Form::Whole, Form::Blocks] {
        check(form, "refu", Some("refund"))?;
        check(form, "Refus", Some("refus"))?;
        check(form, "damag", Some("damag"))?;
    }
    // What no word begins with is left as it is where that costs nothing.
    check(Form::Whole, "zzz", Some("zzz"))?;
    check(Form::Whole, "re", Some("re"))?;
    check(Form::Whole, "", Some(""))?;
    check(Form::Blocks, "zzz", None)?;
    check(Form::Blocks, "re", None)
}
