use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, is_nfc_quick};

use super::Lines;
use crate::diagnostics::Position;

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    /// Where the first bad byte is.
    pub position: Position,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Bytes to text: UTF-8 without mark, lines that end with `\n`, U+FFFD in place of NUL, Unicode NFC.
///
/// None of these moves a line; a column is that of the normalised text.
///
/// # Errors
/// [`NotText`] where the bytes are not UTF-8, with the encoding by name where it can be told.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if let Some(name) = wide_encoding(bytes) {
        return Err(not_text(Position::new(1, 1), Some(name)));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (before, rest) = bytes.split_at(error.valid_up_to());
        let before = clean(&String::from_utf8_lossy(before));
        let position = Lines::new(&before).position(before.len());
        not_text(position, is_korean_legacy(rest).then_some("EUC-KR (CP949)"))
    })?;
    Ok(clean(text))
}

fn not_text(position: Position, name: Option<&str>) -> NotText {
    match name {
        Some(name) => NotText {
            position,
            message: format!("the file is {name}, not UTF-8"),
            help: format!("Save it as UTF-8 in your editor; it was written as {name}."),
        },
        None => NotText {
            position,
            message: "the file is not valid UTF-8".to_owned(),
            help: "Save it as UTF-8 in your editor.".to_owned(),
        },
    }
}

fn clean(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    if text.contains('\r') {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if text.contains('\0') {
        text = Cow::Owned(text.replace('\0', "\u{FFFD}"));
    }
    match is_nfc_quick(text.chars()) {
        unicode_normalization::IsNormalized::Yes => text.into_owned(),
        _ => text.nfc().collect(),
    }
}

/// UTF-16 and UTF-32, by their mark or by zeros at every second place.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Some("UTF-16"),
        _ => {}
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros_at = |parity| start.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros_at(0), zeros_at(1));
    let (many, few) = (even.max(odd), even.min(odd));
    // ASCII in UTF-16 is half zeros; Korean has them at blanks and line ends.
    (many >= 2 && few * 4 <= many && many * 20 >= start.len()).then_some("UTF-16")
}

/// Whether bytes look like Korean in EUC-KR: pairs of high bytes, nearly all in the range of Hangul syllables.
fn is_korean_legacy(bytes: &[u8]) -> bool {
    let (mut hangul, mut other) = (0_usize, 0_usize);
    let mut bytes = bytes.iter().take(4096).copied();
    while let Some(lead) = bytes.next() {
        if lead < 0x80 {
            continue;
        }
        let Some(trail) = bytes.next() else { break };
        match (lead, trail) {
            (0xB0..=0xC8, 0xA1..=0xFE) => hangul += 1,
            // Punctuation, full-width forms.
            (0xA1..=0xAC, 0xA1..=0xFE) => {}
            // Syllables that CP949 adds.
            (0x81..=0xC6, 0x41..=0x5A | 0x61..=0x7A | 0x81..=0xFE) => hangul += 1,
            _ => other += 1,
        }
    }
    hangul >= 2 && hangul >= 9 * other
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decode;

    fn check(bytes: &[u8], expected: Result<&str, (u32, u32, &str)>) {
        let actual = decode(bytes);
        match (&actual, expected) {
            (Ok(text), Ok(expected)) => assert_eq!(text, expected),
            (Err(fault), Err((line, column, part))) => {
                assert_eq!((fault.position.line, fault.position.column), (line, column));
                assert!(fault.message.contains(part), "{}", fault.message);
            }
            _ => panic!("{actual:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn text_is_cleaned() {
        check(b"\xEF\xBB\xBFa\r\nb\rc\0", Ok("a\nb\nc\u{FFFD}"));
        check("\u{1112}\u{1161}\u{11AB}".as_bytes(), Ok("한"));
        check(b"", Ok(""));
    }

    #[test]
    fn other_encodings_are_named() {
        let utf16: Vec<u8> = "title: 비밀번호".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, Err((1, 1, "UTF-16")));
        check(&[b"\xFF\xFE".as_slice(), &utf16].concat(), Err((1, 1, "UTF-16")));
        check(b"\xFF\xFE\0\0a\0\0\0", Err((1, 1, "UTF-32")));
        // "비밀번호" in EUC-KR.
        check(b"# a\nb \xBA\xF1\xB9\xD0\xB9\xF8\xC8\xA3\n", Err((2, 3, "EUC-KR")));
        // "café" in Latin-1.
        check(b"caf\xE9 au lait", Err((1, 4, "not valid UTF-8")));
        check(b"\n\xC0\x80", Err((2, 1, "not valid UTF-8")));
        check(b"a\xED\xA0\x80", Err((1, 2, "not valid UTF-8")));
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_a_fault(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(text) = decode(&bytes) {
                prop_assert!(!text.contains(['\r', '\0']));
            }
        }
    }
}
