//! How long a visitor waits for an answer of a large help centre, in a real Chromium: `cargo xtask bench latency`.

use std::path::PathBuf;

use answer_messages::{
    Question,
    wire::{Call, Return},
};
use anyhow::{Context, bail};
use system_tests::{site::Site, wait, worker};

/// Hits that the bubble asks for.
const HITS: u32 = 4;
/// Requests sent to the browser at once.
const CHUNK: usize = 100;
/// The same questions again: of each the shortest time counts, for other programs of the machine are not measured.
const ROUNDS: usize = 3;

fn named(variable: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::var_os(variable).with_context(|| format!("{variable} is not set"))?;
    Ok(path.into())
}

/// Asks the questions of `PORCHLIGHT_QUESTIONS`, one a line, of the articles in `PORCHLIGHT_ARTICLES`. Writes to
/// `PORCHLIGHT_TIMES` a line for each: milliseconds from the page's sending to its hearing, and of these the engine's.
#[tokio::test]
#[ignore = "takes minutes and judges nothing: `cargo xtask bench latency` runs it"]
async fn times() -> anyhow::Result<()> {
    let questions = std::fs::read_to_string(named("PORCHLIGHT_QUESTIONS")?)?;
    let questions: Vec<&str> = questions.lines().collect();
    let site = Site::of_articles(&named("PORCHLIGHT_ARTICLES")?)?;
    let browser = worker::opened(&site, "en").await?;
    wait::until("the word vectors", async || {
        let fetched = site.requests()?.iter().any(|request| request.path.ends_with(".words"));
        Ok(fetched.then_some(()))
    })
    .await?;
    let mut best = vec![[f64::INFINITY; 2]; questions.len()];
    // The first round warms up the browser's compiler, and the vectors have been taken in by its end.
    for round in 0..=ROUNDS {
        for (questions, best) in questions.chunks(CHUNK).zip(best.chunks_mut(CHUNK)) {
            let call =
                |text: &&str| Call::Ask(Question { text: (*text).to_owned(), lang: Some("en".into()), limit: HITS });
            let returned = worker::send(&browser, questions.iter().map(call).collect()).await?;
            for (best, returned) in best.iter_mut().zip(returned) {
                let Return::Answered(_, engine) = returned.result else { bail!("another return than an answer") };
                if round > 0 {
                    *best = [best[0].min(returned.milliseconds), best[1].min(engine)];
                }
            }
        }
    }
    let lines: String = best.iter().map(|[whole, engine]| format!("{whole} {engine}\n")).collect();
    std::fs::write(named("PORCHLIGHT_TIMES")?, lines)?;
    browser.end().await.map(drop)
}
