//! What this crate does not read, it says so.

use segment_reader::{Error, Part};
use tantivy::schema::{INDEXED, IndexRecordOption, Schema};

use crate::support::{Document, Written, open, schema, write, write_as};

fn check(written: Written, expected: Error) {
    assert_eq!(open(written.files).map(|_| ()), Err(expected));
}

fn documents() -> Vec<Document> {
    (0..300).map(|at| vec![(0, vec!["all".to_owned(), format!("{at}")])]).collect()
}

#[test]
fn positions() {
    check(write_as(schema(1, IndexRecordOption::WithFreqsAndPositions, true), &documents()), Error::Positions);
}

#[test]
fn no_frequencies() {
    // Nothing in the files tells that they are not there, but the postings are too short for them.
    let segment = open(write_as(schema(1, IndexRecordOption::Basic, true), &documents()).files).unwrap();
    let field = segment.field(0).unwrap();
    for term in ["all", "7"] {
        let term = field.term(term.as_bytes()).unwrap();
        assert_eq!(field.postings(&term).for_each(|_, _| ()), Err(Error::Damaged(Part::Postings)));
    }
}

#[test]
fn no_norms() {
    check(write_as(schema(1, IndexRecordOption::WithFreqs, false), &documents()), Error::NoNorms);
}

#[test]
fn numbers() {
    let mut builder = Schema::builder();
    builder.add_u64_field("number", INDEXED);
    let written = write_as(builder.build(), &[vec![]]);
    // Without a value it has no terms, and so nothing that could be misread.
    assert_eq!(open(written.files).unwrap().documents(), 1);
}

#[test]
fn two_segments() {
    let [mut one, other] = [write(1, &documents()), write(1, &documents())];
    one.files.extend(other.files);
    check(one, Error::Segments);
}

#[test]
fn deleted_documents() {
    let mut written = write(1, &documents());
    let name = written.files[0].0.split('.').next().unwrap().to_owned();
    written.files.push((format!("{name}.7.del"), vec![]));
    check(written, Error::Deletes);
}

/// Changes the bytes of a file in place.
fn changed(mut written: Written, part: Part, change: impl Fn(&mut Vec<u8>)) -> Written {
    for (_, bytes) in written.files.iter_mut().filter(|(name, _)| name.ends_with(part.extension())) {
        change(bytes);
    }
    written
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let at = bytes.windows(from.len()).rposition(|window| window == from).expect("what is replaced is there");
    bytes[at..at + to.len()].copy_from_slice(to);
}

#[test]
fn other_formats() {
    for part in [Part::Dictionary, Part::Postings, Part::Norms] {
        let change = |bytes: &mut Vec<u8>| replace(bytes, b"format_version\":7", b"format_version\":8");
        check(changed(write(1, &documents()), part, change), Error::Format(8));
    }
}

#[test]
fn other_dictionaries() {
    // The last numbers of a dictionary: its table's version and its type.
    let check = |version: u8, kind: u8, expected| {
        let change =
            |bytes: &mut Vec<u8>| replace(bytes, &[3, 0, 0, 0, 2, 0, 0, 0], &[version, 0, 0, 0, kind, 0, 0, 0]);
        check(changed(write(1, &documents()), Part::Dictionary, change), expected);
    };
    check(3, 1, Error::DictionaryType(1));
    check(3, 3, Error::DictionaryType(3));
    check(2, 2, Error::DictionaryVersion(2));
    check(4, 2, Error::DictionaryVersion(4));
}

#[test]
fn compressed_blocks() {
    // The first byte behind the first block's length.
    let change = |bytes: &mut Vec<u8>| bytes[4] = 1;
    check(changed(write(1, &documents()), Part::Dictionary, change), Error::Compressed);
    let change = |bytes: &mut Vec<u8>| bytes[4] = 2;
    check(changed(write(1, &documents()), Part::Dictionary, change), Error::Damaged(Part::Dictionary));
}

#[test]
fn every_refusal_says_what_to_do() {
    let all = [
        Error::Missing(Part::Norms),
        Error::Segments,
        Error::Deletes,
        Error::Format(8),
        Error::DictionaryType(1),
        Error::DictionaryVersion(2),
        Error::Compressed,
        Error::Positions,
        Error::NoNorms,
        Error::Damaged(Part::Postings),
    ];
    for error in all {
        let text = error.to_string();
        assert!(text.contains(": write") || text.contains(": merge") || text.contains(" it again"), "{text}");
    }
}
