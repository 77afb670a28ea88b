//! Strings that try to become markup, through every place that shows what somebody wrote: articles, bubble, static
//! pages, chat and console. Nothing may run, nothing may be fetched from elsewhere, no element of theirs may come to be.
//!
//! Pages are opened without their Content-Security-Policy: it would stop much of this, and is not to be relied on.

mod articles;

use std::{collections::BTreeSet, env, fmt::Write as _, fs};

use anyhow::{Context, ensure};
use articles::write_articles;
use serde::Deserialize;
use serde_json::{Value, json};
use system_tests::{browser::Browser, bubble::Element, handoff::Pair, kb, programs, site::Site, wait, words::EN};

/// A string, and the kind of place that it was written for.
#[derive(Deserialize)]
struct Hostile {
    id: String,
    string: String,
    kind: String,
}

/// Number of strings.
const STRINGS: usize = 2785;
/// In a usual run each such one is taken.
const SAMPLED: usize = 25;
/// Questions asked at once; the hand-off takes along what a hundred entries say.
const ASKED: usize = 20;
/// Bytes of a question: several strings, for each costs a search and an answer.
const QUESTION_BYTES: usize = 1_500;
/// Bytes of a name, of a message in the conversation, of the largest message: the last two by the desk's limits.
const NAME_BYTES: usize = 256;
const SAID_BYTES: usize = 2_000;
const MESSAGE_BYTES: usize = 64 * 1024;

/// Runs before each page and in each frame: says in the browser's console what has run.
const WITNESS: &str = "for (const name of ['alert', 'confirm', 'prompt', 'print', '__xss']) {
    const seen = () => { window.__seen = name; console.error('WITNESS ' + name + ' at ' + location.href); return 1; };
    Object.defineProperty(window, name, name === '__xss' ? { get: () => seen, set: seen } : { value: seen });
}";

/// What is done inside pages: functions of one value, or of an element and a value.
const PAGES: &str = include_str!("../../data/xss/pages.js");

/// A call in the page.
async fn call(browser: &Browser, name: &str, value: Value) -> anyhow::Result<Value> {
    browser.eval(&format!("(() => {{ {PAGES}\nreturn {name}({value}) }})()")).await
}

/// A call in an element's document, with the element.
async fn call_on(element: &Element<'_>, name: &str, value: Value) -> anyhow::Result<Value> {
    element.call(&format!("function() {{ {PAGES}\nreturn {name}(this, {value}) }}")).await
}

/// What is wrong, with where.
#[derive(Default)]
struct Found(BTreeSet<String>);

impl Found {
    fn add(&mut self, place: &str, all: &Value) {
        let all = all.as_array().into_iter().flatten().filter_map(Value::as_str);
        self.0.extend(all.map(|one| format!("{place}: {one}")));
    }

    async fn look(&mut self, place: &str, browser: &Browser, desk: &str) -> anyhow::Result<()> {
        let all = browser.eval(&format!("(() => {{ {PAGES}\nreturn look(document, {}) }})()", json!(desk))).await?;
        self.add(place, &all);
        Ok(())
    }

    /// What ran anywhere, in frames and on pages that are gone too.
    async fn heard(&mut self, browser: &Browser) -> anyhow::Result<()> {
        let lines = browser.console().await?;
        let witnesses = lines.into_iter().filter(|line| line.message.contains("WITNESS"));
        self.0.extend(witnesses.map(|line| line.message));
        Ok(())
    }

    fn judge(&self) -> anyhow::Result<()> {
        let first: Vec<&str> = self.0.iter().take(40).map(String::as_str).collect();
        ensure!(first.is_empty(), "{} things got through:\n  {}", self.0.len(), first.join("\n  "));
        Ok(())
    }
}

