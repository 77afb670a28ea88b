//! Numbers of varying length: seven bits a byte, the lowest first, the highest bit says that more follow.

/// Reads from the front to the back; `None` where the bytes end before, or a number has more than 32 bits.
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    #[inline]
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut value = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return u32::try_from(value).ok();
            }
        }
        None
    }

    /// A key as it differs from the one before, which `key` holds.
    pub(super) fn key(&mut self, key: &mut Vec<u8>) -> Option<()> {
        let keep = self.number()? as usize;
        let add = self.number()? as usize;
        if keep > key.len() {
            return None;
        }
        key.truncate(keep);
        key.extend_from_slice(self.take(add)?);
        Some(())
    }
}

pub(super) fn push_number(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        bytes.push(value.to_le_bytes()[0] | 128);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

/// Writes what [`Cursor::key`] reads.
pub(super) fn push_key(bytes: &mut Vec<u8>, before: &[u8], key: &[u8]) {
    let keep = before.iter().zip(key).take_while(|(a, b)| a == b).count();
    // Keys are terms of at most a few hundred bytes.
    #[allow(clippy::cast_possible_truncation)]
    {
        push_number(bytes, keep as u32);
        push_number(bytes, (key.len() - keep) as u32);
    }
    bytes.extend_from_slice(&key[keep..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_comes_back(numbers in proptest::collection::vec(any::<u32>(), 0..20), keys in proptest::collection::vec("[ab가]{0,5}", 0..9)) {
            let mut bytes = Vec::new();
            for number in &numbers {
                push_number(&mut bytes, *number);
            }
            let mut before = "";
            for key in &keys {
                push_key(&mut bytes, before.as_bytes(), key.as_bytes());
                before = key;
            }
            let mut cursor = Cursor(&bytes);
            for number in numbers {
                prop_assert_eq!(cursor.number(), Some(number));
            }
            let mut key = Vec::new();
            for expected in keys {
                prop_assert_eq!(cursor.key(&mut key), Some(()));
                prop_assert_eq!(&key, expected.as_bytes());
            }
            prop_assert!(cursor.0.is_empty());
        }
    }

    #[test]
    fn damage_is_told() {
        for bytes in [&[][..], &[0x80], &[0xff, 0xff, 0xff, 0xff, 0x1f], &[0x80, 0x80, 0x80, 0x80, 0x80, 0]] {
            assert_eq!(Cursor(bytes).number(), None, "{bytes:?}");
        }
        for bytes in [&[1, 0][..], &[0, 2, b'a'], &[0]] {
            assert_eq!(Cursor(bytes).key(&mut Vec::new()), None, "{bytes:?}");
        }
    }
}
