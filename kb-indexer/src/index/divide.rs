//! The index of a large help centre in blocks, for [`answer_engine::divided`].

use std::io::Write as _;

use answer_engine::{
    CARDS,
    bundle::{Bytes, CATALOG, Catalog, Unit, container, packed},
    divided::{
        BlockTable, Blocked, Card, DIVISION, Division, spelling,
        terms::{InField, Listed, encode_list, length_of, push_entry},
    },
    postings::{FIELDS, FieldId, Part, Postings as _, ReaderPostings},
    scoring::lengths_by_article,
};
use flate2::{Compression, GzBuilder};

use super::{
    BundleFile, IndexError,
    packs::{self, EncodedArticle},
};

/// Bytes of catalog and segment from which on an index comes in blocks. A whole one of this size takes as long on a slow line
/// as a round trip more and the blocks of a question.
pub(super) const LARGE: u64 = 512 * 1024;

/// Bytes of a block of terms, before it is compressed. A longer term makes a block of its own.
const TERMS: usize = 4 * 1024;
/// The same of words alone.
const SPELLING: usize = 6 * 1024;
/// A file is closed when it holds so many bytes: a server that gives no parts of files gives all of it.
const FILE: usize = 64 * 1024;
/// More files than this a family are not made: they grow instead.
const FILES: usize = 100;

/// A head that says where the blocks are, and the files of blocks, articles among them.
pub(super) fn divide(
    mut catalog: Catalog,
    segment: Vec<(String, Vec<u8>)>,
    articles: &[EncodedArticle],
) -> Result<(Vec<u8>, Vec<BundleFile>), IndexError> {
    let segment: Vec<(String, Bytes)> = segment.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    let postings = ReaderPostings::open(segment).map_err(answer_engine::OpenError::from)?;
    let mut files = Vec::new();

    let small = packs::pack(articles, true, &catalog.library.lang)?;
    for (entry, place) in catalog.articles.iter_mut().zip(&small.places) {
        entry.place = place.clone();
    }
    let cards: Vec<Card> = (0_u32..)
        .zip(&catalog.articles)
        .map(|(article, entry)| {
            let mut listing = catalog.library.articles[entry.listing as usize].clone();
            listing.description.clear();
            Card { article, listing, offset: entry.place.offset, length: entry.place.length, hash: entry.place.hash }
        })
        .collect();
    let mut blocks = Vec::new();
    for cards in cards.chunks(CARDS as usize) {
        blocks.push((cards[0].listing.slug.clone(), postcard::to_allocvec(cards)?));
    }
    let (terms, words) = term_blocks(&catalog, &postings);
    let division = Division {
        documents: postings.documents(),
        tokens: FIELDS.map(|field| postings.tokens(field)),
        terms: table("index", "terms", terms, &mut files),
        spelling: table("index", "spelling", words, &mut files),
        cards: table("index", "cards", blocks, &mut files),
        articles: table(
            "articles",
            "packs",
            small.packs.into_iter().map(|pack| (String::new(), pack)).collect(),
            &mut files,
        ),
        list: table(
            "index",
            "list",
            vec![(String::new(), postcard::to_allocvec(&catalog.library.articles)?)],
            &mut files,
        ),
    };
    catalog.lengths = Some(lengths_by_article(&catalog, &postings));
    catalog.packs.resize_with(division.articles.pieces().len(), Default::default);
    let parts = [(CATALOG.to_owned(), catalog.encode()?), (DIVISION.to_owned(), postcard::to_allocvec(&division)?)];
    Ok((container::pack(&parts), files))
}

/// Blocks by their first key.
type Blocks = Vec<(String, Vec<u8>)>;

