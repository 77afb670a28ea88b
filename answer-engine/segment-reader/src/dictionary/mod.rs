//! A field's terms, in order, with where their postings are (`tantivy-sstable` 0.27, `tantivy/src/termdict`).
//!
//! The table is a row of blocks of some four kilobytes, ended by a length of 0; an index of blocks, which is not needed
//! where all blocks are there; where that index begins (`u64`), the number of terms (`u64`), the table's version (`u32`),
//! and the type of the dictionary (`u32`). A block is its length (`u32`), whether it is compressed (a byte), its values and
//! its keys.
//!
//! - Values: how many, where the first one's postings and positions begin; then for each its number of documents, how many
//!   bytes its postings take and how many its positions. All are of varying length, with the *last* byte marked.
//! - A key: how many bytes it keeps of the key before, how many it adds, and those. Both below 16, they share a byte (keep
//!   in the lower half); else a byte 1 and two numbers of varying length, with all bytes but the last marked.
//!
//! Looking up a term in blocks of thousands of bytes is slow, so opening a dictionary walks through it and keeps each
//! hundredth byte's key in full: a *restart*. A look-up is a binary search over these, by their first eight bytes as a
//! number and then, among equals, in full, and a few steps from there.

mod entry;
mod terms;

use alloc::vec::Vec;
use core::cmp::Ordering;

pub use terms::Terms;

use crate::{Error, Part, cursor::Cursor};
use entry::Entry;

/// tantivy indexes no longer terms.
pub const MAX_TERM_BYTES: usize = 65_530;

const TYPE: u32 = 2;
const VERSION: u32 = 3;
/// Least number of bytes of keys between two restarts.
const SPACING: usize = 96;

const DAMAGED: Error = Error::Damaged(Part::Dictionary);

/// A term's statistics, and where its postings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// In how many documents of the field it stands.
    pub document_frequency: u32,
    /// Where its postings begin and end in those of the field.
    pub(crate) postings: (u32, u32),
}

/// What is known of a dictionary besides its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary {
    restarts: Vec<Restart>,
    /// How the restarts' keys begin: [`head`].
    heads: Vec<u64>,
    /// The restarts' keys, one behind the other.
    keys: Vec<u8>,
    terms: u32,
}

/// A place where reading can begin.
#[derive(Clone, Copy, Debug)]
struct Restart {
    /// Where its key ends in all keys; it begins where the one before ends.
    key_end: u32,
    /// Where its entry begins.
    entry: u32,
    /// Where the entries of its block end.
    block_end: u32,
    /// Where its value begins.
    value: u32,
    /// Where its postings begin.
    postings: u32,
}

/// What numbers of a dictionary must keep to.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Documents of the segment.
    pub(crate) documents: u32,
    /// Bytes of the field's postings.
    pub(crate) postings: u32,
}

impl Dictionary {
    /// Of a field without terms.
    pub(crate) const fn empty() -> Self {
        Self { restarts: Vec::new(), heads: Vec::new(), keys: Vec::new(), terms: 0 }
    }

    /// Walks through all of it.
    pub(crate) fn open(bytes: &[u8], limits: Limits) -> Result<Self, Error> {
        let (table, kind) = bytes.split_last_chunk::<4>().ok_or(DAMAGED)?;
        let kind = u32::from_le_bytes(*kind);
        if kind != TYPE {
            return Err(Error::DictionaryType(kind));
        }
        let (table, end) = table.split_last_chunk::<20>().ok_or(DAMAGED)?;
        let mut end = Cursor::at(end, 0);
        let numbers = (|| Some((end.u64()?, end.u64()?, end.u32()?)))();
        let (index, terms, version) = numbers.ok_or(DAMAGED)?;
        if version != VERSION {
            return Err(Error::DictionaryVersion(version));
        }
        let blocks = usize::try_from(index).ok().and_then(|index| table.get(..index)).ok_or(DAMAGED)?;
        // Places are kept in 32 bits.
        if u32::try_from(blocks.len()).is_err() {
            return Err(DAMAGED);
        }
        let mut opening = Opening { dictionary: Self::empty(), key: Vec::new(), limits };
        let mut at = 0;
        while let Some(next) = opening.block(blocks, at)? {
            at = next;
        }
        let dictionary = opening.dictionary;
        if u64::from(dictionary.terms) == terms { Ok(dictionary) } else { Err(DAMAGED) }
    }

    /// How many terms there are.
    pub(crate) fn terms(&self) -> u32 {
        self.terms
    }

    fn key(&self, restart: usize) -> &[u8] {
        let start = restart.checked_sub(1).map_or(0, |before| self.restarts[before].key_end as usize);
        &self.keys[start..self.restarts[restart].key_end as usize]
    }

    /// The last restart whose key is not behind `term`.
    fn restart_before(&self, term: &[u8]) -> Option<usize> {
        let head = head(term);
        let mut low = self.heads.partition_point(|other| *other < head);
        let mut high = low + self.heads[low..].partition_point(|other| *other == head);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.key(middle) <= term { low = middle + 1 } else { high = middle }
        }
        low.checked_sub(1)
    }

    /// Looks a term up; `bytes` are those that were opened.
    pub(crate) fn get(&self, bytes: &[u8], term: &[u8]) -> Option<Term> {
        let at = self.restart_before(term)?;
        let restart = self.restarts[at];
        let behind = Self::steps_to(restart, self.key(at), bytes, term)?;
        let mut values = Values { cursor: Cursor::at(bytes, restart.value as usize), postings: restart.postings };
        for _ in 0..behind {
            values.next()?;
        }
        values.next()
    }

    /// How many terms behind the restart with this key `term` stands; `None` where it does not.
    fn steps_to(restart: Restart, key: &[u8], bytes: &[u8], term: &[u8]) -> Option<usize> {
        // How many bytes of the term the last key began with; that key came before the term.
        let mut shared = shared(key, term);
        if shared == term.len() && shared == key.len() {
            return Some(0);
        }
        let mut entries = Cursor::at(bytes.get(..restart.block_end as usize)?, restart.entry as usize);
        Entry::read(&mut entries)?;
        let mut steps = 0;
        while let Some(entry) = Entry::read(&mut entries) {
            steps += 1;
            match entry.keep.cmp(&shared) {
                // It differs from the term where the key before it did.
                Ordering::Greater => {}
                // It differs from the key before where that was the term's: it is behind the term.
                Ordering::Less => return None,
                Ordering::Equal => {
                    let rest = &term[shared..];
                    let more = self::shared(entry.add, rest);
                    match entry.add.get(more).cmp(&rest.get(more)) {
                        Ordering::Equal => return Some(steps),
                        Ordering::Greater => return None,
                        Ordering::Less => shared += more,
                    }
                }
            }
        }
        None
    }
}

