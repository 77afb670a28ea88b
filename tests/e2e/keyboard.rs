//! Everything without a mouse.

use anyhow::ensure;
use system_tests::{
    kb,
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

/// Presses `key` until this has the focus, and then Enter.
async fn go_to(visit: &Visit, key: &str, role: &str, name: &str) -> anyhow::Result<()> {
    tab_to(&visit.browser, key, role, name).await?;
    press(&visit.browser, "Enter").await
}

/// Presses `key` until an element of the panel has the focus that fits the selector.
async fn step_to(visit: &Visit, key: &str, selector: &str) -> anyhow::Result<()> {
    const MOST: usize = 40;
    let fits = format!("document.querySelector('porchlight-help').shadowRoot.activeElement?.matches('{selector}')");
    for _ in 0..MOST {
        press(&visit.browser, key).await?;
        if visit.browser.eval(&fits).await? == true {
            ensure!(focused(&visit.browser).await?.visible, "the focus on {selector} cannot be seen");
            return Ok(());
        }
    }
    anyhow::bail!("{key} does not lead to {selector}")
}

/// What the first story leaves out: suggestions, choices, what did not help, articles in articles, code, browsing, languages,
/// keeping and clearing.
#[tokio::test]
async fn every_other_task() -> anyhow::Result<()> {
    const COPIED: &str =
        "[...document.querySelector('porchlight-help').shadowRoot.querySelectorAll('.copy + [role=status]')]
        .some((says) => says.textContent === 'Copied.')";
    story(EN, &[], async |visit| {
        let (browser, bubble) = (&visit.browser, visit.bubble());
        let permissions = serde_json::json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        browser.cdp("Browser.grantPermissions", permissions).await?;
        visit.go("/").await?;
        go_to(visit, "Tab", "button", EN.help).await?;
        visit.panel().await?;
        has_focus(visit, "textbox", EN.ask_label).await?;
        visit.ready().await?;
        // A suggestion while one types leads to its article, and back to what was typed.
        keys::write(browser, "add the widget to my web").await?;
        bubble.find("list", "Suggestions").await?;
        go_to(visit, "Shift+Tab", "button", EN.title).await?;
        bubble.find("heading", EN.title).await?;
        // Contents, code and what is related, from the top to the bottom of the article.
        go_to(visit, "Tab", "link", "What do the attributes mean?").await?;
        has_focus(visit, "heading", "What do the attributes mean?").await?;
        go_to(visit, "Tab", "button", "Copy").await?;
        browser.until(COPIED).await?;
        go_to(visit, "Tab", "link", "Which browsers work").await?;
        bubble.find("heading", "Which browsers work").await?;
        go_to(visit, "Shift+Tab", "button", EN.back).await?;
        has_focus(visit, "link", "Which browsers work").await?;
        go_to(visit, "Shift+Tab", "button", EN.back).await?;
        has_focus(visit, "textbox", EN.ask_label).await?;
        press(browser, "Enter").await?;
        visit.reply(0).await?;
        // It did not help: the next best one.
        go_to(visit, "Shift+Tab", "button", EN.not_helped).await?;
        let picks = "[...document.querySelector('porchlight-help').shadowRoot.querySelectorAll('.log .next .pick')]";
        browser.until(&format!("{picks}.length > 0")).await?;
        let before = visit.entries().await?.len();
        press(browser, "Tab").await?;
        press(browser, "Enter").await?;
        wait::until("the picked answer", async || Ok((visit.entries().await?.len() > before).then_some(()))).await?;
        // A choice.
        tab_to(browser, "Tab", "textbox", EN.ask_label).await?;
        let before = visit.entries().await?.len();
        keys::write(browser, &kb::ambiguous(&visit.site.kb(), "en")?.question).await?;
        press(browser, "Enter").await?;
        visit.reply(before).await?;
        step_to(visit, "Shift+Tab", ".log > :last-child .pick").await?;
        press(browser, "Enter").await?;
        wait::until("the picked one", async || Ok((visit.entries().await?.len() > before + 2).then_some(()))).await?;
        // All articles: a collection closes and opens, an article is read, and left.
        go_to(visit, "Shift+Tab", "button", EN.browse).await?;
        bubble.find("heading", EN.browse).await?;
        has_focus(visit, "region", EN.browse).await?;
        step_to(visit, "Tab", "summary").await?;
        for open in [false, true] {
            press(browser, "Enter").await?;
            browser
                .until(&format!(
                    "document.querySelector('porchlight-help').shadowRoot.querySelector('details').open === {open}"
                ))
                .await?;
        }
        press(browser, "Tab").await?;
        press(browser, "Enter").await?;
        bubble.find("article", "").await?;
        go_to(visit, "Shift+Tab", "button", EN.back).await?;
        go_to(visit, "Shift+Tab", "button", EN.back).await?;
        bubble.gone("heading", EN.browse).await?;
        has_focus(visit, "button", EN.browse).await?;
        // The conversation as a file, then it is forgotten.
        go_to(visit, "Tab", "button", "Save this conversation").await?;
        go_to(visit, "Tab", "button", "Clear this conversation").await?;
        wait::until("nothing said", async || Ok(visit.entries().await?.is_empty().then_some(()))).await?;
        has_focus(visit, "textbox", EN.ask_label).await?;
        // The other language.
        tab_to(browser, "Shift+Tab", "combobox", "Language").await?;
        press(browser, "ArrowDown").await?;
        tab_to(browser, "Tab", "textbox", KO.ask_label).await?;
        press(browser, "Escape").await?;
        bubble.gone("dialog", KO.help).await?;
        has_focus(visit, "button", EN.help).await
    })
    .await
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
