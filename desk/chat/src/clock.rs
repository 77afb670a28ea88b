//! Times for people, by the browser's `Intl`. Native tests have no browser; there times are plain.

use crate::text::Lang;

/// Time of day, such as `14:03`.
pub(crate) fn time(lang: Lang, at_ms: u64) -> String {
    format(lang, at_ms, &[("timeStyle", "short")])
}

/// Day and time.
pub(crate) fn moment(lang: Lang, at_ms: u64) -> String {
    format(lang, at_ms, &[("dateStyle", "long"), ("timeStyle", "short")])
}

/// For programs, such as `2026-11-21T14:03:00.000Z`; nothing where there is no such date.
#[cfg(target_arch = "wasm32")]
pub(crate) fn iso(at_ms: u64) -> Option<String> {
    let date = js_sys::Date::new(&(at_ms as f64).into());
    // Converting what is no date throws.
    (!date.get_time().is_nan()).then(|| date.to_iso_string().into())
}

/// As in browsers, without one.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn iso(at_ms: u64) -> Option<String> {
    Some(at_ms.to_string())
}

#[cfg(target_arch = "wasm32")]
fn format(lang: Lang, at_ms: u64, styles: &[(&str, &str)]) -> String {
    let options = js_sys::Object::new();
    for (key, value) in styles {
        // Fails only on sealed objects.
        let _ = js_sys::Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    js_sys::Date::new(&(at_ms as f64).into()).to_locale_string(lang.tag(), &options).into()
}

#[cfg(not(target_arch = "wasm32"))]
fn format(_: Lang, at_ms: u64, _: &[(&str, &str)]) -> String {
    at_ms.to_string()
}
