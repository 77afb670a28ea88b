//! A file that holds one range a field (`tantivy/src/directory/composite_file.rs`).
//!
//! The ranges stand one behind the other. Then come the number of fields (varying length) and, for each field, how far its
//! range begins behind the one before (varying length), the field's number (`u32`) and an index that is always 0 here
//! (varying length). The last four bytes are the length of this table.

use alloc::vec::Vec;
use core::ops::Range;

use crate::cursor::Cursor;

/// The ranges by field number, in the order of the file; `None` where the bytes are no such file.
pub(crate) fn ranges(body: &[u8]) -> Option<Vec<(u32, Range<usize>)>> {
    let (rest, length) = body.split_last_chunk::<4>()?;
    let end = rest.len().checked_sub(u32::from_le_bytes(*length) as usize)?;
    let mut table = Cursor::at(rest, end);
    let fields = table.vint()?;
    let mut ranges: Vec<(u32, Range<usize>)> = Vec::new();
    let mut start = 0_usize;
    for _ in 0..fields {
        start = start.checked_add(table.vint()? as usize)?;
        let (field, index) = (table.u32()?, table.vint()?);
        if index != 0 || start > end || ranges.iter().any(|(other, _)| *other == field) {
            return None;
        }
        if let Some((_, last)) = ranges.last_mut() {
            last.end = start;
        }
        ranges.push((field, start..end));
    }
    table.rest().is_empty().then_some(ranges)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn check(table: &[u8], expected: Option<Vec<(u32, Range<usize>)>>) {
        let mut body = vec![9; 20];
        body.extend(table);
        body.extend(u32::try_from(table.len()).unwrap().to_le_bytes());
        assert_eq!(ranges(&body), expected, "{table:?}");
    }

    #[test]
    fn ranges_and_damage() {
        check(&[0x80], Some(vec![]));
        check(&[0x81, 0x80, 3, 0, 0, 0, 0x80], Some(vec![(3, 0..20)]));
        let two = [0x82, 0x80, 0, 0, 0, 0, 0x80, 0x87, 1, 0, 0, 0, 0x80];
        check(&two, Some(vec![(0, 0..7), (1, 7..20)]));
        let with = |at: usize, byte: u8| {
            let mut table = two;
            table[at] = byte;
            table
        };
        check(&with(8, 0), None); // the same field twice
        check(&with(7, 0x80 + 21), None); // behind the end
        check(&with(12, 0x81), None); // another index
        check(&with(0, 0x81), None); // something left
        check(&with(0, 0xff), None); // more than there are
        check(&[], None);
        assert_eq!(ranges(&[1, 0, 0]), None);
        assert_eq!(ranges(&[5, 0, 0, 0]), None);
    }
}
