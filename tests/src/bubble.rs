//! The bubble, the chat in its frame and the console as who uses them finds them: by role and name in the accessibility
//! tree, with real clicks and keys.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::{
    browser::{self, Browser},
    wait,
};

/// What is inside `<porchlight-help>`, in the desk's frame, or on a page as a whole.
#[derive(Clone, Copy)]
pub struct Bubble<'b> {
    browser: &'b Browser,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Bubble,
    Frame,
    Page,
}

/// An element.
pub struct Element<'b> {
    browser: &'b Browser,
    place: Place,
    object: String,
    /// Its accessible name.
    pub name: String,
}

impl<'b> Bubble<'b> {
    /// The bubble on the page that the browser shows.
    pub fn of(browser: &'b Browser) -> Self {
        Self { browser, place: Place::Bubble }
    }

    /// The desk's chat in the bubble's frame.
    pub fn chat(browser: &'b Browser) -> Self {
        Self { browser, place: Place::Frame }
    }

    /// The whole page, such as the console.
    pub fn page(browser: &'b Browser) -> Self {
        Self { browser, place: Place::Page }
    }

    /// The document in which to look.
    async fn document(&self) -> anyhow::Result<Value> {
        if self.place != Place::Frame {
            let page = self.browser.cdp("Runtime.evaluate", json!({ "expression": "document" })).await?;
            return Ok(page["result"]["objectId"].clone());
        }
        let tree = self.browser.cdp("DOM.getDocument", json!({ "depth": -1, "pierce": true })).await?;
        let frame = framed(&tree["root"]).context("there is no frame in the bubble")?;
        let object = self.browser.cdp("DOM.resolveNode", json!({ "backendNodeId": frame })).await?;
        Ok(object["object"]["objectId"].clone())
    }

    /// All elements with this role, and this name if one is given, in document order.
    ///
    /// # Errors
    /// Where the page goes away meanwhile.
    pub async fn all(&self, role: &str, name: Option<&str>) -> anyhow::Result<Vec<Element<'b>>> {
        // The element itself has no node in the accessibility tree, so the whole page is asked.
        const IS_OURS: &str = "function() { return this.getRootNode().host?.localName === 'porchlight-help' }";
        let mut query = json!({ "objectId": self.document().await?, "role": role });
        if let Some(name) = name {
            query["accessibleName"] = name.into();
        }
        let found = self.browser.cdp("Accessibility.queryAXTree", query).await?;
        let mut elements = Vec::new();
        for node in found["nodes"].as_array().into_iter().flatten().filter(|node| node["ignored"] != true) {
            let Some(backend) = node["backendDOMNodeId"].as_i64() else { continue };
            let object = self.browser.cdp("DOM.resolveNode", json!({ "backendNodeId": backend })).await?;
            let object = object["object"]["objectId"].as_str().context("the element is gone")?.to_owned();
            let name = node["name"]["value"].as_str().unwrap_or_default().to_owned();
            let element = Element { browser: self.browser, place: self.place, object, name };
            if self.place != Place::Bubble || element.call(IS_OURS).await? == true {
                elements.push(element);
            }
        }
        Ok(elements)
    }

    /// The one element with this role and name, as soon as it is there.
    ///
    /// # Errors
    /// Where it does not come, or there are several.
    pub async fn find(&self, role: &str, name: &str) -> anyhow::Result<Element<'b>> {
        wait::until(&format!("the {role} “{name}”"), async || {
            let mut found = self.all(role, Some(name)).await?;
            ensure!(found.len() < 2, "there are {} of role {role} and name “{name}”", found.len());
            Ok(found.pop())
        })
        .await
    }

    /// The last element with this role and name, as soon as there is one.
    ///
    /// # Errors
    /// Where none comes.
    pub async fn last(&self, role: &str, name: &str) -> anyhow::Result<Element<'b>> {
        let what = format!("a {role} “{name}”");
        wait::until(&what, async || Ok(self.all(role, Some(name)).await?.pop())).await
    }

    /// Waits until there is no such element.
    ///
    /// # Errors
    /// Where it stays.
    pub async fn gone(&self, role: &str, name: &str) -> anyhow::Result<()> {
        wait::until(&format!("the {role} “{name}” to go"), async || {
            Ok(self.all(role, Some(name)).await?.is_empty().then_some(()))
        })
        .await
    }
}