fn strings() -> anyhow::Result<Vec<Hostile>> {
    let folder = programs::root()?.join("tests/data/xss");
    let mut all: Vec<Hostile> = Vec::new();
    for name in ["naughty.json", "purify.json", "ours.json"] {
        let text = fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read {name}"))?;
        all.extend(serde_json::from_str::<Vec<Hostile>>(&text)?);
    }
    ensure!(all.len() == STRINGS, "{} strings", all.len());
    // All of them take many minutes: `PORCHLIGHT_XSS_ALL` asks for that.
    let step = if env::var_os("PORCHLIGHT_XSS_ALL").is_some() { 1 } else { SAMPLED };
    Ok(all.into_iter().step_by(step).collect())
}

/// As many strings as fit into so many bytes, several times. What is longer stands alone.
fn packed(strings: &[Hostile], most: usize) -> Vec<String> {
    let mut packs: Vec<String> = Vec::new();
    for Hostile { string, .. } in strings {
        match packs.last_mut() {
            Some(pack) if pack.len() + 1 + string.len() <= most => {
                pack.push('\n');
                pack.push_str(string);
            }
            _ => packs.push(string.clone()),
        }
    }
    packs
}

/// A site of these articles. Nothing of theirs may keep an article out but what is wrong with a whole file.
fn site(strings: &[Hostile], desk: &str) -> anyhow::Result<Site> {
    let folder = tempfile::Builder::new().prefix("porchlight-hostile-").tempdir()?;
    write_articles(folder.path(), strings)?;
    Site::lay_out(Some(desk), |root| {
        let mut build = kb::indexer(&["build", "--lenient"])?;
        build.arg(folder.path()).arg("--out").arg(root.join("kb")).arg("--site").arg(root.join("help"));
        let output = kb::success(build.arg("--config").arg(folder.path().join("kb.toml")))?;
        let told = String::from_utf8_lossy(&output.stderr);
        let refused: Vec<&str> =
            told.lines().filter(|line| line.contains(": error[") && !line.contains("whole/")).take(9).collect();
        ensure!(refused.is_empty(), "articles were left out:\n{}", refused.join("\n"));
        Ok(())
    })
}

/// Names of all pages of the static help centre, as addresses.
fn pages(site: &Site) -> anyhow::Result<Vec<String>> {
    let files = kb::tree(&site.kb().with_file_name("help"))?;
    let mut pages = Vec::new();
    for file in files.keys().filter(|file| file.ends_with(".html")) {
        let mut page = String::from("/help/");
        for byte in file.trim_end_matches("index.html").bytes() {
            if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
                page.push(char::from(byte));
            } else {
                let _ = write!(page, "%{byte:02X}");
            }
        }
        pages.push(page);
    }
    Ok(pages)
}

/// Without its policy, and with a witness in every page and frame.
async fn prepare(browser: &Browser) -> anyhow::Result<()> {
    browser.cdp("Page.enable", json!({})).await?;
    browser.cdp("Page.setBypassCSP", json!({ "enabled": true })).await?;
    browser.before_each_page(WITNESS).await
}

