//! Every state of chat and console by axe-core, and as a picture where pictures are asked for.

use anyhow::ensure;
use system_tests::{
    axe,
    browser::Browser,
    bubble::Element,
    handoff::{Pair, write},
    programs,
    words::{EN, KO, Words},
};

const THEMES: [&str; 2] = ["light", "dark"];
const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 900)];

/// Looks at what the browser shows, in every theme and width; `inside` is an element of the document that is judged.
async fn look(
    browser: &Browser,
    inside: &Element<'_>,
    state: &str,
    words: Words,
    found: &mut String,
) -> anyhow::Result<()> {
    const SETTLED: &str =
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => 0)";
    axe::inject_beside(inside).await?;
    for theme in THEMES {
        for (width, height) in SIZES {
            browser.media(theme).await?;
            browser.size(width, height).await?;
            browser.eval(SETTLED).await?;
            let name = format!("{state}-{}-{theme}-{width}", words.tag);
            if let Some(folder) = programs::screenshots() {
                browser.screenshot(&folder.join(format!("{name}.png"))).await?;
            }
            let violations = axe::violations_beside(inside).await?;
            if !violations.is_empty() {
                *found += &format!("  {name}\n{violations}");
            }
            let wide = "function() { return this.ownerDocument.documentElement.scrollWidth > this.ownerDocument.defaultView.innerWidth }";
            if inside.call(wide).await? == true {
                *found += &format!("  {name}\n    the page scrolls sideways\n");
            }
        }
    }
    browser.media("light").await?;
    browser.size(1280, 900).await
}

async fn check(words: Words) -> anyhow::Result<()> {
    let pair = Pair::start(words).await?;
    let own = pair.words;
    let mut found = String::new();
    let (visitor, agent) = (&pair.visit.browser, &pair.agent);

    agent.go(&format!("{}/desk/", pair.desk.address())).await?;
    let sign_in = pair.console().find("button", own.sign_in).await?;
    look(agent, &sign_in, "console-sign-in", words, &mut found).await?;
    pair.sign_in().await?;
    pair.visit.arrive().await?;
    pair.visit.ask(words.answered).await?;
    pair.visit.bubble().last("button", words.not_helped).await?.click().await?;
    pair.visit.ask(words.unanswered).await?;
    pair.open_form().await?;
    let message = pair.chat().find("textbox", own.message).await?;
    look(visitor, &message, "chat-form", words, &mut found).await?;
    write(visitor, &message, "4111 1111 1111 1111").await?;
    let strike = pair.chat().all("button", None).await?.into_iter().find(|button| button.name.starts_with(own.strike));
    if let Some(strike) = strike {
        strike.click().await?;
    } else {
        found += "  no button leaves an entry out\n";
    }
    look(visitor, &message, "chat-struck", words, &mut found).await?;
    write(visitor, &message, "My order has not come. 주문한 물건이 안 왔어요.").await?;
    pair.send_form().await?;
    let log = pair.visitors_log().await?;
    look(visitor, &log, "chat-sent", words, &mut found).await?;

    let queue = pair.console().find("navigation", own.queue).await?;
    look(agent, &queue, "console-queue", words, &mut found).await?;
    pair.take_first().await?;
    pair.agent_says("I have your order here. It leaves today.\n주문을 확인했어요. 오늘 출발해요.").await?;
    log.says("It leaves today").await?;
    pair.visitor_says("Thank you. 고맙습니다.").await?;
    let agents = pair.agents_log().await?;
    agents.says("Thank you").await?;
    look(visitor, &log, "chat-live", words, &mut found).await?;
    look(agent, &agents, "console-conversation", words, &mut found).await?;
    pair.console().find("button", own.close).await?.click().await?;
    log.says(own.closed).await?;
    look(visitor, &log, "chat-closed", words, &mut found).await?;
    look(agent, &agents, "console-closed", words, &mut found).await?;
    ensure!(found.is_empty(), "not accessible:\n{found}");
    Ok(())
}

#[tokio::test]
async fn accessible_in_english() -> anyhow::Result<()> {
    check(EN).await
}

#[tokio::test]
async fn accessible_in_korean() -> anyhow::Result<()> {
    check(KO).await
}
