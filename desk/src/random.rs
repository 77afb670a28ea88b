//! Random bits from the operating system, and how they are written.

use crate::problem::{Fault, Kind};

/// The operating system gives no random bits.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random numbers ({0}); nothing secret can be made without")]
pub struct NoRandomness(getrandom_03::Error);

impl From<NoRandomness> for Fault {
    fn from(error: NoRandomness) -> Self {
        tracing::error!(%error, "no random numbers");
        Self::new(Kind::Failed, "The desk cannot make secrets now. Its log says more.")
    }
}

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom_03::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// An id of 128 random bits: 32 lower-case hexadecimal digits.
pub(crate) fn id() -> Result<String, NoRandomness> {
    Ok(hex(&bytes::<16>()?))
}

/// Whether a text has the form of [`id`].
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Base64 with the alphabet for addresses and file names ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648), 5),
/// without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().enumerate().fold(0u32, |bits, (at, &byte)| bits | u32::from(byte) << (16 - 8 * at));
        for at in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_as_in_the_standard() {
        let check = |bytes: &[u8], expected| assert_eq!(base64url(bytes), expected);
        check(b"", "");
        check(b"f", "Zg");
        check(b"fo", "Zm8");
        check(b"foo", "Zm9v");
        check(b"foob", "Zm9vYg");
        check(&[0xff, 0xef, 0xbe], "_---");
    }

    #[test]
    fn ids() {
        let id = id().unwrap();
        assert!(is_id(&id), "{id}");
        assert!(!is_id(&id[1..]));
        assert!(!is_id(&id.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A")));
        assert_eq!(hex(&[0, 0x9f, 0xff]), "009fff");
    }
}