impl<'b> Element<'b> {
    /// Calls a JavaScript function with this element as `this`.
    ///
    /// # Errors
    /// Where it throws.
    pub async fn call(&self, function: &str) -> anyhow::Result<Value> {
        let parameters = json!({
            "objectId": self.object, "functionDeclaration": function, "returnByValue": true, "awaitPromise": true,
        });
        let result = self.browser.cdp("Runtime.callFunctionOn", parameters).await?;
        browser::outcome(&result)?;
        Ok(result["result"]["value"].clone())
    }

    /// The text as it is shown.
    ///
    /// # Errors
    /// Where the element is gone.
    pub async fn text(&self) -> anyhow::Result<String> {
        Ok(self.call("function() { return this.innerText }").await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until its text holds these words, and gives the text.
    ///
    /// # Errors
    /// Where they do not come; the message holds what was there instead.
    pub async fn says(&self, words: &str) -> anyhow::Result<String> {
        let mut last = String::new();
        let said = wait::until(&format!("the words “{words}”"), async || {
            last = self.text().await?;
            Ok(last.contains(words).then_some(()))
        })
        .await;
        said.with_context(|| format!("the text is: {last}"))?;
        Ok(last)
    }

    /// A property as text.
    ///
    /// # Errors
    /// Where the element is gone.
    pub async fn property(&self, name: &str) -> anyhow::Result<String> {
        let value = self.call(&format!("function() {{ return String(this[{}]) }}", json!(name))).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// An attribute.
    ///
    /// # Errors
    /// Where the element is gone.
    pub async fn attribute(&self, name: &str) -> anyhow::Result<Option<String>> {
        let value = self.call(&format!("function() {{ return this.getAttribute({}) }}", json!(name))).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Puts the focus on it.
    ///
    /// # Errors
    /// Where it cannot take it.
    pub async fn focus(&self) -> anyhow::Result<()> {
        self.call("function() { this.focus() }").await.map(drop)
    }

    /// Clicks it with the mouse, as soon as nothing covers it.
    ///
    /// # Errors
    /// Where it stays covered.
    pub async fn click(&self) -> anyhow::Result<()> {
        const PLACE: &str = "function() {
            this.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            const box = this.getClientRects()[0];
            if (!box) return null;
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            const there = this.getRootNode().elementFromPoint(x, y);
            return this.contains(there) ? [x, y] : null;
        }";
        let what = format!("“{}” to be free for a click", self.name);
        let mut place =
            wait::until(&what, async || Ok(Some(self.call(PLACE).await?).filter(|place| !place.is_null()))).await?;
        if self.place == Place::Frame {
            // The frame does not know where on the page it is; the browser does.
            let quads = self.browser.cdp("DOM.getContentQuads", json!({ "objectId": self.object })).await?;
            let at = |n: usize| quads["quads"][0][n].as_f64().unwrap_or_default();
            place = json!([(at(0) + at(4)) / 2.0, (at(1) + at(5)) / 2.0]);
        }
        for (kind, buttons, count) in [("mouseMoved", 0, 0), ("mousePressed", 1, 1), ("mouseReleased", 0, 1)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": place[0], "y": place[1], "button": button, "buttons": buttons, "clickCount": count,
            });
            self.browser.cdp("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }
}

/// The document of the first frame in a tree of nodes. The browser's own page about an error is none: whoever asks it for
/// its accessibility tree may wait for ever, because the frame is replaced meanwhile.
fn framed(node: &Value) -> Option<i64> {
    let document = &node["contentDocument"];
    let address = document["documentURL"].as_str().unwrap_or_default();
    if node["nodeName"] == "IFRAME" && document.is_object() && !address.starts_with("chrome-error:") {
        return document["backendNodeId"].as_i64();
    }
    let below = ["children", "shadowRoots"].into_iter().filter_map(|kind| node[kind].as_array()).flatten();
    below.into_iter().find_map(framed)
}
