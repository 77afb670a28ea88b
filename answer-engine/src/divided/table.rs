use answer_messages::read_fields;
use serde::{Deserialize, Serialize};

use crate::bundle::Piece;

/// Where the blocks of one family are, in the order of their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockTable {
    /// The files' paths.
    files: Vec<String>,
    /// How many blocks each file has.
    counts: Vec<u32>,
    /// Bytes of each block in its file.
    lengths: Vec<u32>,
    /// What each block's keys begin at, cut to what tells it from the block before.
    keys: Vec<String>,
}

read_fields!(BlockTable { files, counts, lengths, keys });

/// A file of blocks, for [`BlockTable::new`].
pub struct Blocked {
    /// Its path relative to the bundle's root.
    pub path: String,
    /// The first key and the length of each of its blocks.
    pub blocks: Vec<(String, u32)>,
}

impl BlockTable {
    /// A table of these files' blocks, which come in the order of their keys. [`BlockTable::shortest`] makes
    /// their keys.
    pub fn new(files: &[Blocked]) -> Self {
        let blocks = || files.iter().flat_map(|file| &file.blocks);
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a file has fewer blocks than bytes, and less than 4 GiB of these"
        )]
        let counts = files.iter().map(|file| file.blocks.len() as u32).collect();
        Self {
            files: files.iter().map(|file| file.path.clone()).collect(),
            counts,
            lengths: blocks().map(|(_, length)| *length).collect(),
            keys: blocks().map(|(key, _)| key.clone()).collect(),
        }
    }

    /// The shortest beginning of `key` that comes behind `before`.
    pub fn shortest<'k>(before: &str, key: &'k str) -> &'k str {
        let ends = key.char_indices().map(|(at, letter)| at + letter.len_utf8());
        ends.map(|end| &key[..end]).find(|beginning| *beginning > before).unwrap_or(key)
    }

    /// Whether the lists fit each other.
    pub(super) fn is_sound(&self) -> bool {
        let blocks = self.counts.iter().try_fold(0_usize, |sum, count| sum.checked_add(*count as usize));
        self.files.len() == self.counts.len()
            && blocks == Some(self.lengths.len())
            && self.keys.len() == self.lengths.len()
            && self.keys.is_sorted()
    }

    /// The block in which a key would be; `None` where there are no blocks.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        // What comes before the first key is not there, and the first block tells.
        let behind = self.keys.partition_point(|first| first.as_str() <= key);
        (!self.keys.is_empty()).then(|| behind.saturating_sub(1))
    }

    /// The blocks that may hold keys with this beginning.
    pub(super) fn with_prefix(&self, prefix: &str) -> std::ops::Range<usize> {
        let Some(first) = self.find(prefix) else { return 0..0 };
        let end = self.keys.partition_point(|key| key.as_str() <= prefix || key.starts_with(prefix));
        first..end.max(first + 1)
    }

    /// Where each block is.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut lengths = self.lengths.iter();
        let mut pieces = Vec::with_capacity(self.lengths.len());
        for (path, count) in self.files.iter().zip(&self.counts) {
            let mut offset = 0_u32;
            for length in lengths.by_ref().take(*count as usize) {
                pieces.push(Piece { path: path.clone(), bytes: 0, part: Some((offset, *length)) });
                offset = offset.saturating_add(*length);
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_by_key() {
        let file = |path: &str, blocks: &[(&str, u32)]| Blocked {
            path: path.into(),
            blocks: blocks.iter().map(|(key, length)| ((*key).to_owned(), *length)).collect(),
        };
        let table = BlockTable::new(&[file("x", &[("a", 10), ("co", 20)]), file("y", &[("cop", 5), ("d", 7)])]);
        assert!(table.is_sound());
        for (key, block) in [("", 0), ("a", 0), ("cn", 0), ("co", 1), ("cool", 1), ("cop", 2), ("copy", 2), ("zz", 3)] {
            assert_eq!(table.find(key), Some(block), "{key}");
        }
        for (prefix, blocks) in
            [("a", 0..1), ("c", 0..3), ("co", 1..3), ("cop", 2..3), ("b", 0..1), ("d", 3..4), ("z", 3..4)]
        {
            assert_eq!(table.with_prefix(prefix), blocks, "{prefix}");
        }
        let places: Vec<_> = table.pieces().into_iter().map(|piece| (piece.path, piece.part.unwrap())).collect();
        let expected = [("x", (0, 10)), ("x", (10, 20)), ("y", (0, 5)), ("y", (5, 7))];
        assert_eq!(places, expected.map(|(path, part)| (path.to_owned(), part)));
        assert_eq!((BlockTable::default().find("a"), BlockTable::default().with_prefix("a")), (None, 0..0));
    }

    #[test]
    fn keys_are_no_longer_than_needed() {
        let check = |before, key, expected| assert_eq!(BlockTable::shortest(before, key), expected);
        check("", "word", "w");
        check("abandon", "abbot", "abb");
        check("비밀", "비번", "비번");
        check("car", "cart", "cart");
        check("car", "car", "car");
    }
}
