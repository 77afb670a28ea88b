use std::path::PathBuf;

use answer_engine::postings::schema;
use sha2::{Digest, Sha256};
use tantivy::{
    Directory as _, IndexBuilder, IndexSettings, TantivyDocument,
    directory::RamDirectory,
    store::Compressor,
    tokenizer::{PreTokenizedString, Token},
};

use super::{IndexError, documents::Document};

/// Memory that tantivy may use for one segment. It grows beyond it rather than writing a second segment.
const MEMORY: usize = 256 * 1024 * 1024;

/// Writes `documents` into one segment; its files by name, sorted.
pub(super) fn write(documents: &[Document]) -> Result<Vec<(String, Vec<u8>)>, IndexError> {
    let directory = RamDirectory::create();
    let settings = IndexSettings {
        // A browser build carries no decompressor, and nothing is stored.
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let builder = IndexBuilder::new().schema(schema()).settings(settings);
    let mut writer = builder.single_segment_index_writer(directory.clone(), MEMORY)?;
    for document in documents {
        let mut row = TantivyDocument::default();
        for (field, terms) in &document.fields {
            row.add_pre_tokenized_text(field.tantivy(), pre_tokenized(terms));
        }
        writer.add_document(row)?;
    }
    let index = writer.finalize()?;
    let metas = index.load_metas()?;
    let mut files = Vec::new();
    for path in metas.list_segment_files() {
        // The list names files that a segment may have; one without deletions has no file for them.
        if directory.exists(&path).is_ok_and(|exists| exists) {
            let bytes = directory.open_read(&path).map_err(tantivy::TantivyError::from)?.read_bytes();
            let bytes = bytes.map_err(tantivy::TantivyError::from)?;
            files.push((path.to_string_lossy().into_owned(), bytes.to_vec()));
        }
    }
    files.sort();
    let meta = directory.atomic_read(&PathBuf::from("meta.json")).map_err(tantivy::TantivyError::from)?;
    files.push(("meta.json".to_owned(), meta));
    if let Some(segment) = metas.segments.first() {
        name_by_content(&segment.id().uuid_string(), &mut files);
    }
    Ok(files)
}

fn pre_tokenized(terms: &[String]) -> PreTokenizedString {
    let tokens = terms
        .iter()
        .enumerate()
        .map(|(position, term)| Token { position, text: term.clone(), position_length: 1, ..Token::default() })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}

/// tantivy names a segment at random. The same content shall have the same name, in file names and in `meta.json`.
fn name_by_content(random: &str, files: &mut [(String, Vec<u8>)]) {
    let mut hash = Sha256::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name != "meta.json") {
        hash.update(name.replace(random, ""));
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let name: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    for (file, bytes) in files.iter_mut() {
        *file = file.replace(random, &name);
        if file == "meta.json" {
            let text = String::from_utf8_lossy(bytes);
            *bytes = text.replace(random, &name).replace(&hyphenated(random), &hyphenated(&name)).into_bytes();
        }
    }
    files.sort();
}

/// The form of a UUID with hyphens.
fn hyphenated(simple: &str) -> String {
    let mut text = simple.to_owned();
    for at in [20, 16, 12, 8] {
        if text.is_char_boundary(at) {
            text.insert(at, '-');
        }
    }
    text
}
