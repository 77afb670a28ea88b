//! Host pages that reset, move, patch and replace everything: the widget works, and the page stays as it was.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use serde::Deserialize;
use system_tests::{browser::Browser, keys, programs, site::Site, wait};

/// A page of `tests/data/hostile`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    file: String,
    #[serde(rename = "what")]
    _what: String,
    policy: Option<String>,
    /// What must be true before anything is looked at.
    wait: Option<String>,
    /// The owner has put the launcher elsewhere.
    #[serde(default)]
    elsewhere: bool,
    #[serde(default)]
    ready: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
    #[serde(default)]
    answered: Vec<String>,
    #[serde(default)]
    closed: Vec<String>,
    /// What happens with the panel open, and what must come of it.
    #[serde(default)]
    steps: Vec<Step>,
    /// Why it does not hold yet.
    known: Option<String>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(rename = "do")]
    act: String,
    until: String,
}

/// Letters that pages like to take for shortcuts.
const QUESTION: &str = "how do I reset j k / ? my password";
/// How the page's own elements look, and how many there are. What never comes to rest is held at its beginning.
const LOOKS: &str = "(() => {
    for (const one of document.getAnimations()) {
        if (one instanceof CSSTransition) one.finish();
        else (one.pause(), one.currentTime = 0);
    }
    return JSON.stringify([hostile.styles(), hostile.nodes()]);
})()";
const LOADER: &str = r#"<script type="module" nonce="p0rch" src="/porchlight/loader.js" data-kb="/kb/" data-contact="mailto:help@porchlight.example"></script>"#;

/// Lays the pages into a site: with the widget, and without it.
fn lay_out(site: &Site, folder: &Path, pages: &[Page]) -> anyhow::Result<()> {
    let root = site.kb().parent().context("the bundle lies in the site")?.join("hostile");
    fs::create_dir_all(root.join("bare"))?;
    for page in pages {
        let policy = page
            .policy
            .as_ref()
            .map(|policy| format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"));
        let text = fs::read_to_string(folder.join(&page.file))?;
        let text = policy.map_or(text.clone(), |policy| text.replacen("<head>", &policy, 1));
        let named = |loader: &str, address: &str| {
            text.replace("{{LOADER}}", loader).replace("{{SRC}}", address).replace("{{KB}}", "/kb/")
        };
        fs::write(root.join(&page.file), named(LOADER, "/porchlight/loader.js"))?;
        fs::write(root.join("bare").join(&page.file), named("", "data:text/javascript,"))?;
    }
    Ok(())
}

struct Visitor<'a> {
    browser: &'a Browser,
    site: &'a Site,
    checks: String,
}

impl Visitor<'_> {
    async fn go(&self, page: &Page, folder: &str) -> anyhow::Result<()> {
        self.browser.go(&self.site.address(&format!("/hostile/{folder}{}", page.file))).await?;
        if let Some(wait) = &page.wait {
            self.browser.until(wait).await?;
        }
        self.browser.eval(&format!("{}; 1", self.checks)).await.map(drop)
    }

    async fn all(&self, expressions: &[String]) -> anyhow::Result<()> {
        for expression in expressions {
            self.browser.until(expression).await?;
        }
        Ok(())
    }

    /// The whole story on one page.
    async fn visit(&self, page: &Page) -> anyhow::Result<()> {
        let browser = self.browser;
        self.go(page, "bare/").await?;
        // What the page before has left open.
        browser.eval("try { localStorage.clear() } catch {} 1").await?;
        let bare = browser.eval(LOOKS).await?;
        self.go(page, "").await?;
        browser.until("hostile.hosts() === 1 && hostile.launcher()").await.context("no launcher")?;
        ensure!(page.elsewhere || browser.eval("hostile.corner()").await? == true, "the launcher is not in its corner");
        self.all(&page.ready).await?;
        // What moves on the page has its time to come to rest.
        let same = wait::until("the page as it is without the widget", async || {
            Ok((browser.eval(LOOKS).await? == bare).then_some(()))
        });
        same.await?;
        browser.click_at("hostile.inside('.launcher').getBoundingClientRect()").await?;
        browser.until("hostile.panel()").await.context("the panel does not open")?;
        browser.until("hostile.inside('.panel textarea') === hostile.host().shadowRoot.activeElement").await?;
        keys::write(browser, QUESTION).await?;
        let written = browser.eval("hostile.inside('.panel textarea').value").await?;
        ensure!(written == QUESTION, "of what was typed this stands in the box: {written}");
        let strange = browser.eval("hostile.looks()").await?;
        ensure!(strange == "", "the page's styles have come in: {strange}");
        self.all(&page.open).await?;
        keys::press(browser, "Enter").await?;
        browser.until("hostile.inside('[role=log] > .entry:not(.own)')?.textContent.length > 40").await?;
        self.all(&page.answered).await?;
        for step in &page.steps {
            browser.eval(&format!("{{ {} }}; 1", step.act)).await?;
            browser.eval(&format!("{}; 1", self.checks)).await?;
            browser.until(&step.until).await.with_context(|| format!("after {}", step.act))?;
        }
        if browser.eval("hostile.inside('.panel')?.hidden === false").await? == true {
            browser.eval("hostile.inside('.panel textarea').focus()").await?;
            keys::press(browser, "Escape").await?;
            browser.until("hostile.focused() === 'launcher' && hostile.inside('.panel').hidden").await?;
        }
        self.all(&page.closed).await?;
        browser.eval("porchlight.destroy()").await?;
        browser.until("hostile.hosts() === 0").await.context("something is left of it")
    }
}

#[tokio::test]
async fn on_hostile_pages() -> anyhow::Result<()> {
    let folder = programs::root()?.join("tests/data/hostile");
    let pages: Vec<Page> = serde_json::from_str(&fs::read_to_string(folder.join("pages.json"))?)?;
    ensure!(pages.len() >= 20, "pages are missing");
    let site = Site::without_page_policy()?;
    lay_out(&site, &folder, &pages)?;
    let browser = Browser::start().await?;
    let checks = fs::read_to_string(folder.join("checks.js"))?;
    let visitor = Visitor { browser: &browser, site: &site, checks };
    let mut faults = Vec::new();
    let only = std::env::var("PORCHLIGHT_PAGE").unwrap_or_default();
    for page in pages.iter().filter(|page| page.file.starts_with(&only)) {
        let told = visitor.visit(page).await;
        match (told, &page.known) {
            (Err(error), None) => faults.push(format!("{}: {error:#}", page.file)),
            (Ok(()), Some(known)) => faults.push(format!("{} is mended: take `known` away ({known})", page.file)),
            _ => {}
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
