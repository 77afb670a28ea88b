//! What is said is read out once: each message comes into a live region once, and never goes or comes again.

use anyhow::ensure;
use serde_json::Value;
use system_tests::{
    bubble::Element,
    handoff::{Pair, SIGNED_OUT},
    visit::story,
    wait,
    words::EN,
};

/// Messages from each side of the live conversation.
const EACH: usize = 25;
/// Questions to the bubble, each with its answer.
const QUESTIONS: [&str; 5] =
    [EN.answered, EN.other, EN.unanswered, "what is deflection", "how long is my history kept"];

/// Writes down from now on what comes into a log and what goes.
const WATCH: &str = "function() {
    const seen = this.seen = { came: [], gone: 0 };
    new MutationObserver((changes) => {
        for (const { addedNodes, removedNodes } of changes) {
            for (const node of addedNodes) seen.came.push(node.textContent);
            seen.gone += removedNodes.length;
        }
    }).observe(this, { childList: true });
    return true;
}";

async fn watch(log: &Element<'_>) -> anyhow::Result<()> {
    log.call(WATCH).await.map(drop)
}

/// Each of these has come once, and nothing has gone.
async fn check(log: &Element<'_>, whose: &str, said: &[String]) -> anyhow::Result<()> {
    let seen: Value = log.call("function() { return this.seen }").await?;
    ensure!(seen["gone"] == 0, "{} entries went from {whose} log", seen["gone"]);
    let came: Vec<&str> = seen["came"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for text in said {
        let times = came.iter().filter(|entry| entry.contains(text.as_str())).count();
        ensure!(times == 1, "“{text}” came {times} times into {whose} log");
    }
    Ok(())
}

#[tokio::test]
async fn messages_come_once_into_chat_and_console() -> anyhow::Result<()> {
    let mut pair = Pair::start(EN).await?;
    pair.sign_in().await?;
    pair.visit.arrive().await?;
    pair.visit.ask(EN.unanswered).await?;
    pair.open_form().await?;
    pair.send_form().await?;
    pair.take_first().await?;
    watch(&pair.visitors_log().await?).await?;
    watch(&pair.agents_log().await?).await?;
    let mut said = Vec::new();
    for number in 0..EACH {
        if number == EACH / 2 {
            // Both sides connect anew.
            pair.desk.kill()?;
            pair.desk.start().await?;
        }
        let (question, reply) = (format!("question <{number}>"), format!("reply <{number}>"));
        pair.visitor_says(&question).await?;
        pair.agents_log().await?.says(&question).await?;
        pair.agent_says(&reply).await?;
        pair.visitors_log().await?.says(&reply).await?;
        said.extend([question, reply]);
        // Scrolled back and forth.
        if number % 5 == 0 {
            for log in [pair.visitors_log().await?, pair.agents_log().await?] {
                let scroll = "function() { for (const top of [0, 1e6]) {
                    for (let at = this; at; at = at.parentElement) at.scrollTop = top;
                } }";
                log.call(scroll).await?;
            }
        }
    }
    check(&pair.visitors_log().await?, "the visitor's", &said).await?;
    check(&pair.agents_log().await?, "the agent's", &said).await?;
    pair.end(&[SIGNED_OUT, "ERR_CONNECTION_REFUSED", "WebSocket", "Failed to load resource", "ERR_"]).await
}

#[tokio::test]
async fn answers_come_once_into_the_bubble() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.arrive().await?;
        visit.ready().await?;
        visit.ask(EN.answered).await?;
        watch(&visit.log().await?).await?;
        let mut asked = Vec::new();
        for round in 0..5 {
            for question in QUESTIONS {
                let question = format!("{question} ({round})");
                visit.ask(&question).await?;
                asked.push(question);
            }
            // Panel closed and opened, an article read and left.
            visit.bubble().find("button", EN.close).await?.click().await?;
            visit.open().await?;
        }
        check(&visit.log().await?, "the bubble's", &asked).await?;
        let entries = wait::until("all entries", async || {
            let entries = visit.entries().await?.len();
            Ok((entries == 2 * (asked.len() + 1)).then_some(entries))
        })
        .await?;
        let came = visit.log().await?.call("function() { return this.seen.came.length }").await?;
        ensure!(came == entries - 2, "{came} came, {entries} are there");
        Ok(())
    })
    .await
}
