use crate::cursor::Cursor;

/// In a byte of its own: two numbers follow.
const LONG: u8 = 1;

/// A key as it differs from the one before.
pub(super) struct Entry<'a> {
    /// How many bytes it keeps.
    pub(super) keep: usize,
    /// What follows them.
    pub(super) add: &'a [u8],
}

impl<'a> Entry<'a> {
    /// Reads the next; `None` at the end.
    #[inline]
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Option<Self> {
        let (keep, add) = match cursor.byte()? {
            LONG => (cursor.leb()? as usize, cursor.leb()? as usize),
            both => (usize::from(both & 15), usize::from(both >> 4)),
        };
        Some(Self { keep, add: cursor.take(add)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long() {
        let check = |bytes: &[u8], expected: Option<(usize, &[u8])>| {
            let read = Entry::read(&mut Cursor::at(bytes, 0));
            assert_eq!(read.map(|entry| (entry.keep, entry.add)), expected, "{bytes:?}");
        };
        check(&[0x23, b'a', b'b', b'c'], Some((3, b"ab")));
        check(&[1, 16, 1, b'a'], Some((16, b"a")));
        check(&[1, 0x80, 2, 1, b'a'], Some((256, b"a")));
        // The empty term, which may only be the first.
        check(&[0], Some((0, b"")));
        check(&[0x30, b'a'], None);
        check(&[1, 16], None);
        check(&[], None);
    }
}
