//! What the bubble says, in the visitor's language.
//!
//! `en.ftl` and `ko.ftl` become one function a message at build time; plurals are chosen by the browser's own `Intl`.

#[cfg(test)]
#[path = "../../ftl/compile.rs"]
mod compile;
mod intl;

pub(crate) use intl::{autonym, date};
use intl::{number, plural};
pub(crate) use strings::*;

/// Languages that the bubble itself speaks; articles may be in any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    /// English, and whatever is not known.
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The language for a BCP 47 tag such as `ko-KR`.
    pub(crate) fn of(tag: Option<&str>) -> Self {
        match tag.map(primary) {
            Some(tag) if tag.eq_ignore_ascii_case("ko") => Self::Ko,
            _ => Self::En,
        }
    }

    /// BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }
}

/// The language subtag of a tag: `ko` of `ko-KR`.
pub(crate) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// Plural categories of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which categories occur depends on the strings")]
pub(crate) enum Plural {
    /// `zero`.
    Zero,
    /// `one`.
    One,
    /// `two`.
    Two,
    /// `few`.
    Few,
    /// `many`.
    Many,
    /// `other`.
    Other,
}

#[allow(clippy::all, reason = "written by the build, for the compiler only")]
mod strings {
    use super::{Lang, Plural, number, plural};

    include!(concat!(env!("OUT_DIR"), "/strings.rs"));
}

#[cfg(test)]
mod tests {
    use super::{Lang, greeting, searched};

    #[test]
    fn tags() {
        for (tag, lang) in [
            (Some("ko"), Lang::Ko),
            (Some("ko-KR"), Lang::Ko),
            (Some("KO_kr"), Lang::Ko),
            (Some("en-GB"), Lang::En),
            (Some("fr"), Lang::En),
            (Some(""), Lang::En),
            (None, Lang::En),
        ] {
            assert_eq!(Lang::of(tag), lang, "{tag:?}");
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
