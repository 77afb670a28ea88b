//! What intents are made of, a file a language.

pub(super) mod en;
pub(super) mod ko;
