//! The conversation over pages, reloads and time.

use anyhow::{Context, ensure};
use system_tests::{
    kb,
    visit::{Visit, story},
    wait,
    words::EN,
};

/// Nothing but what was said before is shown, in an open panel that nobody clicked for.
async fn check_still_there(visit: &Visit, entries: &[String]) -> anyhow::Result<()> {
    visit.panel().await?;
    let mut shown = Vec::new();
    let same = wait::until("the same conversation", async || {
        shown = visit.entries().await?;
        Ok((shown == entries).then_some(()))
    })
    .await;
    same.with_context(|| format!("before: {entries:#?}\nnow: {shown:#?}"))?;
    let focus = visit.browser.eval("document.activeElement.localName").await?;
    ensure!(focus == "body", "the panel took the focus from the page: {focus}");
    Ok(())
}

#[tokio::test]
async fn kept_from_page_to_page() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        visit.ask(EN.unanswered).await?;
        let entries = visit.entries().await?;
        visit.browser.eval("document.querySelector('a[href=\"/embed/\"]').click()").await?;
        visit.browser.until("location.pathname === '/embed/' && document.readyState === 'complete'").await?;
        check_still_there(visit, &entries).await?;
        visit.browser.reload().await?;
        check_still_there(visit, &entries).await?;
        // And it goes on.
        visit.ask(EN.other).await?;
        assert_eq!(visit.own().await?, [EN.answered, EN.unanswered, EN.other]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_closed_panel_stays_closed_and_remembers() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        visit.bubble().find("button", EN.close).await?.click().await?;
        visit.bubble().gone("dialog", EN.help).await?;
        visit.go("/embed/").await?;
        visit.bubble().find("button", EN.help).await?;
        ensure!(visit.bubble().all("dialog", None).await?.is_empty(), "the panel came back by itself");
        visit.open().await?;
        visit.log().await?;
        assert_eq!(visit.own().await?, [EN.answered]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_open_article_is_still_open() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        visit.bubble().find("button", EN.read).await?.click().await?;
        visit.bubble().find("heading", EN.title).await?;
        visit.browser.reload().await?;
        visit.bubble().find("heading", EN.title).await?;
        visit.bubble().find("button", EN.back).await?.click().await?;
        visit.log().await?;
        assert_eq!(visit.own().await?, [EN.answered]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn forgotten_after_a_day() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        let later =
            |hours: u32| format!("{{ const now = Date.now; Date.now = () => now.call(Date) + {hours} * 3600e3 }}");
        visit.browser.before_each_page(&later(23)).await?;
        visit.browser.reload().await?;
        visit.log().await?;
        assert_eq!(visit.own().await?, [EN.answered]);
        // Both shifts add up.
        visit.browser.before_each_page(&later(2)).await?;
        visit.browser.reload().await?;
        visit.ready().await?;
        assert_eq!(visit.entries().await?, Vec::<String>::new());
        let kept = visit.browser.eval("JSON.stringify({ ...localStorage })").await?;
        let kept = kept.as_str().unwrap_or_default();
        ensure!(!kept.contains(EN.answered), "the question is still stored: {kept}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn cleared_on_request() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        visit.bubble().find("button", "Clear this conversation").await?.click().await?;
        visit.ready().await?;
        visit.browser.reload().await?;
        visit.ready().await?;
        assert_eq!(visit.entries().await?, Vec::<String>::new());
        let kept = visit.browser.eval("JSON.stringify({ ...localStorage })").await?;
        ensure!(!kept.as_str().unwrap_or_default().contains(EN.answered), "still stored: {kept}");
        Ok(())
    })
    .await
}

/// The conversation as a file: what was asked and shown, and nothing to press.
#[tokio::test]
async fn saved_on_request() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("conversation.txt");
    story(EN, &[], async |visit| {
        let behaviour = serde_json::json!({ "behavior": "allow", "downloadPath": folder.path() });
        visit.browser.cdp("Browser.setDownloadBehavior", behaviour).await?;
        visit.arrive().await?;
        visit.ask(EN.answered).await?;
        let passage = visit.passage().await?;
        visit.ask(EN.unanswered).await?;
        visit.bubble().find("button", "Save this conversation").await?.click().await?;
        let saved =
            wait::until("the file", async || Ok(std::fs::read_to_string(&file).ok().filter(|text| !text.is_empty())))
                .await?;
        for said in
            [EN.answered, EN.title, EN.unanswered, EN.not_found].into_iter().chain(passage.iter().map(String::as_str))
        {
            ensure!(kb::letters(&saved).contains(&kb::letters(said)), "“{said}” is not in the file:\n{saved}");
        }
        ensure!(!saved.contains(EN.helped) && !saved.contains(EN.read), "the file has buttons:\n{saved}");
        Ok(())
    })
    .await
}
