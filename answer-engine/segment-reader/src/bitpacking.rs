//! 128 numbers of a common width in bits, as `bitpacking::BitPacker4x` packs them.
//!
//! There are four lanes of 32 numbers: number `i` is the `i / 4`-th of lane `i % 4`. A lane is a string of bits, the lowest
//! first, in little-endian words of 32 bits; the words of the four lanes take turns.

use crate::postings::BLOCK;

/// Bytes that 128 numbers of `width` bits take.
pub(crate) const fn packed_bytes(width: u32) -> usize {
    width as usize * BLOCK / 8
}

/// Unpacks numbers of `width` bits; `packed` has [`packed_bytes`] of them. `None` where it has not, or the width is above 32.
pub(crate) fn unpack(width: u32, packed: &[u8], numbers: &mut [u32; BLOCK]) -> Option<()> {
    if width > 32 || packed.len() != packed_bytes(width) {
        return None;
    }
    if width == 0 {
        numbers.fill(0);
        return Some(());
    }
    let mask = u32::MAX >> (32 - width);
    let (words, _) = packed.as_chunks::<4>();
    let (words, _) = words.as_chunks::<4>();
    let (rows, _) = numbers.as_chunks_mut::<4>();
    let mut bit = 0_u32;
    for row in rows {
        let (word, shift) = ((bit / 32) as usize, bit % 32);
        let low = words.get(word)?;
        // Where a number ends in the next word; where it does not, any word does, for its bits are masked.
        let high = words.get(word + 1).unwrap_or(low);
        for ((number, low), high) in row.iter_mut().zip(low).zip(high) {
            let both = u64::from(u32::from_le_bytes(*low)) | (u64::from(u32::from_le_bytes(*high)) << 32);
            // The lower half is what is wanted.
            #[allow(clippy::cast_possible_truncation)]
            let shifted = (both >> shift) as u32;
            *number = shifted & mask;
        }
        bit += width;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use alloc::{vec, vec::Vec};

    use proptest::prelude::*;

    use super::*;

    /// The plainest packer: bit by bit.
    fn pack(width: u32, numbers: &[u32]) -> Vec<u8> {
        let mut packed = vec![0_u8; packed_bytes(width)];
        for (at, number) in numbers.iter().enumerate() {
            for bit in 0..width {
                let place = (at / 4) * width as usize + bit as usize;
                let (word, within) = (place / 32, place % 32);
                let byte = (word * 4 + at % 4) * 4 + within / 8;
                packed[byte] |= u8::try_from((number >> bit) & 1).unwrap() << (within % 8);
            }
        }
        packed
    }

    proptest! {
        #[test]
        fn every_width(width in 0_u32..=32, numbers in proptest::collection::vec(any::<u32>(), BLOCK)) {
            let mask = if width == 0 { 0 } else { u32::MAX >> (32 - width) };
            let numbers: Vec<u32> = numbers.into_iter().map(|number| number & mask).collect();
            let mut unpacked = [7; BLOCK];
            prop_assert_eq!(unpack(width, &pack(width, &numbers), &mut unpacked), Some(()));
            prop_assert_eq!(&unpacked[..], &numbers[..]);
        }
    }

    #[test]
    fn wrong_lengths_are_refused() {
        let mut numbers = [0; BLOCK];
        assert_eq!(unpack(3, &[0; 47], &mut numbers), None);
        assert_eq!(unpack(33, &[0; 528], &mut numbers), None);
    }
}
