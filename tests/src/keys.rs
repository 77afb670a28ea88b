//! A keyboard.

use anyhow::Context;
use serde_json::{Value, json};

use crate::browser::{self, Browser};

/// What has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focused {
    /// Its role.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Whether one sees that it has the focus.
    pub visible: bool,
}

/// Presses a key: `Enter`, `Escape`, `Tab`, `Shift+Tab`, `Space`, `Delete`, `ArrowDown`.
///
/// # Errors
/// Where the browser refuses it.
pub async fn press(browser: &Browser, key: &str) -> anyhow::Result<()> {
    let (name, modifiers) = match key.strip_prefix("Shift+") {
        Some(name) => (name, 8),
        None => (key, 0),
    };
    let (key, code, number, text) = match name {
        "Enter" => ("Enter", "Enter", 13, "\r"),
        "Escape" => ("Escape", "Escape", 27, ""),
        "Tab" => ("Tab", "Tab", 9, ""),
        "Space" => (" ", "Space", 32, " "),
        "ArrowDown" => ("ArrowDown", "ArrowDown", 40, ""),
        "Delete" => ("Delete", "Delete", 46, ""),
        other => anyhow::bail!("this keyboard has no {other}"),
    };
    let mut event = json!({
        "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" },
        "key": key, "code": code, "windowsVirtualKeyCode": number, "nativeVirtualKeyCode": number,
        "modifiers": modifiers,
    });
    if !text.is_empty() {
        event["text"] = text.into();
    }
    browser.cdp("Input.dispatchKeyEvent", event.clone()).await?;
    event["type"] = "keyUp".into();
    browser.cdp("Input.dispatchKeyEvent", event).await.map(drop)
}

/// Types text key by key.
///
/// # Errors
/// Where the browser refuses it.
pub async fn write(browser: &Browser, text: &str) -> anyhow::Result<()> {
    for char in text.chars() {
        let mut event = json!({ "type": "keyDown", "key": char, "text": char });
        browser.cdp("Input.dispatchKeyEvent", event.clone()).await?;
        event["type"] = "keyUp".into();
        browser.cdp("Input.dispatchKeyEvent", event).await?;
    }
    Ok(())
}

/// What has the focus now, inside shadow roots too.
///
/// # Errors
/// Where the browser does not say.
pub async fn focused(browser: &Browser) -> anyhow::Result<Focused> {
    const DEEPEST: &str = "(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at;
    })()";
    const VISIBLE: &str = "function() {
        const style = getComputedStyle(this);
        const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1)
            || style.boxShadow !== 'none' || this.matches('textarea, body');
        const box = this.getBoundingClientRect();
        const seen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
        return ring && seen;
    }";
    let found = browser.cdp("Runtime.evaluate", json!({ "expression": DEEPEST })).await?;
    browser::outcome(&found)?;
    let object = found["result"]["objectId"].as_str().context("nothing has the focus")?;
    let call = json!({ "objectId": object, "functionDeclaration": VISIBLE, "returnByValue": true });
    let visible = browser.cdp("Runtime.callFunctionOn", call).await?;
    browser::outcome(&visible)?;
    let tree = json!({ "objectId": object, "fetchRelatives": false });
    let tree = browser.cdp("Accessibility.getPartialAXTree", tree).await?;
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
    let node = &tree["nodes"][0];
    Ok(Focused { role: text(&node["role"]), name: text(&node["name"]), visible: visible["result"]["value"] == true })
}

/// Presses `key` (`Tab` or `Shift+Tab`) until this has the focus; all that had it on the way was seen to have it.
///
/// # Errors
/// Where it is not reached, or the focus cannot be seen somewhere on the way.
pub async fn tab_to(browser: &Browser, key: &str, role: &str, name: &str) -> anyhow::Result<()> {
    const MOST: usize = 80;
    let mut way = Vec::new();
    for _ in 0..MOST {
        press(browser, key).await?;
        let here = focused(browser).await?;
        anyhow::ensure!(
            here.visible || here.role == "RootWebArea",
            "the focus cannot be seen on {} “{}”",
            here.role,
            here.name
        );
        if here.role == role && here.name == name {
            return Ok(());
        }
        way.push(format!("{} “{}”", here.role, here.name));
    }
    anyhow::bail!("{key} does not lead to {role} “{name}”; the way was {}", way.join(", "))
}
