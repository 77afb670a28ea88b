//! axe-core over a page and its open shadow roots, or over a frame.

use std::fmt::Write as _;

use anyhow::Context;
use serde_json::{Value, json};

use crate::{browser::Browser, bubble::Element, programs};

/// WCAG 2.0 to 2.2, levels A and AA.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/// Puts axe-core into the page that is shown.
///
/// # Errors
/// Where it cannot be read or run.
pub async fn inject(browser: &Browser) -> anyhow::Result<()> {
    let path = programs::axe()?;
    let script = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    browser.eval(&format!("{script}\n;undefined")).await.map(drop)
}

/// Puts axe-core into the document of an element, such as one in a frame.
///
/// # Errors
/// Where it cannot be read or run.
pub async fn inject_beside(element: &Element<'_>) -> anyhow::Result<()> {
    let path = programs::axe()?;
    let script = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    element.call(&format!("function() {{ {script}\n }}")).await.map(drop)
}

/// What axe-core finds wrong with the page as it is now, for a person to read; empty where it finds nothing.
///
/// # Errors
/// Where it cannot run.
pub async fn violations(browser: &Browser) -> anyhow::Result<String> {
    let expression = format!("axe.run(document, {}).then((result) => result.violations)", options());
    told(&browser.eval(&expression).await?)
}

/// The same for the document of an element.
///
/// # Errors
/// Where it cannot run.
pub async fn violations_beside(element: &Element<'_>) -> anyhow::Result<String> {
    let run = "axe.run(this.ownerDocument, OPTIONS).then((result) => result.violations)".replace("OPTIONS", &options());
    told(&element.call(&format!("function() {{ return {run} }}")).await?)
}

/// What is off by default is switched on.
fn options() -> String {
    json!({
        "runOnly": { "type": "tag", "values": TAGS },
        "rules": { "target-size": { "enabled": true } },
        "resultTypes": ["violations"],
    })
    .to_string()
}

fn told(found: &Value) -> anyhow::Result<String> {
    let found = found.as_array().context("axe-core gave no list")?;
    Ok(found.iter().map(describe).collect())
}

fn describe(violation: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut out =
        format!("    {} ({}): {}\n", text(&violation["id"]), text(&violation["impact"]), text(&violation["help"]));
    for node in violation["nodes"].as_array().into_iter().flatten() {
        let why = text(&node["failureSummary"]);
        let why = why.lines().skip(1).map(str::trim).collect::<Vec<_>>().join(" | ");
        let html: String = text(&node["html"]).chars().take(160).collect();
        let _ = writeln!(out, "      at {}\n        {html}\n        {why}", node["target"]);
    }
    out
}
