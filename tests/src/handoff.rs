//! Two people with a desk between them: a visitor on the site, an agent in the console.

use anyhow::{Context, ensure};
use serde_json::json;

use crate::{
    browser::Browser,
    bubble::{Bubble, Element},
    desk::{Desk, EMAIL, PASSWORD},
    keys, programs,
    site::Site,
    visit::Visit,
    words::Words,
};

/// The words of chat and console in one language.
#[derive(Clone, Copy, Debug)]
pub struct DeskWords {
    /// The chat's form, and the way to it.
    pub form: &'static str,
    /// The visitor's text box, in the form and in the conversation.
    pub message: &'static str,
    /// His name.
    pub name: &'static str,
    /// Sends, in chat and console.
    pub send: &'static str,
    /// Both logs.
    pub log: &'static str,
    /// Console: e-mail address.
    pub sign_in_email: &'static str,
    /// Console: password.
    pub password: &'static str,
    /// Console: signs in.
    pub sign_in: &'static str,
    /// Console: the queue.
    pub queue: &'static str,
    /// Console: text box.
    pub reply: &'static str,
    /// Console: closes it.
    pub close: &'static str,
    /// Chat: closed.
    pub closed: &'static str,
    /// Chat: stored by the desk.
    pub sent: &'static str,
    /// Chat: not stored by the desk.
    pub not_sent: &'static str,
    /// Chat: leaves an entry out.
    pub strike: &'static str,
}

/// What a browser's console says when the console's page asks who is signed in, and nobody is.
pub const SIGNED_OUT: &str = "/v1/session - Failed to load resource: the server responded with a status of 401";

/// English.
pub const EN: DeskWords = DeskWords {
    form: "Talk to a person",
    message: "Message",
    name: "Name (optional)",
    send: "Send",
    log: "Conversation",
    sign_in_email: "Email",
    password: "Password",
    sign_in: "Sign in",
    queue: "Queue",
    reply: "Reply",
    close: "Close",
    closed: "closed the conversation",
    sent: "Sent. You are number 1",
    not_sent: "Not sent. We keep it here and try again.",
    strike: "Leave out",
};

/// Korean.
pub const KO: DeskWords = DeskWords {
    form: "상담원과 대화",
    message: "메시지",
    name: "이름 (선택)",
    send: "보내기",
    log: "대화",
    sign_in_email: "이메일",
    password: "비밀번호",
    sign_in: "로그인",
    queue: "대기열",
    reply: "답장",
    close: "종료",
    closed: "마쳤어요",
    sent: "전달했어요",
    not_sent: "아직 전달되지 않았어요",
    strike: "빼기",
};

/// The words for a visitor's.
pub fn words_for(words: Words) -> DeskWords {
    if words.tag == "ko" { KO } else { EN }
}

/// A desk, a visitor at a site that knows it, and an agent's browser.
pub struct Pair {
    /// The desk.
    pub desk: Desk,
    /// The visitor.
    pub visit: Visit,
    /// The agent.
    pub agent: Browser,
    /// The words of chat and console.
    pub words: DeskWords,
}

impl Pair {
    /// Starts everything, the desk too.
    ///
    /// # Errors
    /// Where something does not start.
    pub async fn start(words: Words) -> anyhow::Result<Self> {
        Self::start_at(words, |desk| Site::start_with(Some(desk))).await
    }

    /// The same with the desk down.
    ///
    /// # Errors
    /// Where something does not start.
    pub async fn start_without_desk(words: Words) -> anyhow::Result<Self> {
        Self::around(words, |desk| Site::start_with(Some(desk))).await
    }

    /// Starts everything around a site that is told the desk's address.
    ///
    /// # Errors
    /// Where something does not start.
    pub async fn start_at(words: Words, site: impl FnOnce(&str) -> anyhow::Result<Site>) -> anyhow::Result<Self> {
        let mut pair = Self::around(words, site).await?;
        pair.desk.start().await?;
        Ok(pair)
    }

    async fn around(words: Words, site: impl FnOnce(&str) -> anyhow::Result<Site>) -> anyhow::Result<Self> {
        let program = programs::desk()?;
        let desk = Desk::set_up(&program)?;
        let site = site(&desk.address())?;
        let desk = desk.with_origins(&[site.origin().to_owned()])?;
        desk.add_agent(&program)?;
        let (visitor, agent) = Browser::start_two().await?;
        // The console speaks the browser's language.
        let languages = format!("Object.defineProperty(navigator, 'languages', {{ get: () => ['{}'] }})", words.tag);
        let language = format!("Object.defineProperty(navigator, 'language', {{ get: () => '{}' }})", words.tag);
        agent.before_each_page(&format!("{languages}; {language}")).await?;
        let visit = Visit { site, browser: visitor, words };
        Ok(Self { desk, visit, agent, words: words_for(words) })
    }

