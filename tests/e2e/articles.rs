//! Articles read in the panel.

use anyhow::{Context, ensure};
use system_tests::{
    bubble::Element,
    kb,
    visit::story,
    words::{EN, KO, Words},
};

/// Where an element is on the screen.
async fn top(element: &Element<'_>) -> anyhow::Result<f64> {
    element.call("function() { return this.getBoundingClientRect().top }").await?.as_f64().context("no place")
}

async fn opened_and_left(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        visit.arrive().await?;
        let expected = kb::ask(&visit.site.kb(), words.answered, words.tag)?;
        let hit = expected.hits.first().context("no hit")?;
        visit.ask(words.answered).await?;
        visit.ask(words.other).await?;
        visit.ask(words.unanswered).await?;
        // The first answer, which has scrolled away.
        let buttons = visit.bubble().all("button", Some(words.read)).await?;
        let read = buttons.first().context("no answer can be read")?;
        read.call("function() { this.scrollIntoView({ block: 'center' }) }").await?;
        let place = top(read).await?;
        read.click().await?;

        visit.bubble().find("heading", &hit.title).await?;
        let article = visit.bubble().last("article", "").await?.text().await?;
        for line in hit.snippet.text.lines() {
            let shown = kb::letters(&article).contains(&kb::letters(line));
            ensure!(shown, "the article does not show what was answered: {line}\n{article}");
        }
        ensure!(
            visit.bubble().all("button", Some(words.read)).await?.is_empty(),
            "the conversation is still to be seen"
        );

        visit.bubble().find("button", words.back).await?.click().await?;
        visit.bubble().gone("heading", &hit.title).await?;
        let now = top(read).await?;
        ensure!((place - now).abs() < 2.0, "the conversation was at {place} and is at {now}");
        assert_eq!(visit.own().await?.len(), 3);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn opened_and_left_in_english() -> anyhow::Result<()> {
    opened_and_left(EN).await
}

#[tokio::test]
async fn opened_and_left_in_korean() -> anyhow::Result<()> {
    opened_and_left(KO).await
}

#[tokio::test]
async fn one_leads_to_another_and_back() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.go("/").await?;
        let open = format!("porchlight.open({{ article: '{}' }})", EN.article);
        visit.browser.eval(&open).await?;
        let first = EN.title;
        visit.bubble().find("heading", first).await?;
        let link = visit.bubble().find("link", "static help centre").await?;
        link.call("function() { this.scrollIntoView({ block: 'center' }) }").await?;
        let place = top(&link).await?;
        link.click().await?;
        visit.bubble().gone("heading", first).await?;
        visit.bubble().find("heading", "The static help centre").await?;
        visit.bubble().find("button", EN.back).await?.click().await?;
        visit.bubble().find("heading", first).await?;
        let now = top(&link).await?;
        ensure!((place - now).abs() < 2.0, "the article was at {place} and is at {now}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn found_by_browsing() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ready().await?;
        visit.bubble().find("button", EN.browse).await?.click().await?;
        visit.bubble().find("heading", EN.browse).await?;
        let links = visit.bubble().all("link", None).await?;
        let listed = kb::sources()?.iter().filter(|source| source.lang == "en").count();
        ensure!(links.len() == listed, "{} of {listed} articles are listed", links.len());
        let link = links.iter().find(|link| link.name.starts_with("Typing errors")).context("an article is missing")?;
        link.click().await?;
        visit.bubble().find("heading", "Typing errors").await?;
        visit.bubble().find("button", EN.back).await?.click().await?;
        visit.bubble().find("heading", EN.browse).await?;
        // What was read stands before all others.
        visit.bubble().find("heading", "Read lately").await?;
        let links = visit.bubble().all("link", None).await?;
        ensure!(links.len() == listed + 1 && links[0].name.starts_with("Typing errors"), "{} first", links[0].name);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn suggested_while_one_types() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        let bubble = visit.bubble();
        visit.arrive().await?;
        visit.ready().await?;
        visit.text_box().await?.focus().await?;
        let begun = "how can I add the wid";
        visit.browser.cdp("Input.insertText", serde_json::json!({ "text": begun })).await?;
        bubble.find("button", EN.title).await?.click().await?;
        bubble.find("heading", EN.title).await?;
        bubble.gone("list", "Suggestions").await?;
        bubble.find("button", EN.back).await?.click().await?;
        ensure!(visit.text_box().await?.property("value").await? == begun, "what was typed is gone");
        // Asked, it has no suggestions any more.
        visit.ask("get to my website").await?;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        ensure!(bubble.all("list", Some("Suggestions")).await?.is_empty(), "there are suggestions for nothing");
        // Nor is there one for what no article is about.
        visit.text_box().await?.focus().await?;
        visit.browser.cdp("Input.insertText", serde_json::json!({ "text": EN.unanswered })).await?;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        ensure!(bubble.all("list", Some("Suggestions")).await?.is_empty(), "nonsense has suggestions");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn code_is_copied() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        const CODE: &str = "document.querySelector('porchlight-help').shadowRoot.querySelector('pre').textContent";
        let permissions = serde_json::json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        visit.browser.cdp("Browser.grantPermissions", permissions).await?;
        visit.go("/").await?;
        visit.browser.eval(&format!("porchlight.open({{ article: '{}' }})", EN.article)).await?;
        visit.bubble().find("heading", EN.title).await?;
        let buttons = visit.bubble().all("button", Some("Copy")).await?;
        buttons.first().context("no code can be copied")?.click().await?;
        visit.browser.until("document.querySelector('porchlight-help').shadowRoot.querySelector('.copy + *').textContent === 'Copied.'").await?;
        let (code, copied) = (visit.browser.eval(CODE).await?, visit.browser.eval("navigator.clipboard.readText()").await?);
        ensure!(code == copied, "the code is {code}, and {copied} was copied");
        Ok(())
    })
    .await
}

/// The links of answers lead to pages of the static help centre that exist and can be read without scripts.
#[tokio::test]
async fn every_article_has_a_page() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.go("/").await?;
        for source in kb::sources()? {
            let page = format!("/help/{}/", source.slug);
            let status = visit.browser.eval(&format!("fetch('{page}').then((response) => response.status)")).await?;
            ensure!(status == 200, "{page}: {status}");
        }
        Ok(())
    })
    .await
}
