//! Tables with a place for each document, most of which no question touches.

use std::cell::RefCell;

/// Tables of zeros, used question after question instead of being made for each: what was touched is cleared.
#[derive(Debug, Default)]
pub struct Zeros {
    sums: RefCell<Vec<Vec<f64>>>,
    masks: RefCell<Vec<Vec<[u64; 2]>>>,
}

impl Zeros {
    /// A table of sums with so many places. An index has one number of documents.
    pub(super) fn sums(&self, places: usize) -> Vec<f64> {
        self.sums.borrow_mut().pop().filter(|table| table.len() == places).unwrap_or_else(|| vec![0.0; places])
    }

    /// A table of masks of words and grams.
    pub(super) fn masks(&self, places: usize) -> Vec<[u64; 2]> {
        self.masks.borrow_mut().pop().filter(|table| table.len() == places).unwrap_or_else(|| vec![[0; 2]; places])
    }

    /// Takes a table of sums back, in which nothing but these places was touched.
    pub(super) fn clear_sums(&self, mut table: Vec<f64>, touched: impl Iterator<Item = u32>) {
        if clear(&mut table, touched) {
            self.sums.borrow_mut().push(table);
        }
    }

    /// The same of masks.
    pub(super) fn clear_masks(&self, mut table: Vec<[u64; 2]>, touched: impl Iterator<Item = u32>) {
        if clear(&mut table, touched) {
            self.masks.borrow_mut().push(table);
        }
    }
}

/// Whether there is anything worth keeping.
fn clear<T: Default>(table: &mut [T], touched: impl Iterator<Item = u32>) -> bool {
    for place in touched {
        if let Some(place) = table.get_mut(place as usize) {
            *place = T::default();
        }
    }
    !table.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_back_clear() {
        let zeros = Zeros::default();
        for touched in [&[1_u32, 4][..], &[], &[0, 4, 4]] {
            let (mut sums, mut masks) = (zeros.sums(5), zeros.masks(5));
            assert_eq!((&sums, &masks), (&vec![0.0; 5], &vec![[0; 2]; 5]));
            for place in touched {
                sums[*place as usize] += 1.5;
                masks[*place as usize][1] |= 2;
            }
            zeros.clear_sums(sums, touched.iter().copied());
            zeros.clear_masks(masks, touched.iter().copied());
        }
        assert_eq!(zeros.sums(7), [0.0; 7], "another number of places");
    }
}
