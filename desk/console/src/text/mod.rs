//! What the console says, in the agent's language.
//!
//! `en.ftl` and `ko.ftl` become one function a message at build time; plurals are chosen by the browser's own `Intl`.

pub(crate) use crate::text::strings::*;
pub(crate) use ::strings::{Lang, autonym};

#[allow(clippy::all, reason = "written by the build, for the compiler only")]
mod strings {
    use ::strings::{Lang, Plural, number, plural};

    include!(concat!(env!("OUT_DIR"), "/strings.rs"));
}

#[cfg(test)]
mod tests {
    use super::{Lang, removed, reply, waiting_now};

    #[test]
    fn strings() {
        assert_eq!(reply(Lang::En), "Reply");
        assert_eq!(reply(Lang::Ko), "답장");
        assert_eq!(waiting_now(Lang::En, 0), "nobody waits");
        assert_eq!(removed(Lang::En, 1), "The visitor removed one line before sending.");
        assert_eq!(removed(Lang::Ko, 3), "방문자가 보내기 전에 3줄을 지웠어요.");
    }
}
