//! The manifest, read by the browser's own JSON: a parser in the module would be a tenth of what it takes to download it.

use std::collections::BTreeMap;

use answer_engine::bundle::{File, LanguageEntry, Manifest};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const MALFORMED: &str = "manifest.json cannot be read: is this the address of a bundle that kb-indexer built?";

/// Reads a manifest; where it cannot be used, says why.
pub(crate) fn parse(bytes: &[u8]) -> Result<Manifest, String> {
    let text = std::str::from_utf8(bytes).ok();
    let manifest = text.and_then(|text| JSON::parse(text).ok()).ok_or(MALFORMED)?;
    // The format first: another one may have another shape.
    let format = number(&manifest, "format").ok_or(MALFORMED)?;
    Manifest::check_format(format).map_err(|error| error.to_string())?;
    let read = || Some(Manifest { format, default: text_of(&manifest, "default")?, languages: languages(&manifest)? });
    read().ok_or_else(|| MALFORMED.to_owned())
}

fn languages(manifest: &JsValue) -> Option<BTreeMap<String, LanguageEntry>> {
    let languages: Object = get(manifest, "languages")?.dyn_into().ok()?;
    let of = |tag: JsValue| {
        let tag = tag.as_string()?;
        let entry = get(&languages, &tag)?;
        let articles = number(&entry, "articles")? as usize;
        let head = files(&get(&entry, "head")?)?;
        let words = match get(&entry, "words") {
            Some(words) => files(&words)?,
            None => Vec::new(),
        };
        Some((tag, LanguageEntry { articles, head, words }))
    };
    Object::keys(&languages).iter().map(of).collect()
}

fn files(list: &JsValue) -> Option<Vec<File>> {
    let file = |file: JsValue| {
        let bytes = u64::from(number(&file, "bytes")?);
        Some(File { path: text_of(&file, "path")?, bytes, sha256: text_of(&file, "sha256")? })
    };
    list.dyn_ref::<Array>()?.iter().map(file).collect()
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
        assert_eq!((manifest.default.as_str(), manifest.format), ("en", 1));
        let english = &manifest.languages["en"];
        let head = File { path: "index/a.head".to_owned(), bytes: 70_000, sha256: "ab".to_owned() };
        assert_eq!((english.articles, &english.head, english.words.len()), (3, &vec![head], 0));
        assert_eq!(manifest.languages["ko"].words[0].path, "b");
        check(&right.replace("\"format\":1", "\"format\":2"), Err("of format 2, this build reads format 1"));
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
