//! The manifest, read by the browser's own JSON: a parser in the module would be a tenth of what it takes to download it.

use answer_engine::bundle::FORMAT;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const MALFORMED: &str = "manifest.json cannot be read: is this the address of a bundle that kb-indexer built?";

/// What the worker needs of a manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// The default language.
    pub(crate) default: String,
    /// By tag.
    languages: Vec<Language>,
}

/// The files of a language.
#[derive(Debug)]
pub(crate) struct Language {
    tag: String,
    /// What is to be loaded before the first answer.
    pub(crate) head: Vec<File>,
    /// What answers get better by.
    pub(crate) words: Vec<File>,
}

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Path relative to the bundle's root.
    pub(crate) path: String,
    /// Its SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
}

impl Manifest {
    /// The tags of the languages, sorted.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| language.tag.as_str())
    }

    /// A language by its tag.
    pub(crate) fn language(&self, tag: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.tag == tag)
    }
}

/// Reads a manifest; where it cannot be used, says why.
pub(crate) fn parse(bytes: &[u8]) -> Result<Manifest, String> {
    let text = std::str::from_utf8(bytes).ok();
    let manifest = text.and_then(|text| JSON::parse(text).ok()).ok_or(MALFORMED)?;
    // The format first: another one may have another shape.
    if number(&manifest, "format").ok_or(MALFORMED)? != FORMAT {
        return Err(
            "the bundle is of another format than this build reads: build both with the same version".to_owned()
        );
    }
    let read = || Some(Manifest { default: text_of(&manifest, "default")?, languages: languages(&manifest)? });
    read().ok_or_else(|| MALFORMED.to_owned())
}

fn languages(manifest: &JsValue) -> Option<Vec<Language>> {
    let all: Object = get(manifest, "languages")?.dyn_into().ok()?;
    let mut languages = Vec::new();
    for tag in Object::keys(&all).iter() {
        let tag = tag.as_string()?;
        let entry = get(&all, &tag)?;
        let words = match get(&entry, "words") {
            Some(words) => files(&words)?,
            None => Vec::new(),
        };
        languages.push(Language { tag, head: files(&get(&entry, "head")?)?, words });
    }
    languages.sort_unstable_by(|a, b| a.tag.cmp(&b.tag));
    Some(languages)
}

fn files(list: &JsValue) -> Option<Vec<File>> {
    let mut files = Vec::new();
    for file in list.dyn_ref::<Array>()?.iter() {
        number(&file, "bytes")?;
        files.push(File { path: text_of(&file, "path")?, sha256: text_of(&file, "sha256")? });
    }
    Some(files)
}

/// A property that is there.
fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

fn text_of(object: &JsValue, name: &str) -> Option<String> {
    get(object, name)?.as_string()
}

/// A whole number of 32 bits: neither format nor sizes are larger.
fn number(object: &JsValue, name: &str) -> Option<u32> {
    let number = get(object, name)?.as_f64()?;
    // What this cuts is not equal any more.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = number as u32;
    (f64::from(whole) == number).then_some(whole)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn check(text: &str, expected: Result<usize, &str>) {
        let read = parse(text.as_bytes()).map(|manifest| manifest.languages.len());
        match (&read, expected) {
            (Err(detail), Err(part)) => assert!(detail.contains(part), "{text}: {detail}"),
            _ => assert_eq!(read.ok(), expected.ok(), "{text}"),
        }
    }

    #[wasm_bindgen_test]
    fn manifests() {
        let right = r#"{"format":1,"default":"en","languages":{"en":{"articles":3,"head":[{"path":"index/a.head","bytes":70000,
            "sha256":"ab"}]},"ko":{"articles":0,"head":[],"words":[{"path":"b","bytes":1,"sha256":"c"}]}},"more":[]}"#;
        check(right, Ok(2));
        let manifest = parse(right.as_bytes()).unwrap();
        assert_eq!(manifest.default, "en");
        assert!(manifest.tags().eq(["en", "ko"]));
        let english = manifest.language("en").unwrap();
        let head = File { path: "index/a.head".to_owned(), sha256: "ab".to_owned() };
        assert_eq!((&english.head, english.words.len()), (&vec![head], 0));
        assert_eq!(manifest.language("ko").unwrap().words[0].path, "b");
        check(&right.replace("\"format\":1", "\"format\":2"), Err("of another format"));
        for (from, to) in
            [("70000", "-1"), ("70000", "1.5"), ("70000", "\"7\""), ("[]", "{}"), ("\"ab\"", "7"), ("1", "x")]
        {
            check(&right.replacen(from, to, 1), Err("cannot be read"));
        }
        for text in [
            "",
            "<!doctype html>",
            "null",
            "[]",
            "7",
            r#"{"format":1}"#,
            r#"{"format":1,"default":"en","languages":[3]}"#,
        ] {
            check(text, Err("cannot be read"));
        }
        assert!(parse(&[0xff]).is_err());
    }
}
