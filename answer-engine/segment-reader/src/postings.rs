//! The documents that hold a term, and how often (`tantivy/src/postings`: `serializer.rs`, `skip.rs`, `compression`).
//!
//! A field's part of the file is the number of its tokens (`u64`) and the terms' postings. Documents come in blocks of 128,
//! packed; what is left over stands behind them in numbers of varying length, of which documents are given as the distance
//! from the one before (the first, from 0) and frequencies as they are.
//!
//! Where there is at least one block, the length of a skip list comes first (varying length) and then the list, eight bytes
//! a block: the block's last document (`u32`), the width of its documents in bits, that of its frequencies, and two bytes
//! for a bound on scores that is not needed here. Bit 6 of the first width says that documents are packed as their distance
//! less one (the first of a list, from -1) and frequencies less one, as every version since 0.20 does.

use crate::{
    Error, Part, Term,
    bitpacking::{packed_bytes, unpack},
    cursor::Cursor,
};

/// Documents of a packed block.
pub(crate) const BLOCK: usize = 128;
/// Bytes of a skip list for each block.
const SKIP: usize = 8;
/// Bit 6 says how a block is packed; the width is below.
const PACKED_LESS_ONE: u8 = 1 << 6;

const DAMAGED: Error = Error::Damaged(Part::Postings);

/// Some documents that hold a term, rising, and how often each does: at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// The documents.
    pub documents: &'a [u32],
    /// As many numbers.
    pub frequencies: &'a [u32],
}

/// A term's postings, block by block.
pub struct Postings<'a> {
    skips: &'a [u8],
    blocks: &'a [u8],
    /// Documents that are still to come.
    left: u32,
    /// The one that the next may be at least.
    next: u32,
    /// Documents of the segment.
    limit: u32,
    documents: [u32; BLOCK],
    frequencies: [u32; BLOCK],
}

impl<'a> Postings<'a> {
    pub(crate) fn new(field: &'a [u8], term: &Term, limit: u32) -> Self {
        let bytes = field.get(term.postings.0 as usize..term.postings.1 as usize).unwrap_or_default();
        let (skips, blocks) = split(bytes, term.document_frequency).unwrap_or_default();
        let left = term.document_frequency;
        Self { skips, blocks, left, next: 0, limit, documents: [0; BLOCK], frequencies: [0; BLOCK] }
    }

    /// The next documents.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the bytes are no postings of documents of this segment.
    pub fn next_block(&mut self) -> Result<Option<Block<'_>>, Error> {
        let count = BLOCK.min(self.left as usize);
        if count == 0 {
            return Ok(None);
        }
        let read = if count == BLOCK { self.packed() } else { self.rest(count) };
        if read.is_none() {
            self.left = 0;
            return Err(DAMAGED);
        }
        // At most 128.
        #[allow(clippy::cast_possible_truncation)]
        let read = count as u32;
        self.left -= read;
        Ok(Some(Block { documents: &self.documents[..count], frequencies: &self.frequencies[..count] }))
    }

    /// Calls `visit` with every document and how often it holds the term.
    ///
    /// # Errors
    /// As [`Postings::next_block`]; what comes before the damage has been told by then.
    pub fn for_each(mut self, mut visit: impl FnMut(u32, u32)) -> Result<(), Error> {
        while let Some(block) = self.next_block()? {
            for (document, frequency) in block.documents.iter().zip(block.frequencies) {
                visit(*document, *frequency);
            }
        }
        Ok(())
    }

    fn packed(&mut self) -> Option<()> {
        let (skip, skips) = self.skips.split_first_chunk::<SKIP>()?;
        self.skips = skips;
        let [a, b, c, d, width, frequency_width, ..] = *skip;
        let last = u32::from_le_bytes([a, b, c, d]);
        if width & !31 != PACKED_LESS_ONE || last >= self.limit {
            return None;
        }
        let (width, frequency_width) = (u32::from(width & 31), u32::from(frequency_width));
        let (documents, rest) = self.blocks.split_at_checked(packed_bytes(width))?;
        let (frequencies, rest) = rest.split_at_checked(packed_bytes(frequency_width))?;
        self.blocks = rest;
        unpack(width, documents, &mut self.documents)?;
        unpack(frequency_width, frequencies, &mut self.frequencies)?;
        // A block's sum is below 2^40. It only rises: where the last document is a right one, all are.
        let mut next = u64::from(self.next);
        for document in &mut self.documents {
            let found = next + u64::from(*document);
            // Where this cuts, the last one is refused.
            #[allow(clippy::cast_possible_truncation)]
            {
                *document = found as u32;
            }
            next = found + 1;
        }
        for frequency in &mut self.frequencies {
            *frequency = frequency.saturating_add(1);
        }
        self.next = last + 1;
        (next == u64::from(self.next)).then_some(())
    }

    /// The documents behind the last block, which end the postings.
    fn rest(&mut self, count: usize) -> Option<()> {
        let mut cursor = Cursor::at(self.blocks, 0);
        let first = self.next;
        // Distances are from the last document of a block, and from 0 where there is none.
        let mut last = first.saturating_sub(1);
        for document in &mut self.documents[..count] {
            last = last.checked_add(cursor.vint()?)?;
            if last < self.next || last >= self.limit {
                return None;
            }
            *document = last;
            self.next = last + 1;
        }
        for frequency in &mut self.frequencies[..count] {
            *frequency = cursor.vint().filter(|frequency| *frequency > 0)?;
        }
        self.blocks = cursor.rest();
        self.blocks.is_empty().then_some(())
    }
}

/// Skip list and the rest.
fn split(bytes: &[u8], documents: u32) -> Option<(&[u8], &[u8])> {
    let blocks = documents as usize / BLOCK;
    if blocks == 0 {
        return Some((&[], bytes));
    }
    let mut cursor = Cursor::at(bytes, 0);
    let length = cursor.vint()? as usize;
    let skips = cursor.take(length).filter(|skips| skips.len() == blocks * SKIP)?;
    Some((skips, cursor.rest()))
}
