//! A real Chromium, driven through Debian's ChromeDriver and the DevTools protocol.

use std::{
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities as _, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{programs, wait};

/// Browsers at once: more only make each other slow.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// No window, no first-run pages, no traffic of its own; every host but the test's own server is unknown, so that a
/// request to elsewhere fails and is seen.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// A browser with an empty profile. It ends when it is dropped.
pub struct Browser {
    web: WebDriver,
    driver: Child,
    port: u16,
    profile: TempDir,
    _turn: SemaphorePermit<'static>,
}

/// A line of the console.
#[derive(Clone, Debug)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO`.
    pub level: String,
    /// What it says.
    pub message: String,
}

impl Browser {
    /// Starts ChromeDriver on a free port and Chromium with a fresh profile.
    ///
    /// # Errors
    /// Where one of them does not start.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_in(BROWSERS.acquire().await?).await
    }

    /// Starts two browsers, for two people. Both wait for their turn together, so that two pairs cannot keep each other
    /// waiting.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn start_two() -> anyhow::Result<(Self, Self)> {
        let mut turns = BROWSERS.acquire_many(2).await?;
        let second = turns.split(1).context("there are two turns")?;
        Ok((Self::start_in(turns).await?, Self::start_in(second).await?))
    }

    async fn start_in(turn: SemaphorePermit<'static>) -> anyhow::Result<Self> {
        let (driver, port) = start_driver()?;
        // From here on a failure must still end the driver.
        let mut unfinished = Unfinished(Some(driver));
        let profile = tempfile::Builder::new().prefix("porchlight-profile-").tempdir()?;
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_binary(&programs::chromium()?.to_string_lossy())?;
        for flag in FLAGS {
            capabilities.add_arg(flag)?;
        }
        let user_data = profile.path().join("profile");
        capabilities.add_arg(&format!("--user-data-dir={}", user_data.display()))?;
        capabilities.add_arg(&format!("--log-net-log={}", net_log(profile.path()).display()))?;
        capabilities.add_arg("--net-log-capture-mode=Everything")?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let web = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        let driver = unfinished.0.take().context("the driver was taken")?;
        let browser = Self { web, driver, port, profile, _turn: turn };
        // Nothing moves, so that nothing is measured half-way.
        browser.media("light").await?;
        Ok(browser)
    }

    /// Sends a command of the DevTools protocol.
    ///
    /// # Errors
    /// Where Chromium refuses it.
    pub async fn cdp(&self, method: &str, parameters: Value) -> anyhow::Result<Value> {
        self.web.cdp().send_raw(method, parameters).await.with_context(|| format!("the browser refused {method}"))
    }

    /// Opens an address and waits until the page is loaded.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub async fn go(&self, address: &str) -> anyhow::Result<()> {
        self.web.goto(address).await.with_context(|| format!("cannot open {address}"))
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// Where it cannot be loaded.
    pub async fn reload(&self) -> anyhow::Result<()> {
        self.web.refresh().await.context("cannot reload")
    }

    /// The address that is shown.
    ///
    /// # Errors
    /// Where the browser does not say.
    pub async fn address(&self) -> anyhow::Result<String> {
        Ok(self.web.current_url().await?.to_string())
    }

    /// Value of a JavaScript expression in the page; promises are awaited.
    ///
    /// # Errors
    /// Where it throws.
    pub async fn eval(&self, expression: &str) -> anyhow::Result<Value> {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let result = self.cdp("Runtime.evaluate", parameters).await?;
        outcome(&result)?;
        Ok(result["result"]["value"].clone())
    }

    /// Clicks in the middle of the rectangle that an expression gives.
    ///
    /// # Errors
    /// Where it gives none, or the browser refuses the click.
    pub async fn click_at(&self, rectangle: &str) -> anyhow::Result<()> {
        let place = self
            .eval(&format!("(({{ x, y, width, height }}) => [x + width / 2, y + height / 2])({rectangle})"))
            .await?;
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": button, "clickCount": 1 });
            self.cdp("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Waits until an expression is true.
    ///
    /// # Errors
    /// Where it does not become true in time.
    pub async fn until(&self, expression: &str) -> anyhow::Result<()> {
        wait::until(expression, async || Ok((self.eval(expression).await? == true).then_some(()))).await
    }

    /// Runs a script in every page to come, before the page's own.
    ///
    /// # Errors
    /// Where the browser refuses it.
    pub async fn before_each_page(&self, script: &str) -> anyhow::Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
    }

    /// Sets the size of what the page sees, in CSS pixels.
    ///
    /// # Errors
    /// Where the browser refuses it.
    pub async fn size(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let parameters = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", parameters).await.map(drop)
    }

    /// Sets the colour scheme, `light` or `dark`; motion is always reduced.
    ///
    /// # Errors
    /// Where the browser refuses it.
    pub async fn media(&self, scheme: &str) -> anyhow::Result<()> {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// Saves a picture of the window.
    ///
    /// # Errors
    /// Where it cannot be taken or written.
    pub async fn screenshot(&self, path: &Path) -> anyhow::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        self.web.screenshot(path).await.with_context(|| format!("cannot save {}", path.display()))
    }

    /// What the console said since the last call.
    ///
    /// # Errors
    /// Where the driver does not say.
    pub async fn console(&self) -> anyhow::Result<Vec<ConsoleLine>> {
        let lines = self.web.browser_log().await?;
        Ok(lines.into_iter().map(|line| ConsoleLine { level: line.level, message: line.message }).collect())
    }

    /// Ends the browser and gives all that it did on the network, as the browser itself recorded it.
    ///
    /// # Errors
    /// Where it does not end or left no record.
    pub async fn end(self) -> anyhow::Result<NetLog> {
        self.web.clone().quit().await?;
        let path = net_log(self.profile.path());
        let text = wait::until("the browser's record of the network", async || {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            // The record is closed when the browser has ended.
            Ok(text.trim_end().ends_with('}').then_some(text))
        })
        .await?;
        Ok(NetLog(text))
    }
}

