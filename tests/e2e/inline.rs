//! The panel as a part of a page, beside the bubble.

use anyhow::ensure;
use serde_json::json;
use system_tests::{
    keys::press,
    visit::{Visit, story},
    words::{EN, KO, Words},
};

/// Puts an element with the panel into the page's own text.
const PLACE: &str = "{
    const inline = document.createElement('porchlight-help');
    for (const [name, value] of Object.entries({ inline: '', kb: '/kb/', contact: 'mailto:help@porchlight.example' })) inline.setAttribute(name, value);
    document.querySelector('main').append(inline);
}";
const ROOT: &str = "document.querySelector('main porchlight-help').shadowRoot";

async fn ask(visit: &Visit, question: &str, entries: usize) -> anyhow::Result<()> {
    visit.browser.until(&format!("{ROOT}.querySelector('textarea')?.checkVisibility()")).await?;
    visit.browser.eval(&format!("{ROOT}.querySelector('textarea').focus()")).await?;
    visit.browser.cdp("Input.insertText", json!({ "text": question })).await?;
    press(&visit.browser, "Enter").await?;
    visit.browser.until(&format!("{ROOT}.querySelectorAll('.log > .entry').length === {entries}")).await
}

async fn check(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        let browser = &visit.browser;
        for (width, height) in [(1280, 900), (360, 740)] {
            browser.size(width, height).await?;
            visit.go(&format!("{}privacy/", words.home)).await?;
            browser.eval("localStorage.clear()").await?;
            visit.bubble().find("button", words.help).await?;
            browser.eval(PLACE).await?;
            ask(visit, words.answered, 2).await?;
            // It is as wide as the text, in its place, and stays there.
            let [inside, panel] = ["main", "panel"].map(|which| {
                let node = if which == "main" { "document.querySelector('main').lastChild".to_owned() } else { format!("{ROOT}.querySelector('.panel')") };
                format!("{node}.getBoundingClientRect()")
            });
            let fits = browser.eval(&format!("{panel}.width > 300 && {panel}.right <= innerWidth && {panel}.top === {inside}.top")).await?;
            ensure!(fits == true, "at {width} px the panel does not stand in the text");
            press(browser, "Escape").await?;
            browser.until(&format!("{ROOT}.querySelector('.panel').checkVisibility()")).await?;
            let closes = browser.eval(&format!("{ROOT}.querySelector('.head .icon:last-child').checkVisibility()")).await?;
            ensure!(closes == false, "what is a part of the page can be closed");
            let told = browser.eval("[localStorage.getItem('porchlight.open'), history.length]").await?;
            ensure!(told[0].is_null(), "the next page would open its bubble: {told}");
            // The bubble beside it opens and closes by itself, and is what the page's script speaks to.
            browser.eval("porchlight.open(); 1").await?;
            browser.until("document.querySelector('html > porchlight-help').shadowRoot.querySelector('.panel:not([hidden])') !== null").await?;
            browser.eval("porchlight.close(); 1").await?;
            browser.until("document.querySelector('html > porchlight-help').shadowRoot.querySelector('.panel[hidden]') !== null").await?;
            ensure!(browser.eval(&format!("{ROOT}.querySelector('.panel').checkVisibility()")).await? == true, "it closed with the bubble");
            browser.eval("porchlight.destroy(); 1").await?;
            browser.until("document.querySelector('porchlight-help') === null").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn beside_the_bubble_in_english() -> anyhow::Result<()> {
    check(EN).await
}

#[tokio::test]
async fn beside_the_bubble_in_korean() -> anyhow::Result<()> {
    check(KO).await
}
