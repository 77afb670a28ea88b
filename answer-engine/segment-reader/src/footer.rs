//! The end of every file of tantivy (`tantivy/src/directory/footer.rs`).
//!
//! Behind the body stand `{"version":{"major":0,"minor":27,"patch":0,"index_format_version":7},"crc":1234}`, the length of
//! that text as `u32`, and the number 1337 as `u32`. The checksum is the body's CRC-32.

use crate::{Error, Part, cursor::Cursor};

/// The version of tantivy's format that this crate reads: that of tantivy 0.27.
pub const FORMAT: u32 = 7;

const MAGIC: u32 = 1337;
/// tantivy itself reads no longer text.
const MAX_TEXT: u32 = 50_000;

/// A file without its end, and the checksum of that.
pub(crate) struct Body<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) checksum: u32,
}

/// Cuts the end off a file, where it is of the right version.
pub(crate) fn body(file: &[u8], part: Part) -> Result<Body<'_>, Error> {
    let damaged = Error::Damaged(part);
    let (rest, numbers) = file.split_last_chunk::<8>().ok_or(damaged)?;
    let mut numbers = Cursor::at(numbers, 0);
    let (length, magic) = (numbers.u32().ok_or(damaged)?, numbers.u32().ok_or(damaged)?);
    if magic != MAGIC || length > MAX_TEXT {
        return Err(damaged);
    }
    let start = rest.len().checked_sub(length as usize).ok_or(damaged)?;
    let (bytes, text) = rest.split_at(start);
    let version = number(text, b"\"index_format_version\":").ok_or(damaged)?;
    if version != FORMAT {
        return Err(Error::Format(version));
    }
    Ok(Body { bytes, checksum: number(text, b"\"crc\":").ok_or(damaged)? })
}

/// The number behind `name` in JSON that serde wrote: no spaces, no escapes.
fn number(text: &[u8], name: &[u8]) -> Option<u32> {
    let start = text.windows(name.len()).position(|window| window == name)? + name.len();
    let digits = text.get(start..)?.split(|byte| !byte.is_ascii_digit()).next()?;
    core::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn file(text: &str, magic: u32) -> Vec<u8> {
        let mut file = b"body".to_vec();
        file.extend(text.as_bytes());
        file.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        file.extend(magic.to_le_bytes());
        file
    }

    fn check(file: &[u8], expected: Result<(&[u8], u32), Error>) {
        assert_eq!(body(file, Part::Norms).map(|body| (body.bytes, body.checksum)), expected);
    }

    #[test]
    fn bodies_and_refusals() {
        let right = r#"{"version":{"major":0,"minor":27,"patch":0,"index_format_version":7},"crc":4294967295}"#;
        check(&file(right, MAGIC), Ok((b"body", u32::MAX)));
        check(&file(&right.replace("version\":7", "version\":8"), MAGIC), Err(Error::Format(8)));
        check(&file(&right.replace("version\":7", "version\":6"), MAGIC), Err(Error::Format(6)));
        for text in ["", "{}", r#""index_format_version":7"#, r#""index_format_version":x,"crc":1"#] {
            check(&file(text, MAGIC), Err(Error::Damaged(Part::Norms)));
        }
        check(&file(&right.replace("4294967295", "4294967296"), MAGIC), Err(Error::Damaged(Part::Norms)));
        check(&file(right, MAGIC + 1), Err(Error::Damaged(Part::Norms)));
        check(&file(right, MAGIC)[10..], Err(Error::Damaged(Part::Norms)));
        check(&[], Err(Error::Damaged(Part::Norms)));
    }
}
