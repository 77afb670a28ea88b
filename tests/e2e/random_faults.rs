//! Conversations in which something fails at random: nobody is left without a way on, and the page never sees an error.

use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::json;
use system_tests::{
    visit::{Visit, story},
    wait,
    words::EN,
};

/// Conversations of a usual run; `PORCHLIGHT_CONVERSATIONS` asks for another number.
const CONVERSATIONS: u64 = 40;

/// What is wrong from the start; the page's address says which.
const BEFORE: [&str; 7] = ["", "refused", "broken", "storage", "module", "engine", "bundle"];
/// Files that cannot be had with some of these.
const BLOCKED: [(&str, &str); 3] = [("module", "*bubble*.wasm"), ("engine", "*engine*.wasm"), ("bundle", "*.head")];
/// What happens between two questions.
const BETWEEN: [&str; 7] = ["", "", "kill", "offline", "reload", "close", "clear"];

/// Faults of a page, and what it notices.
const PAGE: &str = "{
    globalThis.errors = [];
    addEventListener('error', (event) => errors.push(String(event.message)));
    addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
    const Real = globalThis.Worker;
    globalThis.workers = [];
    globalThis.Worker = class extends Real { constructor(...given) { super(...given); workers.push(this) } };
    const fault = new URLSearchParams(location.search).get('fault');
    if (fault === 'refused') globalThis.Worker = class { constructor() { throw new DOMException('no', 'SecurityError') } };
    if (fault === 'broken') globalThis.Worker = class extends Real {
        postMessage() { setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: 'broken' })), 20) }
    };
    if (fault === 'storage') for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
        Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError') } });
    }
}";

/// Seeded numbers (Park and Miller's).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        usize::try_from(self.0).unwrap_or_default() % end
    }
}

async fn blocked(visit: &Visit, addresses: &[&str]) -> anyhow::Result<()> {
    visit.browser.cdp("Network.setBlockedURLs", json!({ "urls": addresses })).await.map(drop)
}

async fn offline(visit: &Visit, offline: bool) -> anyhow::Result<()> {
    let state = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    visit.browser.cdp("Network.emulateNetworkConditions", state).await.map(drop)
}

/// There is something to do: an answer or another entry to what was asked, or the notice with its button; and a person.
async fn has_a_way_on(visit: &Visit, asked: usize) -> anyhow::Result<()> {
    const WAYS: &str = "(() => {
        const root = document.querySelector('porchlight-help')?.shadowRoot;
        const person = [...root.querySelectorAll('a, button')].some((one) => one.textContent === 'Talk to a person' && one.checkVisibility());
        return [root.querySelectorAll('.log > .entry:not(.own)').length, root.querySelector('.failed button') !== null, person];
    })()";
    wait::until_for(Duration::from_secs(30), "an answer or a way on", async || {
        let ways = visit.browser.eval(WAYS).await?;
        let answered = ways[0].as_u64().unwrap_or_default() as usize >= asked;
        Ok(((answered || ways[1] == true) && ways[2] == true).then_some(()))
    })
    .await
}

async fn conversation(visit: &Visit, random: &mut Random) -> anyhow::Result<()> {
    const QUESTIONS: [&str; 4] = [EN.answered, EN.other, EN.unanswered, "what is deflection"];
    let browser = &visit.browser;
    let before = BEFORE[random.below(BEFORE.len())];
    let files: Vec<&str> = BLOCKED.iter().filter(|(fault, _)| *fault == before).map(|(_, files)| *files).collect();
    let mut story = vec![before];
    let told: anyhow::Result<()> = async {
        blocked(visit, &files).await?;
        visit.go(&format!("/?fault={before}")).await?;
        visit.bubble().find("button", EN.help).await?.click().await?;
        let mut asked = 0;
        for _ in 0..3 {
            const OPEN: &str = "document.querySelector('porchlight-help').shadowRoot.querySelector('.panel:not([hidden]) textarea')?.checkVisibility()
                ?? document.querySelector('porchlight-help').shadowRoot.querySelector('.failed') !== null";
            browser.until(OPEN).await?;
            if visit.bubble().all("button", Some("Try again")).await?.is_empty() {
                visit.send(QUESTIONS[random.below(QUESTIONS.len())]).await?;
                asked += 1;
            }
            has_a_way_on(visit, asked).await?;
            let between = BETWEEN[random.below(BETWEEN.len())];
            story.push(between);
            match between {
                "kill" => drop(browser.eval("workers.at(-1)?.terminate(); 1").await?),
                "offline" => offline(visit, true).await?,
                "reload" => {
                    offline(visit, false).await?;
                    browser.reload().await?;
                    if browser.eval("document.querySelector('porchlight-help').shadowRoot.querySelector('.panel, .failed') === null").await? == true {
                        // A panel that was open comes back by itself, but for a page without a memory.
                        tokio::time::sleep(Duration::from_millis(300)).await;
                        browser.eval("porchlight.open(); 1").await?;
                    }
                    asked = if before == "storage" { 0 } else { asked };
                }
                "close" => drop(browser.eval("porchlight.close(); porchlight.open(); 1").await?),
                "clear" => {
                    if let Some(clear) = visit.bubble().all("button", Some("Clear this conversation")).await?.pop() {
                        clear.click().await?;
                        asked = 0;
                    }
                }
                _ => {}
            }
        }
        let errors = browser.eval("errors").await?;
        ensure!(errors.as_array().is_some_and(Vec::is_empty), "the page saw {errors}");
        Ok(())
    }
    .await;
    offline(visit, false).await?;
    // The next one begins anew.
    browser.eval("try { localStorage.clear() } catch {} 1").await?;
    told.with_context(|| format!("after {story:?}"))
}

#[tokio::test]
async fn nobody_is_left_without_a_way_on() -> anyhow::Result<()> {
    let count = std::env::var("PORCHLIGHT_CONVERSATIONS").ok().and_then(|count| count.parse().ok());
    // What fails is told in the console; that is what it is for.
    story(EN, &[""], async |visit| {
        visit.browser.cdp("Network.enable", json!({})).await?;
        visit.browser.before_each_page(PAGE).await?;
        let mut faults = Vec::new();
        for seed in 1..=count.unwrap_or(CONVERSATIONS) {
            if let Err(error) = conversation(visit, &mut Random(seed * 7_919)).await {
                faults.push(format!("conversation {seed}: {error:#}"));
            }
        }
        ensure!(faults.is_empty(), "{} of the conversations:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    })
    .await
}
