//! The whole way: questions, nothing sure, hand-off, an agent who knows, a live conversation.

use std::time::{Duration, Instant};

use anyhow::ensure;
use system_tests::{
    handoff::{Pair, SIGNED_OUT, write},
    wait,
    words::{EN, KO, Words},
};

/// How long a reply may take from one screen to the other.
const SOON: Duration = Duration::from_secs(1);

async fn whole_story(words: Words) -> anyhow::Result<()> {
    let pair = Pair::start(words).await?;
    let own = pair.words;
    pair.sign_in().await?;
    pair.visit.arrive().await?;
    pair.visit.ask(words.answered).await?;
    pair.visit.bubble().last("button", words.not_helped).await?.click().await?;
    let said = pair.visit.ask(words.unanswered).await?;
    ensure!(said.contains(words.not_found), "{said}");

    pair.open_form().await?;
    let form = pair.chat().find("form", own.form).await?;
    let preview = form.text().await?;
    for part in [words.answered, words.unanswered, words.title, words.not_helped] {
        ensure!(preview.contains(part), "the preview does not show “{part}”:\n{preview}");
    }
    let message = pair.chat().find("textbox", own.message).await?;
    ensure!(message.property("value").await? == words.unanswered, "the message is not filled in");
    write(&pair.visit.browser, &pair.chat().find("textbox", own.name).await?, "Kim 민지").await?;
    pair.send_form().await?;
    let log = pair.visitors_log().await?;
    log.says(words.unanswered).await?;
    wait::until("the receipt", async || {
        let all = pair.chat().all("main", None).await?;
        let text = match all.first() {
            Some(main) => main.text().await?,
            None => String::new(),
        };
        Ok(text.contains(own.sent).then_some(()))
    })
    .await?;

    pair.take_first().await?;
    let agents = pair.agents_log().await?;
    for part in [words.answered, words.title, words.unanswered] {
        agents.says(part).await?;
    }
    let page = pair.agent.eval("document.body.innerText").await?;
    for part in ["Kim 민지", words.title] {
        ensure!(page.as_str().is_some_and(|text| text.contains(part)), "the brief does not show “{part}”: {page}");
    }

    for n in 0..3 {
        let reply = format!("Agent's reply {n} 안녕하세요");
        let begun = Instant::now();
        pair.agent_says(&reply).await?;
        log.says(&reply).await?;
        // Typing and clicking are part of it.
        ensure!(begun.elapsed() < SOON, "the reply took {:?}", begun.elapsed());
        let answer = format!("Visitor's answer {n} 감사합니다");
        pair.visitor_says(&answer).await?;
        agents.says(&answer).await?;
    }
    pair.console().find("button", own.close).await?.click().await?;
    log.says(own.closed).await?;
    pair.end(&[SIGNED_OUT]).await
}

#[tokio::test]
async fn in_english() -> anyhow::Result<()> {
    whole_story(EN).await
}

#[tokio::test]
async fn in_korean() -> anyhow::Result<()> {
    whole_story(KO).await
}
