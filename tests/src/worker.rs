//! The search worker on a page without the bubble: asked by encoded messages, as the search client asks it.

use answer_messages::wire::{self, Call, Request, Response, Return};
use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::{browser::Browser, programs, site::Site};

/// A worker on a page of the site that has no policy of its own, and its greeting awaited.
const START: &str = "new Promise((resolve, reject) => {
    globalThis.worker = new Worker(WORKER, { type: 'module' });
    worker.onerror = (event) => reject(new Error('worker: ' + event.message));
    worker.onmessage = ({ data }) => data === 'hello' ? resolve() : reject(new Error('worker: ' + data));
})";

/// Sends encoded requests one after the other and gives the responses; bytes travel as hexadecimal digits.
const SEND: &str = "(async (requests) => {
    const responses = [];
    for (const request of requests) {
        responses.push(await new Promise((resolve, reject) => {
            let sent;
            worker.onmessage = ({ data }) => {
                const milliseconds = performance.now() - sent;
                typeof data === 'string' ? reject(new Error(data)) : resolve({ hex: data.toHex(), milliseconds });
            };
            const bytes = Uint8Array.fromHex(request);
            sent = performance.now();
            worker.postMessage(bytes, [bytes.buffer]);
        }));
    }
    return responses;
})";

/// What came back.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The result.
    pub result: Return,
    /// From the question's leaving the page to the answer's arrival.
    pub milliseconds: f64,
}

#[derive(Deserialize)]
struct Arrived {
    hex: String,
    milliseconds: f64,
}

/// A browser with the site's bundle open in a worker.
///
/// # Errors
/// Where browser, worker or bundle do not come up.
pub async fn opened(site: &Site, lang: &str) -> anyhow::Result<Browser> {
    let browser = Browser::start().await?;
    browser.go(&site.address("/kb/manifest.json")).await?;
    browser.eval(&START.replace("WORKER", &serde_json::to_string(&address(site)?)?)).await?;
    let open = Call::Open { kb: site.address("/kb/"), lang: Some(lang.into()) };
    let opened = send(&browser, vec![open]).await?;
    ensure!(matches!(opened[..], [Returned { result: Return::Opened(_), .. }]), "the bundle did not open");
    Ok(browser)
}

/// Makes these calls, one after the other.
///
/// # Errors
/// Where one of them fails.
pub async fn send(browser: &Browser, calls: Vec<Call>) -> anyhow::Result<Vec<Returned>> {
    let encoded: Vec<String> = (1..)
        .zip(calls)
        .map(|(id, call)| wire::encode(&Request { id, call }).iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    let arrived = browser.eval(&format!("{SEND}({})", serde_json::to_string(&encoded)?)).await?;
    let arrived: Vec<Arrived> = serde_json::from_value(arrived).context("no responses")?;
    let mut all = Vec::new();
    for (id, Arrived { hex, milliseconds }) in (1..).zip(arrived) {
        let response: Response = wire::decode(&bytes(&hex)?)?;
        ensure!(response.id == id, "response {} to request {id}", response.id);
        match response.outcome {
            Ok(result) => all.push(Returned { result, milliseconds }),
            Err(failure) => bail!("the worker failed: {failure:?}"),
        }
    }
    Ok(all)
}

fn bytes(hex: &str) -> anyhow::Result<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|at| Ok(u8::from_str_radix(&hex[at..at + 2], 16)?)).collect()
}

/// Address of the worker's script, by the list that the build wrote.
fn address(site: &Site) -> anyhow::Result<String> {
    let list = std::fs::read_to_string(programs::dist()?.join("web.json")).context("cannot read web.json")?;
    let list: Value = serde_json::from_str(&list)?;
    let worker = list["files"].as_array().into_iter().flatten().find(|file| file["role"] == "worker");
    let path = worker.and_then(|file| file["path"].as_str()).context("web.json names no worker")?;
    Ok(site.address(&format!("/porchlight/{path}")))
}
