//! A visitor's visit: a site, a browser, and what must hold of every visit whatever happens in it.

use anyhow::{Context, ensure};
use serde_json::json;

use crate::{
    browser::{Browser, NetLog},
    bubble::{Bubble, Element},
    kb, keys,
    site::Site,
    wait,
    words::Words,
};

/// A browser at a site.
pub struct Visit {
    /// The site.
    pub site: Site,
    /// The browser.
    pub browser: Browser,
    /// The language of this visitor.
    pub words: Words,
}

/// Runs a story with a fresh site and browser; then the console must be clean but for lines that hold one of
/// `tolerated`, and no page or worker may have asked another server for anything.
///
/// # Errors
/// Where the story fails or the browser saw something wrong.
pub async fn story(
    words: Words,
    tolerated: &[&str],
    body: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    story_then(words, tolerated, body, |_| Ok(())).await
}

/// The same with a last look at what the browser did on the network.
///
/// # Errors
/// As [`story`].
pub async fn story_then(
    words: Words,
    tolerated: &[&str],
    body: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>,
    last_look: impl FnOnce(&NetLog) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    story_at(Site::start()?, words, tolerated, body, last_look).await
}

/// The same at another site.
///
/// # Errors
/// As [`story`].
pub async fn story_at(
    site: Site,
    words: Words,
    tolerated: &[&str],
    body: impl AsyncFnOnce(&Visit) -> anyhow::Result<()>,
    last_look: impl FnOnce(&NetLog) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let visit = Visit { site, browser: Browser::start().await?, words };
    let told = body(&visit).await;
    let console = visit.browser.console().await?;
    let bad: Vec<String> = console
        .iter()
        .filter(|line| matches!(line.level.as_str(), "SEVERE" | "WARNING"))
        .filter(|line| !tolerated.iter().any(|known| line.message.contains(known)))
        .map(|line| format!("{}: {}", line.level, line.message))
        .collect();
    told.with_context(|| format!("the console said: {console:#?}"))?;
    ensure!(bad.is_empty(), "the console is not clean:\n{}", bad.join("\n"));
    let Visit { site, browser, .. } = visit;
    let network = browser.end().await?;
    let elsewhere: Vec<String> =
        network.addresses().into_iter().filter(|address| !address.starts_with(&site.address("/"))).collect();
    ensure!(elsewhere.is_empty(), "requests went elsewhere: {elsewhere:?}");
    last_look(&network)
}