/// Puts blocks into files.
fn table(folder: &str, extension: &str, blocks: Blocks, files: &mut Vec<BundleFile>) -> BlockTable {
    let blocks: Blocks = blocks.into_iter().map(|(key, bytes)| (key, compressed(&bytes))).collect();
    let full = FILE.max(blocks.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() / FILES);
    let mut blocked: Vec<Blocked> = Vec::new();
    let mut open: Vec<Vec<u8>> = Vec::new();
    for (key, bytes) in blocks {
        if open.last().is_none_or(|file| !file.is_empty() && file.len() + bytes.len() > full) {
            open.push(Vec::new());
            blocked.push(Blocked { path: String::new(), blocks: Vec::new() });
        }
        if let (Some(file), Some(of_file)) = (open.last_mut(), blocked.last_mut()) {
            of_file.blocks.push((key, u32::try_from(bytes.len()).unwrap_or(u32::MAX)));
            file.extend_from_slice(&bytes);
        }
    }
    for (of_file, bytes) in blocked.iter_mut().zip(open) {
        let file = BundleFile::named_by_content(folder, extension, bytes);
        of_file.path.clone_from(&file.path);
        files.push(file);
    }
    BlockTable::new(&blocked)
}

/// With nothing in it but the bytes: no name, no time.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    // A vector takes everything.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// The blocks of terms and of words.
fn term_blocks(catalog: &Catalog, postings: &ReaderPostings) -> (Blocks, Blocks) {
    let mut all: Vec<(String, usize, InField)> = Vec::new();
    for field in FIELDS {
        let mut terms = Vec::new();
        postings.visit_terms(field, "", &mut |term, frequency| terms.push((term.to_owned(), frequency)));
        for (term, document_frequency) in terms {
            let is_read = field != Part::Body.words() || catalog.everywhere.binary_search(&term).is_err();
            let list = if is_read { encode_list(&listed(catalog, postings, field, &term)) } else { Vec::new() };
            all.push((term, field.number(), InField { document_frequency, list }));
        }
    }
    // Each field's terms come sorted: a stable sort merges them.
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let (mut terms, mut words) = (Filled::new(TERMS), Filled::new(SPELLING));
    for of_term in all.chunk_by_mut(|a, b| a.0 == b.0) {
        let mut fields: [Option<InField>; FIELDS.len()] = Default::default();
        for (_, field, found) in &mut *of_term {
            fields[*field] = Some(std::mem::take(found));
        }
        let (term, fields) = (&of_term[0].0, &fields);
        terms.push(term, |block, before| push_entry(block, before, term.as_bytes(), fields));
        let frequency = [Part::Phrase, Part::Headings, Part::Body]
            .iter()
            .filter_map(|part| fields[part.words().number()].as_ref())
            .fold(0_u32, |sum, field| sum.saturating_add(field.document_frequency));
        if frequency > 0 {
            words.push(term, |block, before| spelling::push(block, before, term, frequency));
        }
    }
    (terms.blocks, words.blocks)
}

/// Blocks that are being filled.
struct Filled {
    blocks: Blocks,
    full: usize,
    before: String,
}

impl Filled {
    fn new(full: usize) -> Self {
        Self { blocks: Vec::new(), full, before: String::new() }
    }

    /// Lets `push` append a key's entry to a block, given the key before it there.
    fn push(&mut self, key: &str, push: impl Fn(&mut Vec<u8>, &[u8])) {
        let mut alone = Vec::new();
        push(&mut alone, b"");
        if self.blocks.last().is_none_or(|(_, block)| block.len() + alone.len() > self.full) {
            self.blocks.push((BlockTable::shortest(&self.before, key).to_owned(), alone));
        } else if let Some((_, block)) = self.blocks.last_mut() {
            push(block, self.before.as_bytes());
        }
        key.clone_into(&mut self.before);
    }
}

fn listed(catalog: &Catalog, postings: &ReaderPostings, field: FieldId, term: &str) -> Vec<Listed> {
    let is_weighed = field == Part::Phrase.words() || field == Part::Headings.words();
    let mut listed = Vec::new();
    postings.visit(field, term, &mut |posting| {
        let weight = catalog.units.get(posting.document as usize).and_then(|unit| match unit {
            Unit::Phrase { weight, .. } | Unit::Section { weight, .. } => Some(packed(*weight)),
            Unit::Article { .. } => None,
        });
        listed.push(Listed {
            document: posting.document,
            frequency: posting.frequency,
            // Lengths come from such a byte.
            norm: (0..=u8::MAX).find(|norm| length_of(*norm) >= posting.length).unwrap_or(u8::MAX),
            weight: weight.filter(|_| is_weighed),
        });
    });
    listed
}
