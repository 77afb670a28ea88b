//! How large things may be, and how texts are brought into form before they are stored.

/// Bytes of UTF-8 in one message.
pub const MESSAGE_BYTES: usize = 64 * 1024;
/// Bytes of one frame of the chat protocol.
pub const FRAME_BYTES: usize = 128 * 1024;
/// Bytes of one hand-off.
pub const HANDOFF_BYTES: usize = 1024 * 1024;
/// Bytes of a visitor's name or e-mail address.
pub const NAME_BYTES: usize = 256;
/// Characters of an idempotency key or a client's message id.
pub const ID_CHARS: usize = 64;
/// Entries of one transcript, and entries that may be struck out of it.
pub const ENTRIES: usize = 1000;
/// Articles that one reply may have shown.
pub const SHOWN: usize = 20;
/// Bytes of a question or a passage in a transcript.
pub const TEXT_BYTES: usize = 64 * 1024;
/// Bytes of a title, an address, a slug, an anchor or a version in a transcript.
pub const FIELD_BYTES: usize = 8 * 1024;
/// The latest moment, in milliseconds since 1970, that a browser can show as a date (ECMAScript's largest time value).
pub const LATEST_MS: u64 = 8_640_000_000_000_000;

/// Characters of a language tag: what RFC 5646 (4.4.1) asks everybody to be able to hold.
const TAG_CHARS: usize = 35;

/// Whether a text can be an idempotency key or a client's message id: 1 to 64 of `A-Z a-z 0-9 _ -`.
pub fn is_id(text: &str) -> bool {
    (1..=ID_CHARS).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Whether a text has the form of a BCP 47 tag, such as `ko` or `en-GB`: parts of 1 to 8 letters and digits, together 35
/// characters at most.
pub fn is_language(text: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= TAG_CHARS && text.split('-').all(part)
}

/// A text as it is stored: U+0000, which databases cannot hold, becomes U+FFFD.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let check = |text: &str, expected| assert_eq!(is_id(text), expected, "{text:?}");
        check("a", true);
        check("A-z_09", true);
        check(&"x".repeat(64), true);
        check(&"x".repeat(65), false);
        check("", false);
        check("a b", false);
        check("가", false);
        check("a\0", false);
    }

    #[test]
    fn languages() {
        let check = |text: &str, expected| assert_eq!(is_language(text), expected, "{text:?}");
        check("ko", true);
        check("en-GB", true);
        check("zh-Hant-TW", true);
        check("de-DE-1996-a-extend1-x-phonebk", true);
        check("", false);
        check("ko-", false);
        check("ko_KR", false);
        check("english-language", true);
        check("abcdefghi", false);
        check("en-abcdefgh-abcdefgh-abcdefgh-abcdefgh", false);
        check("한국어", false);
    }

    #[test]
    fn nul_is_shown() {
        assert_eq!(storable("a\0b"), "a\u{fffd}b");
    }
}
