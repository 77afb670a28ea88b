//! Neither the visitor's token nor a word of the chat is within reach of scripts on the host page.

use anyhow::{Context, ensure};
use system_tests::{
    handoff::{Pair, SIGNED_OUT, write},
    words::EN,
};

/// Runs in the host page before anything else: taps whatever messages, storage, requests and texts pass through.
const TAP: &str = "if (window === top) {
    const heard = window.__heard = [];
    const { decode } = TextDecoder.prototype;
    const text = (value, depth = 0) => {
        if (value instanceof Uint8Array) return decode.call(new TextDecoder(), value);
        if (value === null || typeof value !== 'object' || depth > 6) return String(value);
        return Object.entries(value).map(([key, value]) => key + '=' + text(value, depth + 1)).join(';');
    };
    const tap = (object, name) => {
        const own = object[name];
        object[name] = function (...all) {
            heard.push(name + ' ' + all.map((one) => text(one)).join(' '));
            const result = Reflect.apply(own, this, all);
            if (typeof result === 'string') heard.push(name + ' gave ' + result);
            return result;
        };
    };
    for (const [object, names] of [
        [MessagePort.prototype, ['postMessage']], [window, ['postMessage', 'fetch']], [JSON, ['parse', 'stringify']],
        [Storage.prototype, ['setItem', 'getItem']], [XMLHttpRequest.prototype, ['open', 'send']],
        [WebSocket.prototype, ['send']], [TextDecoder.prototype, ['decode']],
    ]) for (const name of names) tap(object, name);
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (name, react, ...rest) {
        if (name !== 'message' || !react) return Reflect.apply(listen, this, [name, react, ...rest]);
        const tapped = function (event) {
            heard.push('message ' + text(event.data));
            return Reflect.apply(react.handleEvent ?? react, this, [event]);
        };
        return Reflect.apply(listen, this, [name, tapped, ...rest]);
    };
    const { set, get } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
    Object.defineProperty(MessagePort.prototype, 'onmessage', { get, configurable: true, set(react) {
        set.call(this, (event) => { heard.push('onmessage ' + text(event.data)); return react.call(this, event); });
    } });
    window.addEventListener('message', () => {});
}";

/// Everything that a script of the host page can get at.
const LOOT: &str = "(async () => {
    const loot = [...window.__heard, document.cookie, location.href, JSON.stringify(performance.getEntries())];
    for (const store of [localStorage, sessionStorage]) loot.push(...Object.entries(store).flat());
    for (const { name } of await indexedDB.databases()) loot.push(name);
    const walk = (root) => {
        for (const node of root.querySelectorAll('*')) {
            loot.push(node.tagName, ...[...node.attributes].map((one) => one.value), node.value ?? '');
            if (node.shadowRoot) walk(node.shadowRoot);
            if (node.localName === 'iframe') {
                try { loot.push('FRAME ' + node.contentDocument.body.innerText); } catch (error) { loot.push(String(error)); }
                try { loot.push('FRAME ' + node.contentWindow.localStorage.length); } catch (error) { loot.push(error.name); }
                try { loot.push('FRAME ' + node.contentWindow.document.title); } catch (error) { loot.push(error.name); }
            }
        }
        loot.push(root.textContent ?? '', root.innerHTML ?? '');
    };
    walk(document);
    for (const key of Object.getOwnPropertyNames(window)) {
        try { loot.push(key + ' ' + String(window[key])); } catch {}
    }
    return loot.join('\\n');
})()";

#[tokio::test]
async fn the_host_page_learns_nothing() -> anyhow::Result<()> {
    const FORM: &str = "formmark 5791 양식표식";
    const CHAT: &str = "chatmark 8264 대화표식";
    const REPLY: &str = "replymark 3318 답장표식";
    const NAME: &str = "namemark";
    let pair = Pair::start(EN).await?;
    pair.sign_in().await?;
    pair.visit.browser.before_each_page(TAP).await?;
    pair.visit.arrive().await?;
    pair.visit.ask(EN.unanswered).await?;
    pair.open_form().await?;
    let message = pair.chat().find("textbox", pair.words.message).await?;
    write(&pair.visit.browser, &message, FORM).await?;
    write(&pair.visit.browser, &pair.chat().find("textbox", pair.words.name).await?, NAME).await?;
    pair.send_form().await?;
    pair.take_first().await?;
    pair.agent_says(REPLY).await?;
    pair.visitors_log().await?.says(REPLY).await?;
    pair.visitor_says(CHAT).await?;
    pair.agents_log().await?.says(CHAT).await?;

    // What is to be kept secret, read from inside the frame by the browser's own tools.
    let log = pair.visitors_log().await?;
    let kept = log
        .call("function() { return Object.entries(this.ownerDocument.defaultView.localStorage).flat().join(' ') }")
        .await?;
    let kept = kept.as_str().context("the frame keeps nothing")?;
    let tokens: Vec<&str> = kept
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .filter(|word| word.len() >= 40)
        .collect();
    ensure!(!tokens.is_empty(), "no token in the frame's storage: {kept}");

    let loot = pair.visit.browser.eval(LOOT).await?;
    let loot = loot.as_str().context("the page gave nothing")?;
    // That the taps hear at all: the record of the search conversation passes through the page.
    ensure!(loot.contains(EN.unanswered), "the taps heard nothing");
    ensure!(loot.contains("SecurityError"), "the frame could be looked into");
    for secret in [FORM, CHAT, REPLY, NAME].into_iter().chain(tokens.iter().copied()) {
        ensure!(!loot.contains(secret), "the host page can read {secret}");
    }

    // A second port, a forged hello and forged events are not heard.
    let forged = "(() => {
        const frame = document.querySelector('porchlight-help').shadowRoot.querySelector('iframe').contentWindow;
        window.__forged = [];
        for (const data of [{ porchlight: 1 }, { type: 'open', record: null, page: { url: 'x', title: 'x' }, lang: 'en' },
                            'porchlight', { porchlight: 1, token: true }]) {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = (event) => window.__forged.push(event.data);
            frame.postMessage(data, '*', [port2]);
            port1.postMessage({ type: 'open', record: null, page: { url: '', title: '' }, lang: 'en' });
        }
        return new Promise((done) => setTimeout(done, 500)).then(() => window.__forged.length);
    })()";
    ensure!(pair.visit.browser.eval(forged).await? == 0, "a forged port was answered");
    pair.visitors_log().await?.says(REPLY).await?;
    let requests = pair.visit.site.requests()?;
    for secret in [FORM, CHAT, REPLY] {
        ensure!(!requests.iter().any(|request| format!("{request:?}").contains(secret)), "the site got {secret}");
    }
    pair.end(&[SIGNED_OUT]).await
}
