//! The widget comes and goes with a page's views, and leaves nothing behind.

use anyhow::{Context, ensure};
use serde_json::json;
use system_tests::{
    visit::{Visit, story},
    wait,
    words::EN,
};

/// How often the widget is put on the page and taken off.
const TIMES: u32 = 1000;
/// Each such time the panel is opened too, and a question answered.
const OPENED: u32 = 100;

/// Nodes and listeners of the page after its garbage was collected.
async fn counted(visit: &Visit) -> anyhow::Result<(u64, u64)> {
    for _ in 0..3 {
        visit.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let counters = visit.browser.cdp("Memory.getDOMCounters", json!({})).await?;
    let count = |name: &str| counters[name].as_u64().unwrap_or_default();
    Ok((count("nodes"), count("jsEventListeners")))
}

/// Comes and goes so often.
fn turns(times: u32, opened: u32) -> String {
    format!(
        "(async () => {{
            const seen = async (look) => {{
                for (let tries = 0; tries < 400; tries += 1) {{
                    if (look()) return;
                    await new Promise((then) => setTimeout(then, 10));
                }}
                throw new Error('waited in vain for ' + look);
            }};
            for (let turn = 1; turn <= {times}; turn += 1) {{
                const element = document.createElement('porchlight-help');
                element.setAttribute('kb', '/kb/');
                document.body.append(element);
                if (turn % {opened} === 0) {{
                    porchlight.open({{ question: 'What does it cost?' }});
                    await seen(() => element.shadowRoot.querySelector('.log .entry:not(.own)'));
                }} else if (turn % 10 === 0) {{
                    porchlight.open();
                }}
                porchlight.destroy();
                if (document.querySelector('porchlight-help')) throw new Error('the element is still there');
            }}
            await new Promise((then) => setTimeout(then, 500));
            localStorage.clear();
            return true;
        }})()"
    )
}

#[tokio::test]
async fn coming_and_going_leaves_nothing() -> anyhow::Result<()> {
    story(EN, &[], async |visit| {
        visit.go(EN.home).await?;
        visit.bubble().find("button", EN.help).await?;
        // What is loaded once and for all is there after the first times.
        visit.browser.eval(&turns(20, 10)).await?;
        let before = counted(visit).await?;
        visit.browser.eval(&turns(TIMES, OPENED)).await?;
        // Workers that were told to end take their time.
        let mut after = (0, 0);
        let same = wait::until("nodes and listeners as before", async || {
            after = counted(visit).await?;
            Ok((after.0 <= before.0 + 50 && after.1 <= before.1 + 2).then_some(()))
        });
        same.await.with_context(|| format!("they grew from {before:?} to {after:?} in {TIMES} turns"))?;
        let targets = visit.browser.cdp("Target.getTargets", json!({})).await?;
        let targets = targets["targetInfos"].as_array().cloned().unwrap_or_default();
        let workers: Vec<_> = targets.iter().filter(|target| target["type"] == "worker").collect();
        ensure!(workers.is_empty(), "workers are left: {workers:?}");
        Ok(())
    })
    .await
}
