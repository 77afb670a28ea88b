use std::{
    ops::{Deref, Range},
    sync::Arc,
};

/// A range of bytes that shares the memory of all the others of its file.
#[derive(Clone)]
pub struct Bytes {
    file: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Bytes {
    /// A part of it; `None` where it does not reach as far.
    pub fn slice(&self, range: Range<usize>) -> Option<Self> {
        let start = self.range.start.checked_add(range.start)?;
        let end = self.range.start.checked_add(range.end)?;
        (start <= end && end <= self.range.end).then(|| Self { file: self.file.clone(), range: start..end })
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self { range: 0..bytes.len(), file: Arc::new(bytes) }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_parts() {
        let bytes = Bytes::from(b"abcdef".to_vec());
        let middle = bytes.slice(1..5).unwrap();
        assert_eq!((&middle[..], &middle.slice(1..4).unwrap()[..]), (&b"bcde"[..], &b"cde"[..]));
        assert!(middle.slice(4..4).is_some_and(|empty| empty.is_empty()));
        #[allow(clippy::reversed_empty_ranges)]
        for range in [0..5, 5..5, 3..2, 0..usize::MAX, usize::MAX..usize::MAX] {
            assert!(middle.slice(range.clone()).is_none(), "{range:?}");
        }
    }
}
