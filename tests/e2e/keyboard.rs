//! Everything without a mouse.

use anyhow::ensure;
use system_tests::{
    keys::{self, Focused, focused, press, tab_to},
    visit::{Visit, story},
    wait,
    words::{EN, KO, Words},
};

/// This has the focus, as soon as it does.
async fn has_focus(visit: &Visit, role: &str, name: &str) -> anyhow::Result<()> {
    let mut last = None;
    let reached = wait::until(&format!("the focus on {role} “{name}”"), async || {
        let here = focused(&visit.browser).await?;
        let right = here.role == role && here.name == name;
        last = Some(here);
        Ok(right.then_some(()))
    })
    .await;
    reached.map_err(|error| error.context(format!("the focus is on {last:?}")))
}

#[tokio::test]
async fn escape_closes_and_gives_the_focus_back() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        has_focus(visit, "textbox", EN.ask_label).await?;
        press(&visit.browser, "Escape").await?;
        visit.bubble().gone("dialog", EN.help).await?;
        has_focus(visit, "button", EN.help).await?;
        // Opened by the page's own link, the link gets it back.
        visit.browser.eval("document.querySelector('nav a[data-porchlight]').focus()").await?;
        press(&visit.browser, "Enter").await?;
        visit.panel().await?;
        has_focus(visit, "textbox", EN.ask_label).await?;
        press(&visit.browser, "Escape").await?;
        visit.bubble().gone("dialog", EN.help).await?;
        has_focus(visit, "link", "Help").await?;
        ensure!(visit.browser.address().await?.ends_with("/"), "the link was followed");
        Ok(())
    })
    .await
}

async fn whole_story(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        let browser = &visit.browser;
        visit.go(words.home).await?;
        tab_to(browser, "Tab", "button", words.help).await?;
        press(browser, "Enter").await?;
        visit.panel().await?;
        has_focus(visit, "textbox", words.ask_label).await?;
        visit.ready().await?;
        keys::write(browser, words.answered).await?;
        press(browser, "Enter").await?;
        visit.reply(0).await?;
        assert_eq!(visit.own().await?, [words.answered]);
        has_focus(visit, "textbox", words.ask_label).await?;

        tab_to(browser, "Shift+Tab", "button", words.read).await?;
        press(browser, "Enter").await?;
        visit.bubble().find("button", words.back).await?;
        // Its heading or the view named by it: the article is what is read next.
        wait::until("the focus on the article", async || {
            let here = focused(browser).await?;
            Ok((matches!(here.role.as_str(), "heading" | "region") && here.name == words.title).then_some(()))
        })
        .await?;
        tab_to(browser, "Shift+Tab", "button", words.back).await?;
        press(browser, "Enter").await?;
        has_focus(visit, "button", words.read).await?;

        tab_to(browser, "Tab", "button", words.helped).await?;
        press(browser, "Space").await?;
        wait::until("the vote", async || {
            let vote = visit.bubble().find("button", words.helped).await?.attribute("aria-pressed").await?;
            Ok((vote.as_deref() == Some("true")).then_some(()))
        })
        .await?;
        has_focus(visit, "button", words.helped).await?;
        tab_to(browser, "Tab", "button", words.person).await?;
        tab_to(browser, "Tab", "textbox", words.ask_label).await?;
        tab_to(browser, "Shift+Tab", "button", words.close).await?;
        press(browser, "Enter").await?;
        visit.bubble().gone("dialog", words.help).await?;
        has_focus(visit, "button", words.help).await?;
        let Focused { visible, .. } = focused(browser).await?;
        ensure!(visible, "the focus on the launcher cannot be seen");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whole_story_in_english() -> anyhow::Result<()> {
    whole_story(EN).await
}

#[tokio::test]
async fn whole_story_in_korean() -> anyhow::Result<()> {
    whole_story(KO).await
}

#[tokio::test]
async fn on_a_wide_page_the_panel_is_no_trap() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ready().await?;
        tab_to(&visit.browser, "Shift+Tab", "link", "All articles").await
    })
    .await
}

#[tokio::test]
async fn on_a_narrow_page_the_focus_stays_in_the_panel() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.browser.size(360, 740).await?;
        visit.arrive().await?;
        visit.ready().await?;
        for key in ["Tab", "Shift+Tab"] {
            for _ in 0..16 {
                press(&visit.browser, key).await?;
                let inside = visit.browser.eval("document.activeElement.localName").await?;
                ensure!(inside == "porchlight-help", "{key} leads behind the panel, to {inside}");
            }
        }
        press(&visit.browser, "Escape").await?;
        visit.bubble().gone("dialog", EN.help).await?;
        has_focus(visit, "button", EN.help).await
    })
    .await
}