/// The first eight bytes, as a number that is in the order of the bytes; what is missing counts as 0.
fn head(key: &[u8]) -> u64 {
    let mut head = [0; 8];
    let length = key.len().min(8);
    head[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(head)
}

/// With how many bytes both begin.
fn shared(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// A row of values.
#[derive(Clone)]
struct Values<'a> {
    cursor: Cursor<'a>,
    postings: u32,
}

impl Values<'_> {
    #[inline]
    fn next(&mut self) -> Option<Term> {
        let (document_frequency, length) = (self.cursor.vint()?, self.cursor.vint()?);
        self.cursor.vint()?;
        let start = self.postings;
        self.postings = start.checked_add(length)?;
        Some(Term { document_frequency, postings: (start, self.postings) })
    }
}

/// A dictionary that is being walked through.
struct Opening {
    dictionary: Dictionary,
    /// The last key.
    key: Vec<u8>,
    limits: Limits,
}

impl Opening {
    /// Walks through the block at a place and tells where the next begins; `None` at the end.
    fn block(&mut self, blocks: &[u8], at: usize) -> Result<Option<usize>, Error> {
        let mut header = Cursor::at(blocks, at);
        let length = header.u32().ok_or(DAMAGED)? as usize;
        if length == 0 {
            return if header.rest().is_empty() { Ok(None) } else { Err(DAMAGED) };
        }
        let start = header.place();
        let end = start.checked_add(length).ok_or(DAMAGED)?;
        let block = blocks.get(..end).ok_or(DAMAGED)?;
        match block.get(start) {
            Some(0) => {}
            Some(1) => return Err(Error::Compressed),
            _ => return Err(DAMAGED),
        }
        self.entries(block, start + 1)?;
        Ok(Some(end))
    }

    fn entries(&mut self, block: &[u8], start: usize) -> Result<(), Error> {
        let mut values = Cursor::at(block, start);
        let beginning = (|| Some((values.vint()?, values.vint()?, values.vint()?)))();
        let (count, postings, positions) = beginning.ok_or(DAMAGED)?;
        if positions != 0 {
            return Err(Error::Positions);
        }
        let mut keys = values.clone();
        keys.pass_vints((count as usize).saturating_mul(3)).ok_or(DAMAGED)?;
        let mut values = Values { cursor: values, postings };
        let mut last = 0;
        for number in 0..count {
            let (entry_at, value_at, postings_at) = (keys.place(), values.cursor.place(), values.postings);
            let entry = Entry::read(&mut keys).ok_or(DAMAGED)?;
            self.follow(&entry, number == 0)?;
            self.check(&mut values)?;
            // A long key is kept only after as many bytes, so that all kept keys together are no longer than the file.
            if number == 0 || entry_at - last >= SPACING.max(self.key.len()) {
                self.dictionary.keys.extend_from_slice(&self.key);
                self.dictionary.heads.push(head(&self.key));
                // The length of all blocks is below 2^32, and the keys are no longer.
                #[allow(clippy::cast_possible_truncation)]
                self.dictionary.restarts.push(Restart {
                    key_end: self.dictionary.keys.len() as u32,
                    entry: entry_at as u32,
                    block_end: block.len() as u32,
                    value: value_at as u32,
                    postings: postings_at,
                });
                last = entry_at;
            }
        }
        self.dictionary.terms = self.dictionary.terms.checked_add(count).ok_or(DAMAGED)?;
        if count > 0 && keys.rest().is_empty() { Ok(()) } else { Err(DAMAGED) }
    }

    /// Makes the next key of the last, which it must be behind.
    fn follow(&mut self, entry: &Entry<'_>, first_of_block: bool) -> Result<(), Error> {
        let rises = if first_of_block {
            // Blocks know nothing of each other: the first key is given in full.
            entry.keep == 0 && (self.dictionary.terms == 0 || self.key.as_slice() < entry.add)
        } else {
            entry.keep <= self.key.len() && self.key.get(entry.keep) < entry.add.first()
        };
        self.key.truncate(entry.keep);
        self.key.extend_from_slice(entry.add);
        if rises && self.key.len() <= MAX_TERM_BYTES { Ok(()) } else { Err(DAMAGED) }
    }

    fn check(&self, values: &mut Values<'_>) -> Result<(), Error> {
        let mut positions = values.cursor.clone();
        let term = values.next().ok_or(DAMAGED)?;
        positions.pass_vints(2).ok_or(DAMAGED)?;
        if positions.vint() != Some(0) {
            return Err(Error::Positions);
        }
        let is_sound =
            (1..=self.limits.documents).contains(&term.document_frequency) && term.postings.1 <= self.limits.postings;
        if is_sound { Ok(()) } else { Err(DAMAGED) }
    }
}
