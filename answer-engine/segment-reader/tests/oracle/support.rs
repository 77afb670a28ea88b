//! Segments by tantivy, and the comparison.

use std::path::PathBuf;

use segment_reader::{Error, Segment, SegmentFiles};
use tantivy::{
    DocSet, Index, IndexBuilder, IndexSettings, ReloadPolicy, SegmentReader, TERMINATED, TantivyDocument,
    directory::{Directory as _, RamDirectory},
    fieldnorm::FieldNormReader,
    postings::Postings as _,
    schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    store::Compressor,
    tokenizer::{PreTokenizedString, Token},
};

/// A document: its fields, by number, and their tokens.
pub(crate) type Document = Vec<(u32, Vec<String>)>;

/// A segment and the index that it is of.
pub(crate) struct Written {
    pub(crate) index: Index,
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

pub(crate) fn schema(fields: u32, option: IndexRecordOption, norms: bool) -> Schema {
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option).set_fieldnorms(norms);
    let mut builder = Schema::builder();
    for number in 0..fields {
        builder
            .add_text_field(&format!("field {number}"), TextOptions::default().set_indexing_options(indexing.clone()));
    }
    builder.build()
}

/// Writes documents as our own indexer does.
pub(crate) fn write(fields: u32, documents: &[Document]) -> Written {
    write_as(schema(fields, IndexRecordOption::WithFreqs, true), documents)
}

pub(crate) fn write_as(schema: Schema, documents: &[Document]) -> Written {
    let directory = RamDirectory::create();
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let builder = IndexBuilder::new().schema(schema).settings(settings);
    let mut writer = builder.single_segment_index_writer(directory.clone(), 64 << 20).unwrap();
    for document in documents {
        let mut row = TantivyDocument::default();
        for (field, terms) in document {
            row.add_pre_tokenized_text(Field::from_field_id(*field), tokens(terms));
        }
        writer.add_document(row).unwrap();
    }
    let index = writer.finalize().unwrap();
    let paths = index.load_metas().unwrap().list_segment_files();
    Written { index, files: read(&directory, paths.into_iter().collect()) }
}

pub(crate) fn read(directory: &RamDirectory, paths: Vec<PathBuf>) -> Vec<(String, Vec<u8>)> {
    let there = paths.into_iter().filter(|path| directory.exists(path).unwrap());
    there
        .map(|path| {
            let bytes = directory.atomic_read(&path).unwrap();
            (path.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn tokens(terms: &[String]) -> PreTokenizedString {
    let token = |(position, term): (usize, &String)| Token { position, text: term.clone(), ..Token::default() };
    PreTokenizedString { text: String::new(), tokens: terms.iter().enumerate().map(token).collect() }
}

pub(crate) fn open(files: Vec<(String, Vec<u8>)>) -> Result<Segment<Vec<u8>>, Error> {
    Segment::open(SegmentFiles::of(files)?)
}

/// What was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) terms: usize,
    pub(crate) postings: usize,
    pub(crate) norms: usize,
}

/// Compares all that can be asked of a segment, and terms that are not there.
pub(crate) fn compare(written: &Written) -> Compared {
    let reader = written.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
    let reader: tantivy::IndexReader = reader;
    let searcher = reader.searcher();
    let files = SegmentFiles::of(written.files.clone()).unwrap();
    files.verify().unwrap();
    let segment = Segment::open(files).unwrap();
    let mut compared = Compared::default();
    let Some(oracle) = searcher.segment_readers().first() else {
        assert_eq!(segment.documents(), 0);
        return compared;
    };
    assert_eq!(segment.documents(), oracle.max_doc());
    let fields: Vec<u32> = written.index.schema().fields().map(|(field, _)| field.field_id()).collect();
    assert_eq!(segment.fields().collect::<Vec<_>>(), fields);
    for number in fields {
        compare_field(&segment, oracle, number, &mut compared);
    }
    compared
}

fn compare_field(segment: &Segment<Vec<u8>>, oracle: &SegmentReader, number: u32, compared: &mut Compared) {
    let field = segment.field(number).unwrap();
    let inverted = oracle.inverted_index(Field::from_field_id(number)).unwrap();
    assert_eq!(field.tokens(), inverted.total_num_tokens());
    let norms: FieldNormReader = oracle.get_fieldnorms_reader(Field::from_field_id(number)).unwrap();
    for document in 0..segment.documents() {
        assert_eq!(field.length(document), Some(norms.fieldnorm(document)), "{document}");
        assert_eq!(segment.length(number, document), field.length(document));
        compared.norms += 1;
    }
    assert_eq!((field.length(segment.documents()), segment.length(number, segment.documents())), (None, None));

    let mut walk = field.terms_from(b"");
    let mut theirs = inverted.terms().stream().unwrap();
    let mut all: Vec<Vec<u8>> = Vec::new();
    while theirs.advance() {
        let (key, info) = (theirs.key(), theirs.value().clone());
        let (walked, term) = walk.next().expect("a term less than tantivy has");
        assert_eq!(walked, key);
        assert_eq!(field.term(key), Some(term));
        assert_eq!(term.document_frequency, info.doc_freq);
        let mut postings = Vec::new();
        field.postings(&term).for_each(|document, frequency| postings.push((document, frequency))).unwrap();
        let mut expected = Vec::new();
        let mut oracle = inverted.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs).unwrap();
        while oracle.doc() != TERMINATED {
            expected.push((oracle.doc(), oracle.term_freq()));
            oracle.advance();
        }
        assert_eq!(postings, expected, "{}", String::from_utf8_lossy(key));
        compared.terms += 1;
        compared.postings += postings.len();
        all.push(key.to_vec());
    }
    assert!(walk.next().is_none(), "a term more than tantivy has");
    assert_eq!(field.terms() as usize, all.len());
    for prefix in near(&all) {
        let expected = all.binary_search(&prefix).is_ok();
        assert_eq!(field.term(&prefix).is_some(), expected, "{}", String::from_utf8_lossy(&prefix));
        let mut walk = field.terms_from(&prefix);
        let from = all.partition_point(|term| *term < prefix);
        for term in all[from..].iter().take_while(|term| term.starts_with(&prefix)) {
            assert_eq!(walk.next().map(|(key, _)| key), Some(term.as_slice()));
        }
        assert!(walk.next().is_none());
        assert!(walk.next().is_none());
    }
}

/// Each thirteenth term, what it begins with, and terms before and behind it.
fn near(all: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut found = vec![vec![0], vec![255; 3]];
    for term in all.iter().step_by(13) {
        found.extend((1..=term.len().min(6)).map(|length| term[..length].to_vec()));
        if let Some((last, rest)) = term.split_last() {
            found.extend([last.wrapping_sub(1), last.wrapping_add(1)].map(|byte| [rest, &[byte]].concat()));
        }
        found.extend([[&term[..], b"\0"].concat(), [&term[..], b"~"].concat(), term.clone()]);
    }
    found
}
