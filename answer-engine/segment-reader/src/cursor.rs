//! A place in bytes that are read from the front to the back.

/// Reads one thing after the other; `None` where the bytes end before it does.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Begins at a place.
    pub(crate) fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where it is.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    pub(crate) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// A little-endian number of four bytes.
    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// A little-endian number of eight bytes.
    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    /// tantivy's number of varying length (`common/src/vint.rs`): seven bits a byte, the lowest first, and the highest bit
    /// marks the *last* byte. `None` also where it does not fit into 32 bits: nothing that is counted here is larger.
    #[inline]
    pub(crate) fn vint(&mut self) -> Option<u32> {
        self.varying(true)
    }

    /// The number of varying length of the table's keys (`sstable/src/vint.rs`): the same, but the highest bit marks every
    /// byte *but* the last.
    #[inline]
    pub(crate) fn leb(&mut self) -> Option<u32> {
        self.varying(false)
    }

    #[inline]
    fn varying(&mut self, marks_last: bool) -> Option<u32> {
        let mut value = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if (byte >= 128) == marks_last {
                return u32::try_from(value).ok();
            }
        }
        None
    }

    /// Passes `count` numbers of [`Cursor::vint`]'s form.
    pub(crate) fn pass_vints(&mut self, count: usize) -> Option<()> {
        let mut left = count;
        while left > 0 {
            left -= usize::from(self.byte()? >= 128);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_varying_length() {
        let check = |bytes: &[u8], vint: Option<u32>, leb: Option<u32>| {
            assert_eq!(Cursor::at(bytes, 0).vint(), vint, "{bytes:?}");
            assert_eq!(Cursor::at(bytes, 0).leb(), leb, "{bytes:?}");
        };
        check(&[0x80], Some(0), None);
        check(&[0x00], None, Some(0));
        check(&[0x7f, 0x81], Some(255), Some(127));
        check(&[0xff, 0x01], Some(127), Some(255));
        check(&[0x7f, 0x7f, 0x7f, 0x7f, 0x8f], Some(u32::MAX), Some(127));
        check(&[0xff, 0xff, 0xff, 0xff, 0x0f], Some(127), Some(u32::MAX));
        // More than 32 bits, and more bytes than 32 bits take.
        check(&[0x7f, 0x7f, 0x7f, 0x7f, 0x90], None, Some(127));
        check(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x00], Some(0), None);
        check(&[], None, None);
    }

    #[test]
    fn nothing_is_read_behind_the_end() {
        let mut cursor = Cursor::at(&[1, 2, 3], 1);
        assert_eq!((cursor.u32(), cursor.take(usize::MAX), cursor.place()), (None, None, 1));
        assert_eq!((cursor.take(2), cursor.byte()), (Some(&[2, 3][..]), None));
        assert_eq!(Cursor::at(&[1], 9).rest(), &[] as &[u8]);
    }
}
