//! The desk's routes as a rig calls them.

use std::time::Duration;

use anyhow::{Context, ensure};
use handoff::api::{NewHandoff, NewMessage, Page, Receipt, SignIn, Stored, Ticket};
use reqwest::{Client, Method, RequestBuilder, StatusCode};

use system_tests::desk::{EMAIL, PASSWORD};

/// Who calls.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// A visitor with his token.
    Visitor(String),
    /// An agent with his cookie, in a conversation.
    Agent {
        /// `name=value`.
        cookie: String,
        /// The conversation.
        conversation: String,
    },
}

impl Caller {
    /// Whether it is an agent.
    pub(crate) fn is_agent(&self) -> bool {
        matches!(self, Self::Agent { .. })
    }
}

/// A desk's routes.
#[derive(Clone)]
pub(crate) struct Routes {
    client: Client,
    address: String,
}

impl Routes {
    /// Those of the desk at this address.
    ///
    /// # Errors
    /// Where no client can be made.
    pub(crate) fn new(address: &str) -> anyhow::Result<Self> {
        let client = Client::builder().timeout(Duration::from_secs(30)).pool_max_idle_per_host(0).build()?;
        Ok(Self { client, address: address.to_owned() })
    }

    /// Address of the socket.
    pub(crate) fn socket(&self) -> String {
        self.address.replacen("http", "ws", 1) + "/v1/events"
    }

    /// The desk's own origin.
    pub(crate) fn origin(&self) -> &str {
        &self.address
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address)).header("origin", &self.address)
    }

    fn by(&self, method: Method, path: &str, caller: &Caller) -> RequestBuilder {
        let request = self.request(method, path);
        match caller {
            Caller::Visitor(token) => request.bearer_auth(token),
            Caller::Agent { cookie, .. } => request.header("cookie", cookie),
        }
    }

    /// Signs the rig's agent in and gives his cookie.
    pub(crate) async fn sign_in(&self) -> anyhow::Result<String> {
        let body = SignIn { email: EMAIL.into(), password: PASSWORD.into() };
        let response = self.request(Method::POST, "/v1/session").json(&body).send().await?.error_for_status()?;
        let cookie = response.headers().get("set-cookie").context("no cookie")?.to_str()?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    /// Hands off.
    pub(crate) async fn hand_off(&self, key: &str, body: &NewHandoff) -> anyhow::Result<Receipt> {
        let response =
            self.request(Method::POST, "/v1/handoffs").header("idempotency-key", key).json(body).send().await?;
        ensure!(response.status() == StatusCode::CREATED, "{}: {}", response.status(), response.text().await?);
        Ok(response.json().await?)
    }

    /// A ticket for one socket.
    pub(crate) async fn ticket(&self, caller: &Caller) -> anyhow::Result<String> {
        let ticket: Ticket =
            self.by(Method::POST, "/v1/tickets", caller).send().await?.error_for_status()?.json().await?;
        Ok(ticket.ticket)
    }

    /// Events after a number.
    pub(crate) async fn events(&self, caller: &Caller, after: u64, wait: u32) -> anyhow::Result<Page> {
        let path = match caller {
            Caller::Visitor(_) => format!("/v1/events?after={after}&wait={wait}"),
            Caller::Agent { conversation, .. } => {
                format!("/v1/conversations/{conversation}/events?after={after}&wait={wait}")
            }
        };
        Ok(self.by(Method::GET, &path, caller).send().await?.error_for_status()?.json().await?)
    }

    /// Sends a message.
    pub(crate) async fn message(&self, caller: &Caller, message: &NewMessage) -> anyhow::Result<Stored> {
        let path = match caller {
            Caller::Visitor(_) => "/v1/messages".to_owned(),
            Caller::Agent { conversation, .. } => format!("/v1/conversations/{conversation}/messages"),
        };
        let response = self.by(Method::POST, &path, caller).json(message).send().await?;
        ensure!(response.status() == StatusCode::CREATED, "{}: {}", response.status(), response.text().await?);
        Ok(response.json().await?)
    }

    /// What an agent knows of his conversation.
    pub(crate) async fn conversation(&self, caller: &Caller) -> anyhow::Result<handoff::api::Conversation> {
        let Caller::Agent { conversation, .. } = caller else { anyhow::bail!("only agents read transcripts") };
        let path = format!("/v1/conversations/{conversation}");
        Ok(self.by(Method::GET, &path, caller).send().await?.error_for_status()?.json().await?)
    }

    /// Does something with an agent's conversation: `assign`, `close`, `reopen`.
    pub(crate) async fn act(&self, caller: &Caller, what: &str) -> anyhow::Result<()> {
        let Caller::Agent { conversation, .. } = caller else { anyhow::bail!("only agents do that") };
        let path = format!("/v1/conversations/{conversation}/{what}");
        self.by(Method::POST, &path, caller).send().await?.error_for_status()?;
        Ok(())
    }
}

/// Calls until it works, while the desk dies and comes back; a call that never works within a minute is an error.
pub(crate) async fn until_it_works<T>(mut call: impl AsyncFnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let begun = std::time::Instant::now();
    loop {
        match call().await {
            Ok(value) => return Ok(value),
            Err(error) if begun.elapsed() > Duration::from_secs(60) => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}
