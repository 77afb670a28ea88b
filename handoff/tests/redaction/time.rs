//! Redaction takes time in proportion to the length, whatever the text says.

use std::time::{Duration, Instant};

use handoff::redaction::redact;

/// Bytes of a short text; the long ones are eight times as long, more than a message may have.
const SHORT: usize = 16 * 1024;
const TIMES: u32 = 8;
/// How often a text is tried.
const ATTEMPTS: usize = 6;

/// The quickest of some runs.
fn quickest(text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        assert!(!redact(text).text.is_empty());
        start.elapsed()
    };
    (0..5).map(|_| run()).min().unwrap_or_default()
}

#[test]
fn time_grows_with_the_length() {
    for piece in [
        "7",
        "4",
        "4 ",
        "41 ",
        "411 ",
        "4111 ",
        "4111-",
        "4111\n",
        "41111111\n",
        "4111111111111111 ",
        "4111111111111112 ",
        "０",
        "1\u{200b}",
        "4\u{200b}\u{200b}",
        "4        ",
        " ",
        "\n",
        "[card •••• ",
        "[card •••• 1111]",
        "900101-",
        "900101 1234567 ",
        "order ",
        "order number 4111111111111111 ",
        "주문번호 4111111111111111 ",
        "9400 ",
        "DE89 4111 ",
        "/",
        "/o/4111111111111111",
        "password",
        "password=",
        "password ",
        "비밀번호:",
        "bearer ",
        "a-",
        "a_",
        "sk-",
        "sk_live_",
        "ghp_",
        "eyJ",
        "eyJ.",
        "eyJ-",
        "eyJhbGciOiJIUzI1NiJ9.",
        "SG.",
        "SG.aaaaaaaaaaaaaaaa.",
        "AKIA",
        "xoxb-",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN ",
        "-",
        "://",
        "a://b:c",
        "가",
        "x",
    ] {
        let long = piece.repeat(SHORT * TIMES as usize / piece.len());
        let short = &long[..long.floor_char_boundary(SHORT)];
        // Eight times the length may take 32 times as long, as the machine has other things to do; a cost that grows with the
        // square would take 64 times as long. A busy moment is tried again.
        let linear = (0..ATTEMPTS).any(|_| {
            let (short, long) = (quickest(short), quickest(&long));
            long < short * TIMES * 4 + Duration::from_millis(1) && long < Duration::from_secs(1)
        });
        assert!(linear, "{piece:?}: {:?}, then {:?}", quickest(short), quickest(&long));
    }
}
