//! Nothing before intent, and no question ever in a request.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use system_tests::{
    visit::{story, story_then},
    wait,
    words::{EN, KO},
};

#[tokio::test]
async fn before_a_click_there_is_only_the_loader() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.go("/").await?;
        visit.bubble().find("button", EN.help).await?;
        // Whatever wants to happen by itself has had its turn.
        visit.browser.eval("new Promise((turn) => requestIdleCallback(() => requestIdleCallback(turn)))").await?;
        let asked: BTreeSet<String> = visit.site.requests()?.into_iter().map(|request| request.path).collect();
        let own = ["/", "/style.css", "/mark.svg", "/porch.svg", "/porchlight/loader.js"].map(str::to_owned);
        ensure!(asked == BTreeSet::from(own), "fetched before any click: {asked:?}");
        let kept = visit
            .browser
            .eval(
                "(async () => JSON.stringify({
                    local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
                    databases: (await indexedDB.databases()).length,
                    caches: globalThis.caches ? (await caches.keys()).length : 0,
                    workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
                }))()",
            )
            .await?;
        let nothing = r#"{"local":0,"session":0,"cookies":"","databases":0,"caches":0,"workers":0}"#;
        ensure!(kept == nothing, "kept before any click: {kept}");
        let cookies = visit.browser.cdp("Network.getAllCookies", serde_json::json!({})).await?;
        ensure!(cookies["cookies"].as_array().is_some_and(Vec::is_empty), "cookies: {cookies}");
        let targets = visit.browser.cdp("Target.getTargets", serde_json::json!({})).await?;
        let workers = targets["targetInfos"].as_array().context("no targets")?;
        let workers =
            workers.iter().filter(|target| target["type"].as_str().is_some_and(|kind| kind.contains("worker")));
        assert_eq!(workers.count(), 0, "workers run: {targets}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn no_request_ever_carries_the_question() -> anyhow::Result<()> {
    const MARK: &str = "qzmark7391";
    const KOREAN_MARK: &str = "칠삼구일표식";
    const CONTROL: &str = "qzcontrol2846";
    let encoded: String = KOREAN_MARK.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let marks = [MARK, KOREAN_MARK, &encoded];
    story_then(
        EN,
        &[],
        async |visit| {
            visit.arrive().await?;
            for question in [EN.answered, EN.other, EN.unanswered, EN.person_please, KO.answered] {
                visit.ask(&format!("{question} {MARK} {KOREAN_MARK}")).await?;
            }
            // Clean words, so that there surely is an answer to vote on and to read.
            visit.ask(EN.answered).await?;
            visit.bubble().last("button", EN.helped).await?.click().await?;
            visit.bubble().last("button", EN.not_helped).await?.click().await?;
            visit.bubble().last("button", EN.read).await?.click().await?;
            visit.bubble().find("button", EN.back).await?.click().await?;
            visit.bubble().find("button", EN.browse).await?.click().await?;
            visit.bubble().find("heading", EN.browse).await?;
            visit.go("/embed/").await?;
            visit.panel().await?;
            visit.ask(&format!("{} {MARK}", EN.answered)).await?;
            visit.browser.eval(&format!("porchlight.open({{ question: '{MARK} from the page' }})")).await?;
            wait::until("the page's question", async || {
                Ok((visit.own().await?.last().is_some_and(|own| own.contains("from the page"))).then_some(()))
            })
            .await?;
            let requests = visit.site.requests()?;
            ensure!(requests.len() > 10, "only {} requests were written down", requests.len());
            for request in &requests {
                let plain = request.method == "GET" && request.query.is_none() && request.body_bytes == 0;
                ensure!(plain, "a request that is more than an address: {request:?}");
                let all = format!("{request:?}");
                ensure!(!marks.iter().any(|mark| all.contains(mark)), "a request carries the question: {all}");
            }
            // That the records would tell.
            visit.browser.eval(&format!("fetch('/mark.svg?q={CONTROL}').then(() => 0)")).await?;
            let told =
                visit.site.requests()?.iter().any(|request| request.query.as_deref() == Some(&format!("q={CONTROL}")));
            ensure!(told, "the request log misses requests");
            Ok(())
        },
        |network| {
            ensure!(network.mentions(CONTROL), "the browser's record misses requests");
            ensure!(
                network.addresses().iter().any(|address| address.contains("/kb/index/")),
                "workers' requests are missed"
            );
            for mark in marks {
                ensure!(!network.mentions(mark), "the browser sent {mark} somewhere");
            }
            Ok(())
        },
    )
    .await
}