impl Visit {
    /// What is in the bubble.
    pub fn bubble(&self) -> Bubble<'_> {
        Bubble::of(&self.browser)
    }

    /// Opens a page of the site.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub async fn go(&self, path: &str) -> anyhow::Result<()> {
        self.browser.go(&self.site.address(path)).await
    }

    /// Opens the first page and, by a click on the launcher, the panel.
    ///
    /// # Errors
    /// Where the panel does not open.
    pub async fn arrive(&self) -> anyhow::Result<()> {
        self.go(self.words.home).await?;
        self.open().await
    }

    /// Opens the panel by a click on the launcher.
    ///
    /// # Errors
    /// Where the panel does not open.
    pub async fn open(&self) -> anyhow::Result<()> {
        self.bubble().find("button", self.words.help).await?.click().await?;
        self.panel().await.map(drop)
    }

    /// The open panel.
    ///
    /// # Errors
    /// Where it does not open.
    pub async fn panel(&self) -> anyhow::Result<Element<'_>> {
        self.bubble().find("dialog", self.words.help).await
    }

    /// The conversation.
    ///
    /// # Errors
    /// Where it is not shown.
    pub async fn log(&self) -> anyhow::Result<Element<'_>> {
        self.bubble().find("log", self.words.log).await
    }

    /// The text box.
    ///
    /// # Errors
    /// Where it is not shown.
    pub async fn text_box(&self) -> anyhow::Result<Element<'_>> {
        self.bubble().find("textbox", self.words.ask_label).await
    }

    /// Asks by typing and Enter, and waits until something is said to it. Gives the last entry of the log.
    ///
    /// # Errors
    /// Where nothing is said.
    pub async fn ask(&self, question: &str) -> anyhow::Result<String> {
        let before = self.entries().await?.len();
        self.send(question).await?;
        self.reply(before).await
    }

    /// Types a question and Enter.
    ///
    /// # Errors
    /// Where the text box cannot be used.
    pub async fn send(&self, question: &str) -> anyhow::Result<()> {
        self.text_box().await?.focus().await?;
        self.browser.cdp("Input.insertText", json!({ "text": question })).await?;
        keys::press(&self.browser, "Enter").await
    }

    /// Waits until the log holds a question and a reply more than `before` entries, and gives the last.
    ///
    /// # Errors
    /// Where nothing is said.
    pub async fn reply(&self, before: usize) -> anyhow::Result<String> {
        wait::until("a reply", async || {
            let mut entries = self.entries().await?;
            Ok((entries.len() >= before + 2).then(|| entries.pop()).flatten())
        })
        .await
    }

    /// The texts of the log's entries, oldest first.
    ///
    /// # Errors
    /// Where the page goes away meanwhile.
    pub async fn entries(&self) -> anyhow::Result<Vec<String>> {
        // Before anything is said there may be no log to see.
        let Some(log) = self.bubble().all("log", Some(self.words.log)).await?.pop() else { return Ok(Vec::new()) };
        let texts = log.call("function() { return [...this.children].map((entry) => entry.innerText) }").await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// The visitor's own words in the log, oldest first.
    ///
    /// # Errors
    /// Where the log is not shown.
    pub async fn own(&self) -> anyhow::Result<Vec<String>> {
        let entries = self.entries().await?;
        let own = entries.iter().filter_map(|entry| entry.trim().strip_prefix(self.words.you_asked));
        Ok(own.map(|text| text.trim().to_owned()).collect())
    }

    /// The passage of the last answer, paragraph by paragraph.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn passage(&self) -> anyhow::Result<Vec<String>> {
        let log = self.log().await?;
        let find = "function() {
            const last = [...this.querySelectorAll('.passage')].at(-1);
            return [...last.children].map((paragraph) => paragraph.textContent);
        }";
        Ok(serde_json::from_value(log.call(find).await?)?)
    }

    /// The last answer is this article's own words, with a link to its page: checked against the indexer's answer and
    /// against the article's source.
    ///
    /// # Errors
    /// Where it is not.
    pub async fn answered_by(&self, hit: &kb::Hit) -> anyhow::Result<()> {
        let passage = self.passage().await?;
        let lines: Vec<&str> = hit.snippet.text.lines().filter(|line| !line.trim().is_empty()).collect();
        ensure!(passage == lines, "the passage is {passage:?}, and the indexer's is {lines:?}");
        let sources = kb::sources()?;
        let source = sources.iter().find(|source| source.slug == hit.article).context("the article has no source")?;
        let written = kb::letters(&source.text);
        for paragraph in &passage {
            ensure!(written.contains(&kb::letters(paragraph)), "{} does not say “{paragraph}”", hit.article);
        }
        let link = self.bubble().last("link", &hit.title).await?;
        let (leads_to, page) = (link.property("href").await?, self.site.address(&format!("/help/{}", hit.url)));
        ensure!(leads_to == page, "the title leads to {leads_to} instead of {page}");
        Ok(())
    }

    /// Waits until the panel is ready: the bundle is open and there is something to greet with.
    ///
    /// # Errors
    /// Where it does not get ready.
    pub async fn ready(&self) -> anyhow::Result<()> {
        let browse = self.words.browse;
        wait::until("the greeting", async || {
            let buttons = self.bubble().all("button", None).await?;
            // Beside the header's button, the greeting's one tells the number of articles.
            Ok(buttons.iter().any(|button| button.name.starts_with(browse) && button.name != browse).then_some(()))
        })
        .await
    }
}