impl Browser {
    /// Ends the session without the runtime, which may be gone.
    fn ask_to_end(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(wait::PATIENCE))?;
        let session = self.web.session_id();
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // After a failed story Chromium still runs, and only the driver can end it. The session handle must not try
        // to do so after the driver is gone; it refuses only where the session has ended well.
        if self.web.clone().leak().is_ok() {
            let _ = self.ask_to_end();
        }
        end(&mut self.driver);
    }
}

/// Ends a driver that got no session.
struct Unfinished(Option<Child>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            end(driver);
        }
    }
}

/// The browser's own record of its network: every request of every page, frame and worker.
pub struct NetLog(String);

impl NetLog {
    /// Addresses of requests that pages or workers began.
    pub fn addresses(&self) -> Vec<String> {
        let record: Value = serde_json::from_str(&self.0).unwrap_or_default();
        let started = &record["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
        let events = record["events"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of_pages = events.iter().filter(|event| event["type"] == *started).map(|event| &event["params"]);
        of_pages
            .filter(|request| request["initiator"].as_str().is_some_and(|initiator| initiator.starts_with("http")))
            .filter_map(|request| request["url"].as_str().map(str::to_owned))
            .collect()
    }

    /// Whether these words stand anywhere in the record: addresses, headers, bodies.
    pub fn mentions(&self, words: &str) -> bool {
        self.0.contains(words)
    }
}

/// The error where an evaluation threw.
pub(crate) fn outcome(result: &Value) -> anyhow::Result<()> {
    if let Some(thrown) = result.get("exceptionDetails") {
        let text = thrown["exception"]["description"].as_str().or_else(|| thrown["text"].as_str());
        bail!("the page threw {}", text.unwrap_or("something"));
    }
    Ok(())
}

fn net_log(profile: &Path) -> PathBuf {
    profile.join("net.json")
}

fn start_driver() -> anyhow::Result<(Child, u16)> {
    let program = programs::chromedriver()?;
    let mut driver = Command::new(&program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let stdout = driver.stdout.take().context("ChromeDriver has no output")?;
    let mut lines = BufReader::new(stdout).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    let Some(port) = port else {
        end(&mut driver);
        bail!("ChromeDriver did not say its port");
    };
    // Its output must go on being read, or it would block.
    std::thread::spawn(move || lines.for_each(drop));
    Ok((driver, port))
}

fn end(driver: &mut Child) {
    // It may have ended already.
    let _ = driver.kill();
    let _ = driver.wait();
}
