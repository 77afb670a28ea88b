//! The panel's looks: constructable sheets, which no `style-src` policy forbids.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, ShadowRoot};

use crate::setup::get;

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/panel.css"));

/// Adds the panel's sheet to a shadow root, once.
///
/// # Errors
/// Where the browser has no constructable sheets.
pub(crate) fn adopt(root: &ShadowRoot) -> Result<(), JsValue> {
    const MARK: &str = "porchlightPanel";
    // web-sys knows no `adoptedStyleSheets` yet.
    let sheets: js_sys::Array = get(root, "adoptedStyleSheets").dyn_into()?;
    if sheets.iter().any(|sheet| get(&sheet, MARK).is_truthy()) {
        return Ok(());
    }
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLE)?;
    js_sys::Reflect::set(&sheet, &MARK.into(), &JsValue::TRUE)?;
    let all = sheets.concat(&js_sys::Array::of1(&sheet));
    js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &all)?;
    Ok(())
}

#[cfg(test)]
#[path = "../css/shorten.rs"]
mod shorten;
