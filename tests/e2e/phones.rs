//! On phones: nothing is hidden by the keyboard, nothing zooms, and "back" leaves the panel, not the page.

use anyhow::{Context, ensure};
use serde_json::json;
use system_tests::{
    visit::{Visit, story},
    words::EN,
};

/// Widths and heights of screens, in CSS pixels: from the smallest phones to a folded-out one and a small tablet.
const SCREENS: [(u32, u32); 12] = [
    (320, 568),
    (344, 882),
    (360, 640),
    (360, 780),
    (375, 667),
    (384, 854),
    (390, 844),
    (393, 852),
    (412, 915),
    (430, 932),
    (600, 960),
    (638, 700),
];
/// The share of a screen's height that a keyboard leaves.
const LEFT: f64 = 0.55;

/// What is wrong with the panel where only so much of the height is to be seen.
const LOOK: &str = "((seen) => {
    const root = document.querySelector('porchlight-help').shadowRoot;
    const box = (selector) => root.querySelector(selector).getBoundingClientRect();
    const [head, area, scroller] = ['.head', 'textarea', '.talk'].map(box);
    const last = box('.log > :last-child');
    const wrong = [];
    if (head.top < -1 || head.bottom > seen + 1) wrong.push(`header at ${head.top} to ${head.bottom}`);
    if (area.top < head.bottom - 1 || area.bottom > seen + 1) wrong.push(`box at ${area.top} to ${area.bottom}`);
    const shown = Math.min(last.bottom, scroller.bottom, seen) - Math.max(last.top, scroller.top);
    if (shown < 24) wrong.push(`${shown} px of the last message`);
    if (parseFloat(getComputedStyle(root.querySelector('textarea')).fontSize) < 16) wrong.push('letters so small that iOS zooms');
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page scrolls sideways');
    if (visualViewport.scale !== 1) wrong.push(`zoomed by ${visualViewport.scale}`);
    const small = [...root.querySelectorAll('.panel button, .panel select')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5 && !one.matches('.linked'));
    if (small.length) wrong.push(`${small.length} targets below 44 px: ${small[0].className} ${small[0].textContent}`);
    return wrong.join('; ');
})";

async fn screen(visit: &Visit, width: u32, height: u32) -> anyhow::Result<()> {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
    visit.browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
}

/// A keyboard comes up, or goes: it covers the page without resizing it.
async fn keyboard(visit: &Visit, seen: Option<f64>) -> anyhow::Result<()> {
    let height = match seen {
        Some(height) => {
            format!("Object.defineProperty(visualViewport, 'height', {{ configurable: true, get: () => {height} }})")
        }
        None => "delete visualViewport.height".into(),
    };
    visit.browser.eval(&format!("{height}; visualViewport.dispatchEvent(new Event('resize')); 1")).await.map(drop)
}

async fn look(visit: &Visit, seen: f64, when: &str) -> anyhow::Result<()> {
    let look = format!("{LOOK}({seen}) === ''");
    if visit.browser.until(&look).await.is_err() {
        let wrong = visit.browser.eval(&format!("{LOOK}({seen})")).await?;
        anyhow::bail!("{when}: {wrong}");
    }
    Ok(())
}

async fn phone(visit: &Visit, width: u32, height: u32) -> anyhow::Result<()> {
    let browser = &visit.browser;
    screen(visit, width, height).await?;
    visit.arrive().await?;
    for (number, question) in [EN.answered, EN.other].into_iter().enumerate() {
        // On phones Enter begins a new line.
        visit.text_box().await?.focus().await?;
        browser.cdp("Input.insertText", json!({ "text": question })).await?;
        visit.bubble().find("button", EN.ask).await?.click().await?;
        visit.reply(2 * number).await?;
    }
    look(visit, height.into(), "upright").await?;
    let seen = (f64::from(height) * LEFT).floor();
    keyboard(visit, Some(seen)).await?;
    look(visit, seen, "with the keyboard up").await?;
    keyboard(visit, None).await?;
    look(visit, height.into(), "with the keyboard down again").await?;
    screen(visit, width, height / 2).await?;
    look(visit, (height / 2).into(), "on half of the screen").await?;
    screen(visit, height, width).await?;
    look(visit, width.into(), "on its side").await?;
    screen(visit, width, height).await?;
    look(visit, height.into(), "upright again").await?;
    let address = browser.address().await?;
    browser.eval("history.back(); 1").await?;
    visit.bubble().gone("dialog", EN.help).await.context("back does not close the panel")?;
    ensure!(browser.address().await? == address, "back has left the page");
    // Closed by its button, it leaves no entry behind.
    visit.open().await?;
    let entries = browser.eval("history.length").await?;
    visit.bubble().find("button", EN.close).await?.click().await?;
    visit.bubble().gone("dialog", EN.help).await?;
    visit.open().await?;
    ensure!(browser.eval("history.length").await? == entries, "each opening adds to the history");
    browser.eval("localStorage.clear(); 1").await.map(drop)
}

#[tokio::test]
async fn all_can_be_seen_on_phones() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
        let mut faults = Vec::new();
        for (width, height) in SCREENS {
            if let Err(error) = phone(visit, width, height).await {
                faults.push(format!("{width} x {height}: {error:#}"));
            }
        }
        ensure!(faults.is_empty(), "{}", faults.join("\n"));
        Ok(())
    })
    .await
}
