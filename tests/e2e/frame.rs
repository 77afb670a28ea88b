//! The desk's chat in the panel: replies that wait are seen on every page, and the keyboard finds its way in and out.

use anyhow::ensure;
use system_tests::{
    handoff::Pair,
    keys::{focused, press, tab_to},
    wait,
    words::{EN, KO, Words},
};

/// The chat's text box has the focus, as soon as it does.
async fn in_the_box(pair: &Pair) -> anyhow::Result<()> {
    const FOCUSED: &str =
        "function() { return this.ownerDocument.activeElement === this && this.ownerDocument.hasFocus() }";
    wait::until("the focus in the chat", async || {
        let message = pair.chat().find("textbox", pair.words.message).await?;
        Ok((message.call(FOCUSED).await? == true).then_some(()))
    })
    .await
}

/// This button of the panel has the focus, as soon as it does.
async fn on_the_button(pair: &Pair, name: &str) -> anyhow::Result<()> {
    let mut last = None;
    let reached = wait::until(&format!("the focus on “{name}”"), async || {
        let here = focused(&pair.visit.browser).await?;
        let right = here.role == "button" && here.name == name;
        last = Some(here);
        Ok(right.then_some(()))
    })
    .await;
    reached.map_err(|error| error.context(format!("the focus is on {last:?}")))
}

/// The number on the launcher, as soon as it is this; its description says it too, its name stays.
async fn waiting(pair: &Pair, number: Option<&str>) -> anyhow::Result<()> {
    let visit = &pair.visit;
    let mut last = (None, None);
    let seen = wait::until(&format!("{number:?} on the launcher"), async || {
        let launcher = visit.bubble().find("button", visit.words.help).await?;
        last = (launcher.attribute("data-unread").await?, launcher.attribute("aria-description").await?);
        let told = last.1.as_deref().map(|words| words.split(' ').next_back().unwrap_or_default().to_owned());
        Ok((last.0.as_deref() == number && told.as_deref() == number).then_some(()))
    })
    .await;
    seen.map_err(|error| error.context(format!("there is {last:?}")))
}

async fn replies_wait(words: Words) -> anyhow::Result<()> {
    let pair = Pair::start(words).await?;
    let visit = &pair.visit;
    pair.sign_in().await?;
    visit.arrive().await?;
    visit.ask(words.unanswered).await?;
    pair.open_form().await?;
    pair.send_form().await?;
    waiting(&pair, None).await?;
    visit.bubble().find("button", words.close).await?.click().await?;
    visit.bubble().gone("dialog", words.help).await?;

    pair.take_first().await?;
    pair.agent_says("one 하나").await?;
    waiting(&pair, Some("1")).await?;
    pair.agent_says("two 둘").await?;
    waiting(&pair, Some("2")).await?;
    // Another page: nobody opens anything, and the number is there.
    visit.go(&format!("{}embed/", words.home)).await?;
    waiting(&pair, Some("2")).await?;
    ensure!(visit.bubble().all("dialog", None).await?.is_empty(), "the panel came back by itself");
    pair.agent_says("three 셋").await?;
    waiting(&pair, Some("3")).await?;
    // Who opens the panel is where he was.
    visit.open().await?;
    pair.visitors_log().await?.says("three 셋").await?;
    waiting(&pair, None).await?;
    pair.visitor_says("thanks 감사합니다").await?;
    pair.agents_log().await?.says("thanks 감사합니다").await?;
    pair.end(&["401"]).await
}

#[tokio::test]
async fn replies_wait_on_every_page_in_english() -> anyhow::Result<()> {
    replies_wait(EN).await
}

#[tokio::test]
async fn replies_wait_on_every_page_in_korean() -> anyhow::Result<()> {
    replies_wait(KO).await
}

#[tokio::test]
async fn keys_lead_in_and_out() -> anyhow::Result<()> {
    let pair = Pair::start(EN).await?;
    let (visit, browser) = (&pair.visit, &pair.visit.browser);
    visit.arrive().await?;
    visit.ready().await?;
    tab_to(browser, "Shift+Tab", "button", EN.person).await?;
    press(browser, "Enter").await?;
    in_the_box(&pair).await?;
    press(browser, "Escape").await?;
    visit.bubble().gone("dialog", EN.help).await?;
    on_the_button(&pair, EN.help).await?;
    press(browser, "Enter").await?;
    visit.panel().await?;
    in_the_box(&pair).await?;
    pair.chat().find("button", EN.back).await?.click().await?;
    on_the_button(&pair, EN.person).await?;
    // Who asks for a person gets there without a click, and the focus goes along.
    visit.send(EN.person_please).await?;
    in_the_box(&pair).await?;
    pair.chat().find("button", EN.back).await?.click().await?;
    on_the_button(&pair, EN.person).await?;
    ensure!(visit.entries().await?.len() == 2, "the search conversation is not as it was");
    pair.end(&[]).await
}

#[tokio::test]
async fn on_a_narrow_page_the_focus_stays_in_panel_and_chat() -> anyhow::Result<()> {
    let pair = Pair::start(EN).await?;
    let browser = &pair.visit.browser;
    browser.size(360, 740).await?;
    pair.visit.arrive().await?;
    pair.visit.ready().await?;
    pair.open_form().await?;
    for key in ["Tab", "Shift+Tab"] {
        let mut in_chat = 0;
        for _ in 0..40 {
            press(browser, key).await?;
            let inside = browser.eval("document.activeElement.localName").await?;
            ensure!(inside == "porchlight-help", "{key} leads behind the panel, to {inside}");
            let chat = "document.activeElement.shadowRoot.activeElement?.localName === 'iframe'";
            in_chat += usize::from(browser.eval(chat).await? == true);
        }
        ensure!((1..40).contains(&in_chat), "{key}: {in_chat} of 40 steps in the chat");
    }
    pair.end(&[]).await
}
