//! Plurals, numbers and dates by the browser's `Intl`. Native tests have no browser; there the rules are English.

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
    language_name(tag, tag)
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

/// The plural category of a whole number.
#[cfg(target_arch = "wasm32")]
pub fn plural(lang: Lang, n: u32) -> Plural {
    let locales = js_sys::Array::of1(&lang.tag().into());
    let rules = js_sys::Intl::PluralRules::new(&locales, &js_sys::Object::new());
    let category = String::from(rules.select(n.into()));
    match category.as_str() {
        "zero" => Plural::Zero,
        "one" => Plural::One,
        "two" => Plural::Two,
        "few" => Plural::Few,
        "many" => Plural::Many,
        _ => Plural::Other,
    }
}

/// As in browsers, without one.
#[cfg(not(target_arch = "wasm32"))]
pub fn plural(lang: Lang, n: u32) -> Plural {
    if lang == Lang::En && n == 1 { Plural::One } else { Plural::Other }
}

/// A whole number as the language writes it.
#[cfg(target_arch = "wasm32")]
pub fn number(lang: Lang, n: u32) -> String {
    js_sys::Number::from(n).to_locale_string(lang.tag()).into()
}

/// As in browsers, without one.
#[cfg(not(target_arch = "wasm32"))]
pub fn number(_: Lang, n: u32) -> String {
    n.to_string()
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
