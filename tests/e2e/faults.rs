//! What happens when a worker dies, storage is denied or the network goes away.

use anyhow::{Context, ensure};
use system_tests::{
    kb,
    visit::{Visit, story},
    wait,
    words::EN,
};

/// Keeps every worker that the page starts.
const KEEP_WORKERS: &str = "{
    const Real = Worker;
    globalThis.workers = [];
    globalThis.Worker = class extends Real { constructor(...given) { super(...given); workers.push(this) } };
}";

const REFUSE_WORKERS: &str =
    "globalThis.Worker = class { constructor() { throw new DOMException('no', 'SecurityError') } }";

/// A worker that never says a word.
const MUTE_WORKERS: &str = "globalThis.Worker = class extends EventTarget { postMessage() {} terminate() {} }";

const DENY_STORAGE: &str = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError') } });
}";

/// The engine answers, and by the right article.
async fn check_answers(visit: &Visit, question: &str) -> anyhow::Result<()> {
    let expected = kb::ask(&visit.site.kb(), question, EN.tag)?;
    let title = &expected.hits.first().context("no hit")?.title;
    let before = visit.entries().await?.len();
    visit.send(question).await?;
    // A silent worker is given some seconds before it is believed to be dead.
    let said = wait::until_for(std::time::Duration::from_secs(25), "a reply", async || {
        let mut entries = visit.entries().await?;
        Ok((entries.len() >= before + 2).then(|| entries.pop()).flatten())
    })
    .await?;
    ensure!(said.contains(title), "no “{title}” in: {said}");
    Ok(())
}

#[tokio::test]
async fn a_killed_worker_is_replaced() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.browser.before_each_page(KEEP_WORKERS).await?;
        visit.arrive().await?;
        check_answers(visit, EN.answered).await?;
        // Once for the restart, once more for the page's own thread, which then stays.
        for (kill, question) in [(true, EN.other), (true, "how long is my history kept"), (false, "what is deflection")]
        {
            if kill {
                // As a browser that is short of memory does: no event tells of it.
                visit.browser.eval("workers.at(-1).terminate()").await?;
            }
            check_answers(visit, question).await?;
        }
        let workers = visit.browser.eval("workers.length").await?;
        ensure!(workers == 2, "{workers} workers were started");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_refused_worker_is_done_without() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.browser.before_each_page(REFUSE_WORKERS).await?;
        visit.arrive().await?;
        check_answers(visit, EN.answered).await?;
        visit.bubble().find("button", EN.read).await?.click().await?;
        visit.bubble().find("heading", EN.title).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_mute_worker_is_done_without() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.browser.before_each_page(MUTE_WORKERS).await?;
        visit.arrive().await?;
        check_answers(visit, EN.answered).await
    })
    .await
}

#[tokio::test]
async fn denied_storage_costs_only_the_memory() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.browser.before_each_page(DENY_STORAGE).await?;
        visit.arrive().await?;
        check_answers(visit, EN.answered).await?;
        visit.bubble().find("button", EN.helped).await?.click().await?;
        visit.log().await?.says("Noted.").await?;
        visit.bubble().find("button", EN.close).await?.click().await?;
        visit.bubble().gone("dialog", EN.help).await?;
        visit.open().await?;
        assert_eq!(visit.own().await?, [EN.answered]);
        visit.browser.reload().await?;
        visit.open().await?;
        visit.ready().await
    })
    .await
}

#[tokio::test]
async fn offline_after_the_first_answer() -> anyhow::Result<()> {
    story(EN, &["ERR_CONNECTION_REFUSED", "ERR_INTERNET_DISCONNECTED", "porchlight: "], async |visit| {
        visit.arrive().await?;
        check_answers(visit, EN.answered).await?;
        // The article of the answer is fetched ahead.
        wait::until("the article to be fetched", async || {
            let requests = visit.site.requests()?;
            Ok(requests.iter().any(|request| request.path.starts_with("/kb/articles/")).then_some(()))
        })
        .await?;
        visit.site.stop();
        for question in [EN.other, "what is deflection", "how long is my history kept"] {
            check_answers(visit, question).await?;
        }
        let read = visit.bubble().all("button", Some(EN.read)).await?;
        read.first().context("no answer")?.click().await?;
        visit.bubble().find("heading", EN.title).await?;
        visit.bubble().find("button", EN.back).await?.click().await?;
        // One that was never fetched: its failure is told, and does not break the rest.
        visit.browser.eval("porchlight.open({ article: 'en/measuring/churn' })").await?;
        visit.bubble().find("button", EN.back).await?.click().await?;
        check_answers(visit, "how do I write an article").await
    })
    .await
}
