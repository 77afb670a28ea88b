//! One byte of a file is not what was built: the file is not run, the page goes on, and a way out is offered.

use std::fs;

use anyhow::{Context, ensure};
use system_tests::{
    handoff::Pair,
    programs,
    visit::{Visit, story_at},
    words::EN,
};

/// A copy of the widget's files in which one byte of the file with this beginning and ending is another.
fn damaged(site: &system_tests::site::Site, start: &str, end: &str) -> anyhow::Result<()> {
    let root = site.kb().parent().context("the bundle lies in the site")?.join("porchlight");
    fs::remove_file(&root)?;
    fs::create_dir_all(root.join("assets"))?;
    let dist = programs::dist()?;
    fs::copy(dist.join("loader.js"), root.join("loader.js"))?;
    let mut found = false;
    for entry in fs::read_dir(dist.join("assets"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // The packed copies would hide the change.
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let mut bytes = fs::read(entry.path())?;
        if name.starts_with(start) && name.ends_with(end) {
            found = true;
            // A digit of some number in a script, any byte of a module.
            let at = if end == "js" {
                bytes.iter().rposition(u8::is_ascii_digit).context("a script without digits")?
            } else {
                bytes.len() / 2
            };
            bytes[at] ^= 1;
        }
        fs::write(root.join("assets").join(name), bytes)?;
    }
    ensure!(found, "there is no {start}*.{end}");
    Ok(())
}

const COMPLAINTS: [&str; 6] =
    ["digests", "integrity", "Failed to fetch", "porchlight", "Failed to load resource", "dynamically imported"];

async fn check(start: &str, end: &str, told: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let site = system_tests::site::Site::start()?;
    damaged(&site, start, end)?;
    story_at(
        site,
        EN,
        &COMPLAINTS,
        async |visit| {
            visit.go(EN.home).await?;
            visit.browser.eval("globalThis.thrown = 0; addEventListener('error', () => { thrown += 1 }); 1").await?;
            told(visit).await.with_context(|| format!("with a damaged {start}*.{end}"))?;
            ensure!(visit.browser.eval("thrown").await? == 0, "the page saw an error");
            Ok(())
        },
        |_| Ok(()),
    )
    .await
}

/// Help cannot be loaded: once more, or a person.
async fn refused(visit: &Visit) -> anyhow::Result<()> {
    visit.bubble().find("button", EN.help).await?.click().await?;
    visit.bubble().find("button", "Try again").await.map(drop)
}

/// The panel opens, and says that there is no search.
async fn without_search(visit: &Visit) -> anyhow::Result<()> {
    visit.open().await?;
    visit.send(EN.answered).await?;
    let said = visit.reply(0).await?;
    ensure!(said.contains("not available"), "it said {said}");
    visit.bubble().all("button", Some(EN.person)).await?.pop().context("no way to a person").map(drop)
}

/// Of the file that brings the desk's chat: that the desk cannot be reached is said, and the site's own way to a person is shown.
#[tokio::test]
async fn a_chat_that_is_not_as_built_is_not_run() -> anyhow::Result<()> {
    let pair = Pair::start_at(EN, |desk| {
        let site = system_tests::site::Site::start_with(Some(desk))?;
        damaged(&site, "frame", "js")?;
        Ok(site)
    })
    .await?;
    let visit = &pair.visit;
    visit.arrive().await?;
    visit.ready().await?;
    visit.bubble().last("button", EN.person).await?.click().await?;
    let down =
        "document.querySelector('porchlight-help').shadowRoot.querySelector('[data-desk]').dataset.state === 'down'";
    visit.browser.until(down).await?;
    let root = "document.querySelector('porchlight-help').shadowRoot";
    ensure!(visit.browser.eval(&format!("{root}.querySelector('iframe')")).await?.is_null(), "it has run");
    let ways =
        visit.browser.eval(&format!("{root}.querySelector('[data-desk] .card a.contact').checkVisibility()")).await?;
    ensure!(ways == true, "no other way to a person is shown");
    visit.bubble().find("button", EN.back).await?.click().await?;
    visit.ask(EN.answered).await?;
    pair.end(&COMPLAINTS).await
}

#[tokio::test]
async fn what_is_not_as_built_is_not_run() -> anyhow::Result<()> {
    check("bubble", "js", refused).await?;
    check("bubble", "wasm", refused).await?;
    check("worker", "js", without_search).await?;
    check("engine", "wasm", without_search).await
}
