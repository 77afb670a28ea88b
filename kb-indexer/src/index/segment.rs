use std::path::PathBuf;

use answer_engine::postings::schema;
use sha2::{Digest, Sha256};
use tantivy::{
    Directory as _, IndexBuilder, IndexSettings, TantivyDocument,
    directory::RamDirectory,
    store::Compressor,
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager},
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
    let tokenizers = TokenizerManager::new();
    tokenizers.register(TOKENIZER, TextAnalyzer::from(Lines));
    let builder = IndexBuilder::new().schema(schema()).settings(settings).tokenizers(tokenizers);
    let mut writer = builder.single_segment_index_writer(directory.clone(), MEMORY)?;
    for document in documents {
        let mut row = TantivyDocument::default();
        for (field, terms) in &document.fields {
            row.add_text(field.tantivy(), lines(terms));
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

/// Terms as a text, each ended by [`END`]. tantivy takes terms as they are too, but writes them as JSON and reads that again: a
/// tenth of what a build took.
fn lines(terms: &[String]) -> String {
    let mut text = String::with_capacity(terms.iter().map(|term| term.len() + 1).sum());
    for term in terms {
        text.push_str(term);
        text.push(END);
    }
    text
}

/// No term holds one: it is white space.
const END: char = '\n';

/// The name that the schema knows the tokenizer by. A reader takes terms as they are, which is what it stands for.
const TOKENIZER: &str = "raw";

/// Takes apart what [`lines`] put together.
#[derive(Clone, Default)]
struct Lines;

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        LineStream { rest: text.split_terminator(END), token: Token::default() }
    }
}

struct LineStream<'a> {
    rest: std::str::SplitTerminator<'a, char>,
    token: Token,
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.rest.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        term.clone_into(&mut self.token.text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
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