    /// The visitor's chat.
    pub fn chat(&self) -> Bubble<'_> {
        Bubble::chat(&self.visit.browser)
    }

    /// The agent's console.
    pub fn console(&self) -> Bubble<'_> {
        Bubble::page(&self.agent)
    }

    /// The agent signs in.
    ///
    /// # Errors
    /// Where he cannot.
    pub async fn sign_in(&self) -> anyhow::Result<()> {
        self.agent.go(&format!("{}/desk/", self.desk.address())).await?;
        let console = self.console();
        write(&self.agent, &console.find("textbox", self.words.sign_in_email).await?, EMAIL).await?;
        write(&self.agent, &console.find("textbox", self.words.password).await?, PASSWORD).await?;
        console.find("button", self.words.sign_in).await?.click().await?;
        console.find("navigation", self.words.queue).await.map(drop)
    }

    /// The visitor opens the form by the row in the panel.
    ///
    /// # Errors
    /// Where it does not open.
    pub async fn open_form(&self) -> anyhow::Result<()> {
        self.visit.bubble().last("button", self.words.form).await?.click().await?;
        self.chat().find("form", self.words.form).await.map(drop)
    }

    /// The visitor sends the form as it is.
    ///
    /// # Errors
    /// Where it is not said to be sent.
    pub async fn send_form(&self) -> anyhow::Result<()> {
        self.chat().find("button", self.words.send).await?.click().await?;
        self.chat().find("log", self.words.log).await.map(drop)
    }

    /// The visitor writes in the conversation.
    ///
    /// # Errors
    /// Where he cannot.
    pub async fn visitor_says(&self, text: &str) -> anyhow::Result<()> {
        let chat = self.chat();
        write(&self.visit.browser, &chat.find("textbox", self.words.message).await?, text).await?;
        chat.find("button", self.words.send).await?.click().await
    }

    /// The agent opens the first conversation of the queue.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn take_first(&self) -> anyhow::Result<()> {
        let queue = self.console().find("navigation", self.words.queue).await?;
        crate::wait::until("a conversation in the queue", async || {
            let there = queue.call("function() { return this.querySelectorAll('a').length }").await?;
            Ok((there != 0).then_some(()))
        })
        .await?;
        queue.call("function() { this.querySelector('a').click() }").await?;
        self.console().find("log", self.words.log).await.map(drop)
    }

    /// The agent replies.
    ///
    /// # Errors
    /// Where he cannot.
    pub async fn agent_says(&self, text: &str) -> anyhow::Result<()> {
        let console = self.console();
        write(&self.agent, &console.find("textbox", self.words.reply).await?, text).await?;
        console.find("button", self.words.send).await?.click().await
    }

    /// The visitor's log.
    ///
    /// # Errors
    /// Where it is not shown.
    pub async fn visitors_log(&self) -> anyhow::Result<Element<'_>> {
        self.chat().find("log", self.words.log).await
    }

    /// The agent's log.
    ///
    /// # Errors
    /// Where it is not shown.
    pub async fn agents_log(&self) -> anyhow::Result<Element<'_>> {
        self.console().find("log", self.words.log).await
    }

    /// Ends the visit: the consoles of both browsers must be clean but for lines that hold one of `tolerated`, and no
    /// page may have asked anybody but the site and the desk for anything.
    ///
    /// # Errors
    /// Where a browser saw something wrong.
    pub async fn end(self, tolerated: &[&str]) -> anyhow::Result<()> {
        let allowed = [self.visit.site.address("/"), format!("{}/", self.desk.address())];
        for browser in [self.visit.browser, self.agent] {
            let lines = browser.console().await?;
            let bad: Vec<String> = lines
                .iter()
                .filter(|line| matches!(line.level.as_str(), "SEVERE" | "WARNING"))
                .filter(|line| !tolerated.iter().any(|known| line.message.contains(known)))
                .map(|line| format!("{}: {}", line.level, line.message))
                .collect();
            ensure!(bad.is_empty(), "the console is not clean:\n{}", bad.join("\n"));
            let addresses = browser.end().await?.addresses();
            let elsewhere: Vec<_> =
                addresses.iter().filter(|address| !allowed.iter().any(|own| is_at(address, own))).collect();
            ensure!(elsewhere.is_empty(), "requests went elsewhere: {elsewhere:?}");
        }
        Ok(())
    }
}

/// Whether an address, of a socket too, is below another.
fn is_at(address: &str, own: &str) -> bool {
    address.starts_with(own)
        || address.strip_prefix("ws").is_some_and(|rest| own.strip_prefix("http") == rest.get(..own.len() - 4))
}

/// Fills a text box by the keyboard in place of what is in it.
///
/// # Errors
/// Where it cannot be written to.
pub async fn write(browser: &Browser, text_box: &Element<'_>, text: &str) -> anyhow::Result<()> {
    text_box.click().await?;
    text_box.call("function() { this.select() }").await.context("it is no text box")?;
    if text.is_empty() {
        return keys::press(browser, "Delete").await;
    }
    browser.cdp("Input.insertText", json!({ "text": text })).await.map(drop)
}
