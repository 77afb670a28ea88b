//! Every state of the bubble by axe-core, and as a picture where pictures are asked for.

use anyhow::ensure;
use system_tests::{
    axe, kb, programs,
    visit::{Visit, story},
    words::{EN, KO, Words},
};

const THEMES: [&str; 2] = ["light", "dark"];
/// A narrow phone, which is 1280 px at 400 %; a usual one; 1280 px at 200 %; a desktop.
const SIZES: [(u32, u32); 4] = [(320, 568), (360, 740), (640, 450), (1280, 900)];
/// Directions of the page, and in how many of these sizes, from the first on every second, they are looked at.
const DIRECTIONS: [(&str, usize); 2] = [("ltr", 1), ("rtl", 2)];

/// The state as it is now, in every theme, width and direction.
async fn look(visit: &Visit, state: &str, found: &mut String) -> anyhow::Result<()> {
    const SETTLED: &str = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
        .then(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))))
        .then(() => 0)";
    for theme in THEMES {
        let all = DIRECTIONS.into_iter().flat_map(|(direction, step)| {
            SIZES.into_iter().step_by(step).map(move |(width, height)| (direction, width, height))
        });
        for (direction, width, height) in all {
            visit.browser.eval(&format!("document.documentElement.dir = '{direction}'")).await?;
            visit.browser.media(theme).await?;
            visit.browser.size(width, height).await?;
            visit.browser.eval(SETTLED).await?;
            let name = format!("{state}-{}-{theme}-{width}-{direction}", visit.words.tag);
            if let Some(folder) = programs::screenshots() {
                visit.browser.screenshot(&folder.join(format!("{name}.png"))).await?;
            }
            let violations = axe::violations(&visit.browser).await?;
            if !violations.is_empty() {
                *found += &format!("  {name}\n{violations}");
            }
            let wide = visit.browser.eval("document.documentElement.scrollWidth > innerWidth").await?;
            if wide == true {
                *found += &format!("  {name}\n    the page scrolls sideways\n");
            }
        }
    }
    visit.browser.eval("document.documentElement.dir = 'ltr'").await?;
    Ok(())
}

async fn check(words: Words) -> anyhow::Result<()> {
    story(words, &[], async |visit| {
        let mut found = String::new();
        let bubble = visit.bubble();
        visit.go(words.home).await?;
        axe::inject(&visit.browser).await?;
        bubble.find("button", words.help).await?;
        look(visit, "closed", &mut found).await?;
        visit.open().await?;
        visit.ready().await?;
        look(visit, "open", &mut found).await?;
        visit.ask(words.answered).await?;
        look(visit, "answer", &mut found).await?;
        bubble.last("button", words.not_helped).await?.click().await?;
        look(visit, "not-helped", &mut found).await?;
        visit.ask(&kb::ambiguous(&visit.site.kb(), words.tag)?.question).await?;
        look(visit, "choices", &mut found).await?;
        visit.ask(words.unanswered).await?;
        look(visit, "nothing-found", &mut found).await?;
        visit.ask(words.person_please).await?;
        look(visit, "asked-for-person", &mut found).await?;
        bubble.last("button", words.read).await?.click().await?;
        bubble.find("article", "").await?;
        look(visit, "article", &mut found).await?;
        bubble.find("button", words.browse).await?.click().await?;
        bubble.find("heading", words.browse).await?;
        look(visit, "browse", &mut found).await?;
        ensure!(found.is_empty(), "not accessible:\n{found}");
        Ok(())
    })
    .await
}

/// The check itself is checked: it sees faults inside the bubble's shadow root, and in the page.
#[tokio::test]
async fn faults_would_be_seen() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        axe::inject(&visit.browser).await?;
        let add = "for (const place of [document.querySelector('main'), document.querySelector('porchlight-help').shadowRoot]) {
            place.append(document.createElement('button'));
        }";
        visit.browser.eval(add).await?;
        let found = axe::violations(&visit.browser).await?;
        ensure!(found.matches("button-name").count() == 1 && found.matches("      at ").count() == 2, "found:\n{found}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn accessible_in_english() -> anyhow::Result<()> {
    check(EN).await
}

#[tokio::test]
async fn accessible_in_korean() -> anyhow::Result<()> {
    check(KO).await
}
