//! Reads one segment of a [tantivy](https://docs.rs/tantivy/0.27) 0.27 index out of bytes: terms, postings, field norms
//! and statistics, in some ten kilobytes of WebAssembly. No I/O, no dependencies, no `unsafe`, no `std`.
//!
//! tantivy builds the index; this crate opens what it wrote where tantivy itself would be too heavy, such as in a browser.
//! It scores nothing and parses no queries: it hands out what scores are made of.
//!
//! ```
//! use segment_reader::{Error, Segment, SegmentFiles};
//!
//! # fn files() -> Vec<(String, Vec<u8>)> { Vec::new() }
//! fn documents_with(term: &str, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u32>, Error> {
//!     let segment = Segment::open(SegmentFiles::of(files)?)?;
//!     let mut found = Vec::new();
//!     if let Some(field) = segment.field(0)
//!         && let Some(term) = field.term(term.as_bytes())
//!     {
//!         field.postings(&term).for_each(|document, _frequency| found.push(document))?;
//!     }
//!     Ok(found)
//! }
//! # assert!(matches!(documents_with("word", files()), Err(Error::Missing(_))));
//! ```
//!
//! # What it reads
//!
//! One segment, written with tantivy's feature `quickwit` (which makes the dictionary a table of blocks instead of a
//! finite state transducer), whose indexed fields are all texts with frequencies (`IndexRecordOption::WithFreqs`) and field
//! norms. Of its files it needs three: `.term`, `.idx` and `.fieldnorm`. Positions, stored documents and fast fields are
//! left alone.
//!
//! Everything else it refuses with an [`Error`] that says what to do: formats of other versions, several segments, deleted
//! documents, positions, compressed blocks, fields without norms.
//!
//! # What it promises of damaged bytes
//!
//! No panic, no endless loop, and no more memory than a small multiple of the bytes: every count is held against the bytes
//! that would have to be there. [`Segment::open`] walks all of the dictionary, so that looking terms up cannot fail
//! afterwards; postings are checked as they are read, and never name a document that is not there. Whether the bytes are
//! those that were written is another question: [`SegmentFiles::verify`] answers it with tantivy's own checksums.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod bitpacking;
mod checksum;
mod composite;
mod cursor;
mod dictionary;
mod error;
mod files;
mod footer;
mod norms;
mod postings;
mod segment;

pub use dictionary::{MAX_TERM_BYTES, Term, Terms};
pub use error::{Error, Part};
pub use files::SegmentFiles;
pub use footer::FORMAT;
pub use norms::length_of;
pub use postings::{Block, Postings};
pub use segment::{Field, Segment};
