//! Named byte ranges in one file, opened without a copy.
//!
//! Layout: the eight bytes of [`MAGIC`]; the length of the table as a little-endian `u32`; the table (postcard: a list
//! of name, offset, length); then the ranges, in the table's order, nothing between them. Offsets count from the first
//! byte after the table.

use answer_messages::plain::Read as _;

use super::Bytes;

/// The first bytes of every container. The last digit is the format.
pub const MAGIC: &[u8; 8] = b"PLHEAD\n1";

/// A file is not a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// It begins otherwise.
    #[error("not a head file of this version: build the bundle with the version of the widget")]
    Magic,
    /// It is cut or its table points outside.
    #[error("head file is cut or damaged: fetch or build it again")]
    Damaged,
}

/// Writes `entries` into one file.
pub fn pack(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut offset = 0_u32;
    let mut table = Vec::with_capacity(entries.len());
    for (name, bytes) in entries {
        // A head of 4 GiB could not be opened by any browser.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        table.push((name.as_str(), offset, length));
        offset = offset.saturating_add(length);
    }
    let table = postcard::to_allocvec(&table).unwrap_or_default();
    let mut file = Vec::with_capacity(12 + table.len() + offset as usize);
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&u32::try_from(table.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend_from_slice(&table);
    for (_, bytes) in entries {
        file.extend_from_slice(bytes);
    }
    file
}

/// Finds the ranges of a file, in its order. They share its memory.
///
/// # Errors
/// [`ContainerError`] where the bytes are no container.
pub fn unpack(file: Bytes) -> Result<Vec<(String, Bytes)>, ContainerError> {
    use ContainerError::Damaged;
    if !file.starts_with(MAGIC) {
        return Err(ContainerError::Magic);
    }
    let length: [u8; 4] = file.get(8..12).and_then(|bytes| bytes.try_into().ok()).ok_or(Damaged)?;
    let base = 12_usize.checked_add(u32::from_le_bytes(length) as usize).ok_or(Damaged)?;
    let table = file.get(12..base).ok_or(Damaged)?;
    let mut ranges = Vec::new();
    for (name, (offset, length)) in Vec::<(String, (u32, u32))>::from_plain(table).ok_or(Damaged)? {
        let start = base.checked_add(offset as usize).ok_or(Damaged)?;
        let end = start.checked_add(length as usize).ok_or(Damaged)?;
        ranges.push((name, file.slice(start..end).ok_or(Damaged)?));
    }
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_out(entries in proptest::collection::btree_map("[a-z.]{1,12}", proptest::collection::vec(any::<u8>(), 0..200), 0..8)) {
            let list: Vec<_> = entries.clone().into_iter().collect();
            let out = unpack(pack(&list).into()).unwrap();
            let out: Vec<_> = out.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect();
            prop_assert_eq!(out, list);
        }

        #[test]
        fn damaged_files_are_refused_without_a_panic(cut in 0_usize..200, flip in 0_usize..200, by in 1_u8..) {
            let mut file = pack(&[("catalog".into(), vec![7; 60]), ("passages".into(), vec![1; 90])]);
            let at = flip % file.len();
            file[at] ^= by;
            file.truncate(cut.min(file.len()));
            // Whatever it says, it must not panic; a range must lie in the file.
            if let Ok(ranges) = unpack(file.clone().into()) {
                prop_assert!(ranges.iter().all(|(_, range)| range.len() <= file.len()));
            }
        }
    }

    #[test]
    fn other_files_are_named_as_such() {
        assert_eq!(unpack(b"<!doctype html>".to_vec().into()).unwrap_err(), ContainerError::Magic);
        assert_eq!(unpack(MAGIC.to_vec().into()).unwrap_err(), ContainerError::Damaged);
    }
}
