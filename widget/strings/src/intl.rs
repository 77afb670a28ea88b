//! Plurals and numbers of the faces' languages, and by the browser's `Intl` dates and names of languages. Native tests have
//! no browser; there these stand as they are.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

use crate::{Lang, Plural};

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    // js-sys has these too, but without `catch`: a tag that is no language throws.
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// What a language calls itself, such as `한국어`; its tag where the browser does not know.
pub fn autonym(tag: &str) -> String {
    match tag {
        // Not asked for: the browser takes milliseconds for its tables of names.
        "en" => "English".to_owned(),
        "ko" => "한국어".to_owned(),
        _ => language_name(tag, tag),
    }
}

/// What the language `tag` is called in the language `by`, such as `영어`; its tag where the browser does not know.
#[cfg(target_arch = "wasm32")]
pub fn language_name(tag: &str, by: &str) -> String {
    let options = js_sys::Object::new();
    // Fails only on sealed objects.
    let _ = js_sys::Reflect::set(&options, &"type".into(), &"language".into());
    let name = DisplayNames::new(by, &options).and_then(|names| names.of(tag)).ok().flatten();
    name.unwrap_or_else(|| tag.to_owned())
}

/// As in browsers, without one.
#[cfg(not(target_arch = "wasm32"))]
pub fn language_name(tag: &str, _: &str) -> String {
    tag.to_owned()
}

/// The plural category of a whole number. The faces' own languages are few and simple: the browser's `Intl`, which knows
/// all languages, would first read its tables, for longer than all else takes that a face draws.
pub fn plural(lang: Lang, n: u32) -> Plural {
    if lang == Lang::En && n == 1 { Plural::One } else { Plural::Other }
}

/// A whole number as the language writes it: English and Korean with a comma before each three digits.
pub fn number(_: Lang, n: u32) -> String {
    let mut text = if n < 1_000 { String::new() } else { number(Lang::En, n / 1_000) + "," };
    let part = n % 1_000;
    for unit in [100, 10, 1] {
        if part >= unit || !text.is_empty() || unit == 1 {
            text.push(char::from(b'0' + (part / unit % 10) as u8));
        }
    }
    text
}

/// A day such as `2026-11-21` as the language writes it; anything else as it stands.
#[cfg(target_arch = "wasm32")]
pub fn date(lang: Lang, day: &str) -> String {
    let date = js_sys::Date::new(&day.into());
    if date.get_time().is_nan() {
        return day.to_owned();
    }
    let options = js_sys::Object::new();
    for (key, value) in [("dateStyle", "long"), ("timeZone", "UTC")] {
        // Fails only on sealed objects.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    date.to_locale_date_string(lang.tag(), &options).into()
}

/// As in browsers, without one.
#[cfg(not(target_arch = "wasm32"))]
pub fn date(_: Lang, day: &str) -> String {
    day.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{number, plural};
    use crate::{Lang, Plural};

    #[test]
    fn numbers() {
        let check = |n, expected: &str| assert_eq!(number(Lang::En, n), expected);
        check(0, "0");
        check(7, "7");
        check(10, "10");
        check(999, "999");
        check(1_000, "1,000");
        check(12_034, "12,034");
        check(1_000_001, "1,000,001");
        check(u32::MAX, "4,294,967,295");
    }

    #[test]
    fn plurals() {
        assert_eq!([0, 1, 2, 11].map(|n| plural(Lang::En, n) == Plural::One), [false, true, false, false]);
        assert!(plural(Lang::Ko, 1) == Plural::Other);
    }
}
