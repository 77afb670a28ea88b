//! What a face says in the visitor's language: Fluent sources become Rust functions at build.
//!
//! A build script hands its `.ftl` files to `build`; each message becomes one function, so nothing of Fluent runs in the
//! browser, and a key that one language lacks is an error of the build. Dates and names of languages are the browser's
//! own `Intl`. The functions go into a module like this:
//!
//! ```ignore
//! mod strings {
//!     use strings::{Lang, Plural, number, plural};
//!     include!(concat!(env!("OUT_DIR"), "/strings.rs"));
//! }
//! ```

#[cfg(any(test, feature = "build"))]
mod compile;
mod intl;

#[cfg(feature = "build")]
pub use build::build;
pub use intl::{autonym, date, language_name, number, plural};

/// Languages that the faces themselves speak; articles may be in any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English, and whatever is not known.
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The language for a BCP 47 tag such as `ko-KR`.
    pub fn of(tag: Option<&str>) -> Self {
        match tag.map(primary) {
            Some(tag) if tag.eq_ignore_ascii_case("ko") => Self::Ko,
            _ => Self::En,
        }
    }

    /// BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }
}

/// The language subtag of a tag: `ko` of `ko-KR`.
pub fn primary(tag: &str) -> &str {
    before(tag, b"-_")
}

/// The beginning of a text up to the first of these ASCII characters. The standard library's splitting by characters
/// weighs several times as much in the browser.
#[inline(never)]
pub fn before<'t>(text: &'t str, ends: &[u8]) -> &'t str {
    let end = text.bytes().position(|byte| ends.contains(&byte)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Plural categories of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
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

#[cfg(feature = "build")]
mod build {
    #![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

    use std::{env, fs, path::Path};

    use crate::compile::{Source, compile};

    /// For build scripts: compiles Fluent files, each with its variant of [`crate::Lang`], the first being the one that
    /// the others are held against, to `OUT_DIR/strings.rs`. Tells cargo what to watch.
    ///
    /// # Errors
    /// Every problem with the file and what to do.
    pub fn build(files: &[(&str, &str)]) -> Result<(), Vec<String>> {
        let mut sources = Vec::new();
        for (variant, path) in files {
            println!("cargo::rerun-if-changed={path}");
            let text = fs::read_to_string(path)
                .map_err(|error| vec![format!("{path}: {error}: restore the file from version control")])?;
            sources.push(Source { variant, path, text });
        }
        let out = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("strings.rs");
        fs::write(&out, compile(&sources)?)
            .map_err(|error| vec![format!("{}: {error}: make the folder writable", out.display())])
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

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
}
