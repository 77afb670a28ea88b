//! An index in blocks, of which the browser fetches what a question needs.

use anyhow::{Context, ensure};
use system_tests::{
    kb,
    site::Site,
    visit::{Visit, story_at},
    wait,
    words::{EN, KO, Words},
};

/// Asks, and holds the answer against the indexer's own.
async fn check(visit: &Visit, question: &str) -> anyhow::Result<()> {
    let expected = kb::ask(&visit.site.kb(), question, visit.words.tag)?;
    let said = visit.ask(question).await?;
    // Until the vectors are here, an answer may be a choice, and one that stands above already is offered as one.
    let title = &expected.hits.first().context("no hit")?.title;
    ensure!(said.contains(title), "no “{title}” for {question}: {said}");
    Ok(())
}

async fn answers(words: Words, mistyped: &str) -> anyhow::Result<()> {
    let body = async |visit: &Visit| {
        visit.arrive().await?;
        check(visit, words.answered).await?;
        check(visit, mistyped).await?;
        let said = visit.ask(words.unanswered).await?;
        ensure!(said.contains(words.not_found), "something was found: {said}");
        visit.bubble().find("button", words.read).await?.click().await?;
        visit.bubble().find("button", words.back).await?.click().await?;
        visit.bubble().find("button", words.browse).await?.click().await?;
        visit.bubble().find("heading", words.browse).await?;
        wait::until("the list of all articles", async || {
            let links = visit.bubble().all("link", None).await?;
            // With its description, which answers do not have.
            let listed = |name: &str| name.starts_with(words.title) && name.len() > words.title.len();
            Ok(links.iter().any(|link| listed(&link.name)).then_some(()))
        })
        .await?;

        let requests = visit.site.requests()?;
        let of = |kind: &str| requests.iter().filter(|request| request.path.ends_with(kind)).collect::<Vec<_>>();
        for kind in [".terms", ".spelling", ".cards", ".packs"] {
            ensure!(!of(kind).is_empty(), "nothing of {kind} was fetched");
            ensure!(of(kind).iter().all(|request| request.headers.contains_key("range")), "{kind} was fetched whole");
        }
        ensure!(of(".pack").is_empty(), "there are packs beside the blocks");
        Ok(())
    };
    story_at(Site::in_blocks()?, words, &[], body, |_| Ok(())).await
}

#[tokio::test]
async fn in_english() -> anyhow::Result<()> {
    answers(EN, "how can I add the wigdet to my website").await
}

#[tokio::test]
async fn in_korean() -> anyhow::Result<()> {
    answers(KO, "위젯을웹사이트에어떻게추가하나요").await
}
