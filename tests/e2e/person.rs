//! A person is at most two actions away in every state.

use anyhow::ensure;
use system_tests::{
    kb,
    visit::{Visit, story},
    words::{EN, KO, Words},
};

const CONTACT: &str = "mailto:help@porchlight.example";

/// The row is there to be pressed and has the owner's address.
async fn check(visit: &Visit, state: &str) -> anyhow::Result<()> {
    let row = visit.bubble().find("button", visit.words.person).await?;
    let leads_to = row.property("href").await?;
    ensure!(leads_to == CONTACT, "{state}: the row leads to {leads_to}");
    const TO_BE_SEEN: &str = "function() {
        const box = this.getBoundingClientRect();
        const there = this.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return box.top >= 0 && box.bottom <= innerHeight && this.contains(there);
    }";
    ensure!(row.call(TO_BE_SEEN).await? == true, "{state}: the row cannot be seen");
    Ok(())
}

async fn everywhere(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        let bubble = visit.bubble();
        for (width, height) in [(1280, 900), (360, 640), (568, 320)] {
            visit.browser.size(width, height).await?;
            let at = |state: &str| format!("{state} at {width} x {height}");
            visit.go(words.home).await?;
            if bubble.all("dialog", Some(words.help)).await?.is_empty() {
                visit.browser.eval("localStorage.clear()").await?;
                visit.go(words.home).await?;
                visit.open().await?;
            }
            visit.ready().await?;
            check(visit, &at("greeting")).await?;
            visit.ask(words.answered).await?;
            check(visit, &at("answer")).await?;
            visit.ask(&kb::ambiguous(&visit.site.kb(), words.tag)?.question).await?;
            check(visit, &at("choice")).await?;
            visit.ask(words.unanswered).await?;
            check(visit, &at("nothing found")).await?;
            let said = visit.ask(words.person_please).await?;
            ensure!(said.contains(words.wants_person), "a wish for a person is not understood: {said}");
            check(visit, &at("asked for a person")).await?;
            bubble.last("button", words.read).await?.click().await?;
            bubble.find("button", words.back).await?;
            check(visit, &at("article")).await?;
            bubble.find("button", words.browse).await?.click().await?;
            bubble.find("heading", words.browse).await?;
            check(visit, &at("list of articles")).await?;
            bubble.find("button", words.close).await?.click().await?;
            bubble.gone("dialog", words.help).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn in_every_state_in_english() -> anyhow::Result<()> {
    everywhere(EN).await
}

#[tokio::test]
async fn in_every_state_in_korean() -> anyhow::Result<()> {
    everywhere(KO).await
}

#[tokio::test]
async fn when_the_bundle_is_gone() -> anyhow::Result<()> {
    story(EN, &["404", "porchlight: "], async |visit| {
        std::fs::remove_file(visit.site.kb().join("manifest.json"))?;
        visit.arrive().await?;
        let said = visit.ask(EN.answered).await?;
        ensure!(said.contains("not available"), "{said}");
        check(visit, "no bundle").await
    })
    .await
}

#[tokio::test]
async fn when_the_panel_cannot_be_loaded() -> anyhow::Result<()> {
    story(EN, &["ERR_BLOCKED_BY_CLIENT", "Failed to fetch", "TypeError"], async |visit| {
        visit.browser.cdp("Network.enable", serde_json::json!({})).await?;
        visit.browser.cdp("Network.setBlockedURLs", serde_json::json!({ "urls": ["*.wasm"] })).await?;
        visit.go("/").await?;
        visit.bubble().find("button", EN.help).await?.click().await?;
        visit.bubble().find("button", "Try again").await?;
        let link = visit.bubble().find("link", EN.person).await?;
        assert_eq!(link.property("href").await?, CONTACT);
        // The network is back: the same button works.
        visit.browser.cdp("Network.setBlockedURLs", serde_json::json!({ "urls": [] })).await?;
        visit.bubble().find("button", "Try again").await?.click().await?;
        visit.panel().await?;
        visit.ask(EN.answered).await.map(drop)
    })
    .await
}
