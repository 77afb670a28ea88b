//! An owner sets one colour, whatever it is: text on it and what is made of it can be seen.

use anyhow::ensure;
use system_tests::{
    browser::Browser,
    visit::{Visit, story},
    words::EN,
};

/// How many colours are tried.
const COLOURS: u32 = 1000;

/// Sets colours one after the other and gives what has too little contrast: text 4.5, edges and focus 3.
const LOOK: &str = r"(async (count) => {
    const root = document.querySelector('porchlight-help').shadowRoot;
    const [launcher, panel, ask, own] = ['.launcher', '.panel', '.composer .ask', '.log .own > *'].map((one) => root.querySelector(one));
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const light = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
        return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    };
    const contrast = (one, other) => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    let seed = 20261126;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const bad = [];
    let least = 21;
    for (let number = 0; number < count; number += 1) {
        const colour = '#' + [0, 0, 0].map(() => Math.floor(random() * 256).toString(16).padStart(2, '0')).join('');
        document.documentElement.style.setProperty('--porchlight-accent', colour);
        const ground = getComputedStyle(panel).backgroundColor;
        const [button, start, mine] = [ask, launcher, own].map((element) => getComputedStyle(element));
        const seen = [
            ['text of Ask', contrast(button.color, button.backgroundColor), 4.5],
            ['icon of the launcher', contrast(start.color, start.backgroundColor), 4.5],
            ['own words', contrast(mine.color, mine.backgroundColor), 4.5],
            ['edge of Ask', Math.max(contrast(button.borderColor, ground), contrast(button.backgroundColor, ground)), 3],
            ['focus', contrast(button.outlineColor, ground), 3],
        ];
        for (const [what, has, due] of seen) {
            least = Math.min(least, has / due);
            if (!(has >= due)) bad.push(`${colour}: ${what} ${has.toFixed(2)}`);
        }
    }
    document.documentElement.style.removeProperty('--porchlight-accent');
    return [least, bad];
})";

async fn check(visit: &Visit, theme: &str) -> anyhow::Result<()> {
    visit.browser.media(theme).await?;
    let seen = visit.browser.eval(&format!("{LOOK}({COLOURS})")).await?;
    ensure!(seen[1].as_array().is_some_and(Vec::is_empty), "{theme}: {}", seen[1]);
    Ok(())
}

#[tokio::test]
async fn any_colour_can_be_read() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        let browser: &Browser = &visit.browser;
        // The ring is there only where it is seen.
        visit.text_box().await?.focus().await?;
        system_tests::keys::tab_to(browser, "Tab", "button", EN.ask).await?;
        check(visit, "light").await?;
        check(visit, "dark").await
    })
    .await
}
