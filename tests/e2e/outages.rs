//! The desk is away, the tab is closed: nothing is lost, nothing comes twice, and people are told the truth.

use anyhow::ensure;
use std::time::Duration;
use system_tests::{
    handoff::{Pair, write},
    wait,
    words::EN,
};

/// How long the visitor stays away; a variable makes it longer.
fn absence() -> Duration {
    let seconds = std::env::var("PORCHLIGHT_ABSENCE_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(3))
}

#[tokio::test]
async fn three_unsent_messages_survive_a_closed_tab() -> anyhow::Result<()> {
    let mut pair = Pair::start(EN).await?;
    pair.sign_in().await?;
    pair.visit.arrive().await?;
    pair.visit.ask(EN.unanswered).await?;
    pair.open_form().await?;
    pair.send_form().await?;
    pair.take_first().await?;
    pair.agent_says("Hello, I am here.").await?;
    pair.visitors_log().await?.says("I am here").await?;

    pair.desk.kill()?;
    let texts = ["first unsent 하나", "second unsent 둘", "third unsent 셋"];
    for text in texts {
        pair.visitor_says(text).await?;
        pair.visitors_log().await?.says(text).await?;
    }
    // The tab is closed: the page and its frame are gone.
    pair.visit.browser.go("about:blank").await?;
    tokio::time::sleep(absence()).await;
    pair.desk.start().await?;
    pair.visit.go("/").await?;
    let agents = pair.agents_log().await?;
    // After a long outage the agent's console looks for the desk at most every 30 seconds.
    wait::until_for(Duration::from_secs(45), "all three at the agent's", async || {
        let shown = agents.text().await?;
        Ok(texts.iter().all(|text| shown.contains(text)).then_some(()))
    })
    .await?;
    let shown = agents.text().await?;
    let places: Vec<_> =
        texts.iter().map(|text| shown.match_indices(text).map(|(at, _)| at).collect::<Vec<_>>()).collect();
    ensure!(places.iter().all(|places| places.len() == 1), "not once each: {places:?}\n{shown}");
    ensure!(places.is_sorted(), "out of order: {places:?}");
    pair.end(&["ERR_CONNECTION_REFUSED", "WebSocket", "Failed to load resource", "ERR_"]).await
}

#[tokio::test]
async fn a_form_sent_to_a_desk_that_is_down_arrives_later() -> anyhow::Result<()> {
    let mut pair = Pair::start(EN).await?;
    pair.visit.arrive().await?;
    pair.visit.ask(EN.unanswered).await?;
    pair.open_form().await?;
    pair.desk.kill()?;
    let message = pair.chat().find("textbox", pair.words.message).await?;
    write(&pair.visit.browser, &message, "kept while the desk is down").await?;
    pair.chat().find("button", pair.words.send).await?.click().await?;
    wait::until("the truth", async || {
        let text = pair.chat().find("main", "").await?.text().await?;
        Ok((text.contains(pair.words.not_sent) && !text.contains("Sent.")).then_some(()))
    })
    .await?;
    pair.desk.start().await?;
    pair.visitors_log().await?.says("kept while the desk is down").await?;
    pair.sign_in().await?;
    pair.take_first().await?;
    let shown = pair.agents_log().await?.says("kept while the desk is down").await?;
    ensure!(shown.matches("kept while the desk is down").count() == 1, "{shown}");
    pair.end(&["ERR_CONNECTION_REFUSED", "WebSocket", "Failed to load resource", "ERR_"]).await
}

#[tokio::test]
async fn a_desk_that_is_down_from_the_start_is_told_and_tried_again() -> anyhow::Result<()> {
    let mut pair = Pair::start_without_desk(EN).await?;
    pair.visit.arrive().await?;
    pair.visit.ask(EN.unanswered).await?;
    pair.visit.bubble().last("button", pair.words.form).await?.click().await?;
    let panel = pair.visit.panel().await?;
    wait::until_for(Duration::from_secs(30), "that the desk cannot be reached", async || {
        Ok(panel.text().await?.contains("cannot be reached").then_some(()))
    })
    .await?;
    // No dead end: the search conversation is one step back.
    pair.visit.bubble().find("button", EN.back).await?.click().await?;
    pair.visit.ask(EN.answered).await?;
    pair.visit.bubble().last("button", pair.words.form).await?.click().await?;
    pair.desk.start().await?;
    // The panel knows when the frame has answered. Before that the frame holds the browser's page about an error, which
    // comes and goes, and is not to be asked for anything.
    wait::until_for(Duration::from_secs(60), "the desk to be found", async || {
        const HERE: &str = "function() { return this.querySelector('[data-state=here]') !== null }";
        Ok((panel.call(HERE).await? == true).then_some(()))
    })
    .await?;
    pair.chat().find("form", pair.words.form).await?;
    pair.end(&[
        "ERR_CONNECTION_REFUSED",
        "WebSocket",
        "Failed to load resource",
        "ERR_",
        "does not match the recipient window",
    ])
    .await
}
