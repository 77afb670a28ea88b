//! tantivy in the browser, as the fallback and as a second oracle: it writes a segment there, and both readers of it say the
//! same. Natively the same test runs without a browser.
#![cfg(feature = "full")]

use answer_engine::{
    bundle::container,
    postings::{FIELDS, FieldId, Postings, ReaderPostings, TantivyPostings, schema},
};
use tantivy::{
    Directory as _, IndexBuilder, IndexSettings, TantivyDocument,
    directory::RamDirectory,
    store::Compressor,
    tokenizer::{PreTokenizedString, Token},
};
use wasm_bindgen_test::wasm_bindgen_test;

/// More than two blocks of postings.
const DOCUMENTS: u32 = 300;

/// A head of nothing but a segment: every document holds a word of all, one of a third of them, and one of its own.
fn head() -> Vec<u8> {
    let directory = RamDirectory::create();
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let builder = IndexBuilder::new().schema(schema()).settings(settings);
    let mut writer = builder.single_segment_index_writer(directory.clone(), 64 << 20).unwrap();
    for number in 0..DOCUMENTS {
        let mut row = TantivyDocument::default();
        // One field stays empty.
        for field in FIELDS.into_iter().skip(1) {
            let words = ["all".to_owned(), format!("third {}", number % 3), format!("문서 {number}")];
            let token = |(position, text): (usize, &String)| Token { position, text: text.clone(), ..Token::default() };
            let tokens = words.iter().cycle().take(3 + number as usize % 50).enumerate().map(token).collect();
            row.add_pre_tokenized_text(field.tantivy(), PreTokenizedString { text: String::new(), tokens });
        }
        writer.add_document(row).unwrap();
    }
    let paths = writer.finalize().unwrap().load_metas().unwrap().list_segment_files();
    let there = paths.into_iter().filter(|path| directory.exists(path).unwrap());
    let files = there.chain(["meta.json".into()]).map(|path| {
        let bytes = directory.atomic_read(&path).unwrap();
        (path.to_string_lossy().into_owned(), bytes)
    });
    container::pack(&files.collect::<Vec<_>>())
}

fn terms(postings: &dyn Postings, field: FieldId) -> Vec<(String, u32)> {
    let mut all = Vec::new();
    postings.visit_terms(field, "", &mut |term, frequency| all.push((term.to_owned(), frequency)));
    all
}

fn visits(postings: &dyn Postings, field: FieldId, term: &str) -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    postings.visit(field, term, &mut |posting| all.push((posting.document, posting.frequency)));
    all
}

#[wasm_bindgen_test(unsupported = test)]
fn both_readers_say_the_same() {
    let files = || container::unpack(head().into()).unwrap();
    let (reader, oracle) = (ReaderPostings::open(files()).unwrap(), TantivyPostings::open(files()).unwrap());
    assert_eq!((reader.documents(), oracle.documents()), (DOCUMENTS, DOCUMENTS));
    let mut compared = 0;
    for field in FIELDS {
        assert_eq!(reader.tokens(field), oracle.tokens(field));
        assert!((0..DOCUMENTS).all(|document| reader.length(field, document) == oracle.length(field, document)));
        let all = terms(&oracle, field);
        assert_eq!(terms(&reader, field), all);
        for (term, _) in &all {
            assert_eq!(reader.document_frequency(field, term), oracle.document_frequency(field, term));
            let postings = visits(&oracle, field, term);
            assert_eq!(visits(&reader, field, term), postings);
            compared += postings.len();
        }
    }
    assert_eq!(compared, 9 * 3 * DOCUMENTS as usize);
}