/// Greeting, list, and every article in the panel; each must be there with the marks of what it carries.
async fn read(pair: &Pair, strings: &[Hostile], found: &mut Found) -> anyhow::Result<()> {
    let (visit, desk) = (&pair.visit, pair.desk.address());
    visit.go("/").await?;
    visit.browser.eval("localStorage.clear()").await?;
    visit.go("/").await?;
    visit.browser.eval("porchlight.open()").await?;
    call(&visit.browser, "greeted", json!(null)).await?;
    let before = call(&visit.browser, "host", json!(null)).await?;
    found.look("greeting", &visit.browser, &desk).await?;
    let listed = call(&visit.browser, "listed", json!(null)).await?;
    found.look("list of articles", &visit.browser, &desk).await?;
    let slugs: Vec<String> = serde_json::from_value(listed)?;
    call(&visit.browser, "back", json!(null)).await?;
    ensure!(call(&visit.browser, "host", json!(null)).await? == before, "the host page is not as it was");
    // Where the greeting is short: it would be drawn again each time.
    visit.go("/embed/").await?;
    call(&visit.browser, "greeted", json!(null)).await?;
    let before = call(&visit.browser, "host", json!(null)).await?;
    let mut marks = BTreeSet::new();
    for slugs in slugs.chunks(10) {
        let seen = call(&visit.browser, "read", json!({ "articles": slugs, "desk": desk })).await?;
        found.add("article", &seen["found"]);
        found.add("not to be had", &seen["lost"]);
        marks.extend(seen["marks"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    }
    let gone: Vec<&str> = strings.iter().map(|hostile| hostile.id.as_str()).filter(|id| !marks.contains(*id)).collect();
    found.add("in no article that was shown", &json!(gone));
    ensure!(call(&visit.browser, "host", json!(null)).await? == before, "the host page is not as it was");
    Ok(())
}

/// Every string as a question; what is said of it, and the preview of what a person would get.
async fn ask(pair: &Pair, strings: &[Hostile], found: &mut Found) -> anyhow::Result<()> {
    let (visit, desk) = (&pair.visit, pair.desk.address());
    visit.go("/embed/").await?;
    visit.browser.eval("porchlight.open()").await?;
    call(&visit.browser, "greeted", json!(null)).await?;
    let before = call(&visit.browser, "host", json!(null)).await?;
    let (messages, names) = (packed(strings, 50_000), packed(strings, NAME_BYTES));
    let mut form = None;
    for (n, asked) in packed(strings, QUESTION_BYTES).chunks(ASKED).enumerate() {
        let mark = format!("batch {n} wobblefrog");
        let mut questions: Vec<&str> = asked.iter().map(String::as_str).collect();
        questions.push(&mark);
        let values = json!({ "questions": questions, "desk": desk });
        found.add(&format!("questions {n}"), &call(&visit.browser, "ask", values).await?);
        if form.is_none() {
            form = Some(pair.chat().find("form", pair.words.form).await?);
        }
        let form = form.as_ref().context("there is no form")?;
        let fields = json!({ "message": messages.get(n), "name": names.get(n), "email": names.get(n) });
        let values = json!({ "mark": mark, "fields": fields });
        found.add(&format!("preview {n}"), &call_on(form, "preview", values).await?);
    }
    ensure!(call(&visit.browser, "host", json!(null)).await? == before, "the host page is not as it was");
    // This one is really sent.
    let form = form.context("there was no form")?;
    call_on(&form, "fill", json!({ "message": messages[0], "name": names[0], "email": "a@b.example" })).await?;
    pair.send_form().await
}

/// The statuses of what was sent must be these; gives the answers.
fn answers(answers: Value, status: u16) -> anyhow::Result<Vec<Value>> {
    let answers: Vec<Value> = serde_json::from_value(answers)?;
    let other = answers.iter().find(|answer| answer["status"] != status);
    ensure!(other.is_none(), "the desk says {other:?}");
    Ok(answers)
}

/// Said last by both.
const LAST: &str = "the last one said";

/// Every string said by both sides of a live conversation, seen on both.
async fn talk(pair: &Pair, strings: &[Hostile], found: &mut Found) -> anyhow::Result<()> {
    let packs = packed(strings, SAID_BYTES).into_iter().filter(|text| !text.trim().is_empty());
    let (mut said, long) = packs.partition::<Vec<_>, _>(|text| text.len() <= MESSAGE_BYTES);
    said.push(LAST.to_owned());
    let (visitors, agents) = (pair.visitors_log().await?, pair.agents_log().await?);
    let messages = |bodies: &[String], prefix: &str| {
        json!({
            "bodies": bodies, "prefix": prefix, "route": "/v1/messages", "visitor": true,
        })
    };
    answers(call_on(&visitors, "postFrom", messages(&long, "long-")).await?, 413)?;
    answers(call_on(&visitors, "postFrom", messages(&said, "visitor-")).await?, 201)?;
    let route = pair.agent.eval("'/v1/conversations/' + location.hash.slice('#/c/'.length) + '/messages'").await?;
    let values = json!({ "bodies": said, "prefix": "agent-", "route": route });
    answers(call(&pair.agent, "post", values).await?, 201)?;
    // And by hand, as people do.
    pair.visitor_says(&said[0]).await?;
    pair.agent_says(&said[1]).await?;
    for (place, log) in [("chat", &visitors), ("console", &agents)] {
        found.add(place, &call_on(log, "talked", json!({ "last": LAST })).await?);
    }
    found.look("host page", &pair.visit.browser, &pair.desk.address()).await
}

/// A hand-off that carries these strings wherever it can.
fn handoff(all: &str, short: bool) -> Value {
    let line: String = all.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    let field: String = line.chars().take(2000).collect();
    let name = if field.trim().is_empty() { "x" } else { &field };
    let shown = json!({
        "article": name, "section": field, "title": field, "url": field, "version": field, "confidence": 0.5, "passage": all,
    });
    let entry = |said: Value| json!({ "at_ms": 1_700_000_000_000_u64, "said": said });
    let reply = |decision: &str, reason: &str| {
        entry(json!({ "reply": {
            "decision": decision, "reason": reason, "confidence": 0.5, "shown": [shown, shown], "vote": "not_helped",
        } }))
    };
    json!({
        "message": all,
        "name": short.then_some(&line),
        "email": short.then_some(&line),
        "transcript": {
            "version": 1, "lang": "en", "page": { "url": field, "title": field }, "cause": "visitor_chose", "struck": 0,
            "entries": [
                entry(json!({ "question": { "text": all } })), reply("answer", "confident"), reply("choose", "tie"),
                entry(json!({ "chosen": { "shown": shown, "vote": null } })),
                entry(json!({ "read": { "article": name, "section": field } })),
                entry(json!({ "question": { "text": all } })), reply("hand_off", "low_confidence"),
            ],
        },
    })
}

/// Every string as name and e-mail address, in brief and transcript: queue and console.
async fn hand_off(pair: &Pair, strings: &[Hostile], found: &mut Found) -> anyhow::Result<()> {
    let packs = packed(strings, NAME_BYTES);
    let mut opened = Vec::new();
    for (n, packs) in packs.chunks(100).enumerate() {
        let sized = packs.iter().filter(|pack| pack.len() <= MESSAGE_BYTES);
        let bodies: Vec<Value> = sized.map(|pack| handoff(pack, pack.len() <= NAME_BYTES)).collect();
        let values =
            json!({ "bodies": bodies, "prefix": format!("handoff-of-many-strings-{n}-"), "route": "/v1/handoffs" });
        opened.extend(answers(call(&pair.agent, "post", values).await?, 201)?);
    }
    // A name that is too long is refused, never cut.
    let long = packs.iter().find(|pack| pack.len() > NAME_BYTES).context("no string is long")?;
    let values =
        json!({ "bodies": [handoff(long, true)], "prefix": "handoff-of-a-long-name-", "route": "/v1/handoffs" });
    answers(call(&pair.agent, "post", values).await?, 422)?;
    wait::until("the whole queue", async || {
        let there = pair.agent.eval("document.querySelectorAll('#queue a').length").await?;
        Ok((there.as_u64() >= Some(opened.len() as u64)).then_some(()))
    })
    .await?;
    found.look("queue", &pair.agent, "").await?;
    // Opening all of them takes minutes.
    let step = if env::var_os("PORCHLIGHT_XSS_ALL").is_some() { 1 } else { 6 };
    let opened: Vec<Value> = opened.into_iter().step_by(step).collect();
    for opened in opened.chunks(20) {
        let ids: Vec<Value> = opened
            .iter()
            .map(|one| json!({ "conversation": one["conversation"], "receipt": one["receipt"] }))
            .collect();
        found.add("console", &call(&pair.agent, "open", json!({ "conversations": ids })).await?);
    }
    Ok(())
}

/// Every page of the static help centre.
async fn open_pages(browser: &Browser, site: &Site, found: &mut Found) -> anyhow::Result<()> {
    for page in pages(site)? {
        browser.go(&site.address(&page)).await?;
        found.look(&page, browser, "").await?;
    }
    Ok(())
}

#[tokio::test]
async fn every_string_in_every_place() -> anyhow::Result<()> {
    let strings = strings()?;
    let pair = Pair::start_at(EN, |desk| site(&strings, desk)).await?;
    prepare(&pair.visit.browser).await?;
    prepare(&pair.agent).await?;
    let mut found = Found::default();
    read(&pair, &strings, &mut found).await?;
    pair.sign_in().await?;
    ask(&pair, &strings, &mut found).await?;
    pair.take_first().await?;
    talk(&pair, &strings, &mut found).await?;
    // The agent's browser and the visitor's have nothing to do with each other any more.
    let (mut queue, mut pages) = (Found::default(), Found::default());
    tokio::try_join!(
        hand_off(&pair, &strings, &mut queue),
        open_pages(&pair.visit.browser, &pair.visit.site, &mut pages)
    )?;
    found.0.extend(queue.0.into_iter().chain(pages.0));
    for browser in [&pair.visit.browser, &pair.agent] {
        found.heard(browser).await?;
    }
    found.judge()?;
    // Pictures that are missing and the like are told in the consoles; what ran was looked for. Requests are judged.
    pair.end(&[""]).await
}

/// The check itself is checked: each hole is planted and seen, in the panel and beside it.
#[tokio::test]
async fn holes_would_be_seen() -> anyhow::Result<()> {
    const HOLES: [(&str, &str); 12] = [
        ("<img src=x onerror='window.__xss=1'>", "WITNESS __xss"),
        ("<img src=y onerror='alert(1)'>", "WITNESS alert"),
        ("<img src=z onerror='__xss(1)'>", "a handler"),
        ("<details open ontoggle='confirm(1)'></details>", "WITNESS confirm"),
        ("<a href='java\nscript:window.__xss=1'>x</a>", "an address by javascript:"),
        ("<a href='data:text/html,x'>x</a>", "an address by data:"),
        ("<iframe src='https://evil.example/'></iframe>", "a forbidden element"),
        ("<iframe srcdoc='<script>parent.prompt(1)</script>'></iframe>", "WITNESS prompt"),
        ("<base href='https://evil.example/'>", "a forbidden element"),
        ("<style>p { color: red }</style>", "a forbidden element"),
        ("<math><mtext></mtext></math>", "a foreign namespace"),
        ("<object></object><embed><link><meta>", "a forbidden element"),
    ];
    let site = Site::start()?;
    let browser = Browser::start().await?;
    prepare(&browser).await?;
    browser.go(&site.address("/")).await?;
    browser.eval("porchlight.open()").await?;
    let root = "document.querySelector('porchlight-help').shadowRoot";
    browser.until(&format!("{root}?.querySelector('.panel .composer') != null")).await?;
    let mut clean = Found::default();
    clean.look("clean", &browser, "").await?;
    clean.heard(&browser).await?;
    clean.judge()?;
    for (hole, seen_as) in HOLES {
        let plant = format!(
            "(globalThis.hole = {root}.querySelector('.panel')
            .appendChild(document.createElement('p'))).innerHTML = {}",
            json!(hole)
        );
        browser.eval(&plant).await?;
        let all = wait::until(&format!("“{seen_as}” of {hole}"), async || {
            let mut found = Found::default();
            found.look("hole", &browser, "").await?;
            found.heard(&browser).await?;
            Ok(found.0.iter().any(|one| one.contains(seen_as)).then_some(found))
        })
        .await?;
        ensure!(all.judge().is_err(), "{hole} was let through");
        browser.eval("hole.remove(), delete globalThis.hole").await?;
    }
    let before = call(&browser, "host", json!(null)).await?;
    for change in ["document.body.append(document.createElement('p'))", "document.body.title = 'x'", "globalThis.x = 1"]
    {
        let undo = "document.body.lastChild.localName === 'p' && document.body.lastChild.remove();
            document.body.removeAttribute('title'); delete globalThis.x";
        browser.eval(&format!("{change}; 0")).await?;
        ensure!(call(&browser, "host", json!(null)).await? != before, "{change} was not seen");
        browser.eval(&format!("{undo}; 0")).await?;
        ensure!(call(&browser, "host", json!(null)).await? == before, "{change} is still seen");
    }
    let addresses = browser.end().await?.addresses();
    ensure!(addresses.iter().any(|address| address.contains("evil.example")), "a request elsewhere was not seen");
    Ok(())
}
