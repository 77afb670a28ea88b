//! What the chat says, in the visitor's language.
//!
//! `en.ftl` and `ko.ftl` become one function a message at build time; plurals are chosen by the browser's own `Intl`.

mod words;

pub(crate) use crate::text::{strings::*, words::*};
pub(crate) use ::strings::{Lang, autonym};

#[allow(clippy::all, reason = "written by the build, for the compiler only")]
mod strings {
    use ::strings::{Lang, Plural, number, plural};

    include!(concat!(env!("OUT_DIR"), "/strings.rs"));
}
