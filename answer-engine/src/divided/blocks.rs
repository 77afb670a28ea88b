use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::BlockTable;
use crate::bundle::Piece;

/// Which family a block is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// What the index knows of words.
    Terms,
    /// The words alone.
    Spelling,
    /// Titles and addresses.
    Cards,
}

/// A block that was missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its family.
    pub family: Family,
    /// Its place among the blocks of the family.
    pub number: usize,
    /// Where it is. Compressed; an engine takes it decompressed.
    pub piece: Piece,
}

/// Bytes of one family's blocks that are kept: far more than a question needs.
const KEPT: usize = 4 * 1024 * 1024;

/// The blocks of one family: where they are, and those that are here.
pub(crate) struct Blocks {
    family: Family,
    table: BlockTable,
    pieces: Vec<Piece>,
    here: RefCell<Vec<Option<Rc<Vec<u8>>>>>,
    /// Those that are here, the oldest first.
    order: RefCell<Vec<usize>>,
    bytes: Cell<usize>,
    /// More bytes than this are not kept.
    most: Cell<usize>,
    missing: RefCell<Vec<usize>>,
}

impl Blocks {
    /// Where the table is sound.
    pub(crate) fn new(family: Family, table: BlockTable) -> Option<Self> {
        let pieces = table.is_sound().then(|| table.pieces())?;
        let here = RefCell::new(vec![None; pieces.len()]);
        let (order, bytes, missing) = Default::default();
        Some(Self { family, table, pieces, here, order, bytes, most: Cell::new(KEPT), missing })
    }

    /// The block in which `key` would be: its bytes, or that they are missing; nothing where there are no blocks at all.
    pub(crate) fn of_key(&self, key: &str) -> Option<Result<Rc<Vec<u8>>, Missing>> {
        self.table.find(key).map(|number| self.get(number))
    }

    /// The blocks that may hold keys with this beginning, as far as they are here.
    pub(crate) fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = Rc<Vec<u8>>> {
        self.range(prefix).filter_map(|number| self.get(number).ok())
    }

    /// The numbers of these blocks.
    pub(crate) fn range(&self, prefix: &str) -> std::ops::Range<usize> {
        self.table.with_prefix(prefix)
    }

    pub(crate) fn get(&self, number: usize) -> Result<Rc<Vec<u8>>, Missing> {
        if let Some(Some(bytes)) = self.here.borrow().get(number) {
            return Ok(bytes.clone());
        }
        let mut missing = self.missing.borrow_mut();
        if !missing.contains(&number) {
            missing.push(number);
        }
        Err(Missing)
    }

    /// What was missed since this was asked last.
    pub(crate) fn take_missing(&self) -> impl Iterator<Item = Wanted> {
        self.missing.take().into_iter().filter_map(|number| self.wanted(number))
    }

    /// Whether nothing was missed since then.
    pub(crate) fn is_complete(&self) -> bool {
        self.missing.borrow().is_empty()
    }

    /// All of them. From now on all that are put are kept.
    pub(crate) fn all(&self) -> impl Iterator<Item = Wanted> {
        self.most.set(usize::MAX);
        (0..self.pieces.len()).filter_map(|number| self.wanted(number))
    }

    fn wanted(&self, number: usize) -> Option<Wanted> {
        Some(Wanted { family: self.family, number, piece: self.pieces.get(number)?.clone() })
    }

    /// Takes a block. The oldest ones go where there are too many.
    pub(crate) fn put(&self, number: usize, bytes: Vec<u8>) {
        let (mut here, mut order) = (self.here.borrow_mut(), self.order.borrow_mut());
        let Some(place) = here.get_mut(number) else { return };
        self.bytes.set(self.bytes.get() + bytes.len());
        match place.replace(Rc::new(bytes)) {
            Some(before) => self.bytes.set(self.bytes.get() - before.len()),
            None => order.push(number),
        }
        while self.bytes.get() > self.most.get() && order.len() > 1 {
            if let Some(gone) = here.get_mut(order.remove(0)).and_then(Option::take) {
                self.bytes.set(self.bytes.get() - gone.len());
            }
        }
    }
}

/// A block is not here; it has been noted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Missing;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divided::Blocked;

    #[test]
    fn what_is_missed_is_noted_once_and_the_oldest_go_first() {
        let blocks = ["a", "b", "c"].map(|key| (key.to_owned(), 9)).to_vec();
        let table = BlockTable::new(&[Blocked { path: "f".into(), blocks }]);
        let blocks = Blocks::new(Family::Terms, table).unwrap();
        let missing = || blocks.take_missing().map(|wanted| wanted.number).collect::<Vec<_>>();
        for key in ["b", "bb", "c"] {
            assert!(blocks.of_key(key).unwrap().is_err());
        }
        assert_eq!((missing(), missing()), (vec![1, 2], vec![]));
        blocks.put(1, vec![1; KEPT - 1]);
        blocks.put(2, vec![2; 1]);
        blocks.put(9, vec![2; 1]);
        assert_eq!(blocks.of_key("b").unwrap().unwrap().len(), KEPT - 1);
        blocks.put(0, vec![3; 1]);
        assert_eq!((blocks.get(0).is_ok(), blocks.get(1).is_ok(), blocks.get(2).is_ok()), (true, false, true));
        assert_eq!(blocks.bytes.get(), 2);
        blocks.put(2, vec![4; 5]);
        assert_eq!((blocks.bytes.get(), missing()), (6, vec![1]));
    }
}
