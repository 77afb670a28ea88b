//! Snowball stemmers, by language.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// The build does not carry a stemmer that an index was made with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this build has no `{0}` stemmer: build the widget with `cargo xtask web --languages all`")]
pub struct UnknownStemmer(pub String);

/// A stemmer, or none.
#[derive(Clone)]
pub(super) struct Stem(Option<Stemmer>);

impl std::fmt::Debug for Stem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stem").field(&self.0.map(|stemmer| stemmer.algorithm().name())).finish()
    }
}

/// Language (primary subtag) to Snowball algorithm.
const ALGORITHMS: [(&str, &str); 33] = [
    ("ar", "arabic"),
    ("ca", "catalan"),
    ("cs", "czech"),
    ("da", "danish"),
    ("de", "german"),
    ("el", "greek"),
    ("en", "english"),
    ("eo", "esperanto"),
    ("es", "spanish"),
    ("et", "estonian"),
    ("eu", "basque"),
    ("fa", "persian"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("ga", "irish"),
    ("hi", "hindi"),
    ("hu", "hungarian"),
    ("hy", "armenian"),
    ("id", "indonesian"),
    ("it", "italian"),
    ("lt", "lithuanian"),
    ("nb", "norwegian"),
    ("ne", "nepali"),
    ("nl", "dutch"),
    ("no", "norwegian"),
    ("pl", "polish"),
    ("pt", "portuguese"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sv", "swedish"),
    ("ta", "tamil"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
];

/// The algorithm for a BCP 47 tag. Korean and the scripts without spaces keep English for the Latin words among them.
pub(super) fn algorithm_for(lang: &str) -> Option<&'static str> {
    let primary = lang.split(['-', '_']).next().unwrap_or_default();
    if matches!(primary, "ko" | "ja" | "zh" | "th") {
        return Some("english");
    }
    ALGORITHMS.iter().find(|(tag, _)| *tag == primary).map(|(_, name)| *name)
}

/// The algorithm of a name: the only one where there is one, for the list of all names is more than a kilobyte.
fn algorithm(name: &str) -> Option<Algorithm> {
    #[cfg(any(test, feature = "all-languages"))]
    return Algorithm::from_name(name).ok();
    #[cfg(all(feature = "english", not(any(test, feature = "all-languages"))))]
    return (name == "english").then_some(Algorithm::English);
    #[cfg(not(any(test, feature = "all-languages", feature = "english")))]
    return None;
}

impl Stem {
    pub(super) fn new(name: Option<&str>) -> Result<Self, UnknownStemmer> {
        let stemmer = name
            .map(|name| algorithm(name).ok_or_else(|| UnknownStemmer(name.to_owned())))
            .transpose()?
            .map(Stemmer::new);
        Ok(Self(stemmer))
    }

    /// Name of the algorithm.
    pub(super) fn name(&self) -> Option<&'static str> {
        self.0.as_ref().map(|stemmer| stemmer.algorithm().name())
    }

    pub(super) fn apply<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match &self.0 {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        }
    }
}
