//! What the bubble says, in the visitor's language.
//!
//! `en.ftl` and `ko.ftl` become one function a message at build time.

pub(crate) use crate::text::strings::*;
pub(crate) use ::strings::{Lang, autonym, before, date, language_name, primary};

#[allow(clippy::all, reason = "written by the build, for the compiler only")]
mod strings {
    use ::strings::{Lang, Plural, number, plural};

    include!(concat!(env!("OUT_DIR"), "/strings.rs"));
}

/// Texts in a row as one. The standard library's `concat` is made for lists of anything and weighs ten times as much.
pub(crate) fn joined(texts: &[&str]) -> String {
    let mut all = String::new();
    for text in texts {
        all.push_str(text);
    }
    all
}

/// A whole number in digits. The standard library's formatting is three kilobytes of what visitors download.
#[inline(never)]
pub(crate) fn digits(number: u64) -> String {
    let mut text = if number < 10 { String::new() } else { digits(number / 10) };
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

#[cfg(test)]
mod tests {
    use super::{Lang, digits, greeting, searched};

    #[test]
    fn numbers() {
        for number in [0, 9, 10, 1_234_567_890, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }

    #[test]
    fn strings() {
        assert_eq!(greeting(Lang::En), "What can I look up for you?");
        assert_eq!(greeting(Lang::Ko), "무엇을 찾아드릴까요?");
        assert_eq!(searched(Lang::En, 1, "Acme Help"), "Searched: one article of Acme Help.");
        assert_eq!(searched(Lang::En, 56, "Acme Help"), "Searched: 56 articles of Acme Help.");
        assert_eq!(searched(Lang::Ko, 56, "에이콤"), "에이콤 문서 56개를 찾아봤어요.");
    }
}
