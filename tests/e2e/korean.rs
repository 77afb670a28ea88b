//! Korean, typed with an input method: one Enter is one whole message, whenever the syllable ends.

use anyhow::ensure;
use system_tests::{
    ime::{self, Enter},
    keys,
    visit::{Visit, story},
    wait,
    words::KO,
};

/// Composes a question, Enter comes in this way, and exactly this question was sent.
async fn check(visit: &Visit, question: &str, how: Enter) -> anyhow::Result<()> {
    let before = visit.own().await?;
    let entries = visit.entries().await?.len();
    visit.text_box().await?.focus().await?;
    ime::compose(&visit.browser, question).await?;
    let typed = visit.text_box().await?.property("value").await?;
    ensure!(typed == question, "the box holds “{typed}” before Enter ({how:?})");
    ime::enter(&visit.browser, how, question.chars().last().unwrap_or_default()).await?;
    visit.reply(entries).await?;
    let own = visit.own().await?;
    let expected: Vec<String> = before.into_iter().chain([question.to_owned()]).collect();
    ensure!(own == expected, "sent {own:?} instead of {expected:?} ({how:?})");
    let left = visit.text_box().await?.property("value").await?;
    ensure!(left.is_empty(), "“{left}” is left in the box ({how:?})");
    Ok(())
}

#[tokio::test]
async fn enter_sends_once_and_whole() -> anyhow::Result<()> {
    story(KO, &[], async |visit| {
        visit.arrive().await?;
        for (how, question) in
            Enter::ALL.into_iter().zip([KO.answered, KO.other, "오타가 있어도 돼요", "색을 바꾸고 싶어요"])
        {
            check(visit, question, how).await?;
        }
        // An open syllable, one syllable alone, and words without spaces.
        for question in ["안내", "왜", "띄어쓰기안해도검색돼요"] {
            check(visit, question, Enter::ThenCommit).await?;
        }
        // Nothing came late.
        wait::until("all replies", async || Ok((visit.entries().await?.len() == 14).then_some(()))).await
    })
    .await
}

#[tokio::test]
async fn the_button_sends_what_is_being_composed() -> anyhow::Result<()> {
    story(KO, &[], async |visit| {
        visit.arrive().await?;
        visit.text_box().await?.focus().await?;
        ime::compose(&visit.browser, KO.answered).await?;
        visit.bubble().find("button", KO.ask).await?.click().await?;
        visit.reply(0).await?;
        assert_eq!(visit.own().await?, [KO.answered]);
        assert_eq!(visit.text_box().await?.property("value").await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn escape_while_composing_belongs_to_the_input_method() -> anyhow::Result<()> {
    story(KO, &[], async |visit| {
        visit.arrive().await?;
        visit.text_box().await?.focus().await?;
        ime::compose(&visit.browser, "안녕").await?;
        let taken = serde_json::json!({
            "type": "rawKeyDown", "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 229,
        });
        visit.browser.cdp("Input.dispatchKeyEvent", taken).await?;
        visit.panel().await?;
        ime::commit(&visit.browser, '녕').await?;
        keys::press(&visit.browser, "Escape").await?;
        visit.bubble().gone("dialog", KO.help).await
    })
    .await
}
