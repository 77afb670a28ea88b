use alloc::vec::Vec;

use super::{Dictionary, Entry, Term, Values};
use crate::cursor::Cursor;

/// A walk over terms that share a beginning, in order.
pub struct Terms<'a> {
    dictionary: &'a Dictionary,
    bytes: &'a [u8],
    prefix: &'a [u8],
    /// The last key; before the first, one that has what the first keeps.
    key: Vec<u8>,
    /// The restart that was last begun at.
    restart: usize,
    entries: Cursor<'a>,
    values: Values<'a>,
}

impl<'a> Terms<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary, bytes: &'a [u8], prefix: &'a [u8]) -> Self {
        let mut terms = Self {
            dictionary,
            bytes,
            prefix,
            key: Vec::new(),
            restart: 0,
            entries: Cursor::at(&[], 0),
            values: Values { cursor: Cursor::at(&[], 0), postings: 0 },
        };
        terms.begin(dictionary.restart_before(prefix).unwrap_or(0));
        terms
    }

    /// Goes to a restart; where there is none, there is nothing to read.
    fn begin(&mut self, restart: usize) -> Option<()> {
        let place = self.dictionary.restarts.get(restart)?;
        self.restart = restart;
        self.key.clear();
        self.key.extend_from_slice(self.dictionary.key(restart));
        self.entries = Cursor::at(self.bytes.get(..place.block_end as usize)?, place.entry as usize);
        self.values = Values { cursor: Cursor::at(self.bytes, place.value as usize), postings: place.postings };
        Some(())
    }

    /// The next term and what is known of it.
    // An `Iterator` could not lend its own key.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Option<(&[u8], Term)> {
        loop {
            if self.entries.rest().is_empty() {
                let end = self.dictionary.restarts.get(self.restart)?.block_end;
                let rest = self.dictionary.restarts.get(self.restart..)?;
                let behind = rest.iter().position(|restart| restart.block_end != end)?;
                self.begin(self.restart + behind)?;
            }
            let entry = Entry::read(&mut self.entries)?;
            let term = self.values.next()?;
            self.key.truncate(entry.keep);
            self.key.extend_from_slice(entry.add);
            if self.key.starts_with(self.prefix) {
                return Some((&self.key, term));
            }
            if self.key.as_slice() > self.prefix {
                // All that follow are behind it too.
                self.entries = Cursor::at(&[], 0);
                self.restart = self.dictionary.restarts.len();
                return None;
            }
        }
    }
}
