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

/// Whether a text can be an idempotency key or a client's message id: 1 to 64 of `A-Z a-z 0-9 _ -`.
pub fn is_id(text: &str) -> bool {
    (1..=ID_CHARS).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
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
    fn nul_is_shown() {
        assert_eq!(storable("a\0b"), "a\u{fffd}b");
    }
}
