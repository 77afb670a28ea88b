//! The client against workers that fail in every way a worker can, in a real browser.
#![cfg(target_arch = "wasm32")]

use answer_messages::wire::FailureKind;
use search_client::{Config, Patience, SearchClient, SearchError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Answers every request with "there is no such article": number, error, third kind, empty detail.
const ANSWERS: &str = "self.onmessage = ({data}) => {
    if (data === 'ping') return self.postMessage('alive');
    self.postMessage(new Uint8Array([data[0], 1, 2, 0]));
};";
/// Short, so that the tests are.
const PATIENCE: Patience = Patience { hello: 400, silence: 80, ping: 150 };

/// What the bubble's `begin.js` does where no worker was begun early, but for the checksum.
const START: &str = "globalThis.takeWorker = async (url) => {
    const worker = new Worker(url, { type: 'module', name: 'porchlight' });
    const heard = [];
    worker.onmessage = ({ data }) => heard.push(data);
    worker.onerror = ({ message }) => heard.push('broken: ' + message);
    return { worker, heard };
};";

/// A worker's address from its script.
fn script(text: &str) -> JsValue {
    js_sys::Function::new_no_args(START).call0(&JsValue::NULL).unwrap();
    let make = js_sys::Function::new_with_args(
        "text",
        "return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))",
    );
    make.call1(&JsValue::NULL, &text.into()).unwrap()
}

/// What the page's own thread would import: answers "damaged", so that a test sees who answered.
fn module() -> js_sys::Function {
    js_sys::Function::new_no_args(
        "return Promise.resolve({ answer: (request) => Promise.resolve(new Uint8Array([request[0], 1, 1, 0])) })",
    )
}

fn no_module() -> js_sys::Function {
    js_sys::Function::new_no_args("return Promise.reject(new Error('blocked by policy'))")
}

/// Who answered the first question: the worker, the page, or nobody.
async fn check(worker: JsValue, module: js_sys::Function) -> &'static str {
    let config = Config { worker, module, kb: "https://site.example/kb/".into(), lang: None, patience: PATIENCE };
    match SearchClient::new(config).open().await {
        Err(SearchError::Failed(failure)) if failure.kind == FailureKind::NotFound => "worker",
        Err(SearchError::Failed(failure)) if failure.kind == FailureKind::Damaged => "page",
        Err(SearchError::Unavailable(_)) => "nobody",
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_healthy_worker_answers() {
    assert_eq!(check(script(&format!("{ANSWERS} self.postMessage('hello');")), module()).await, "worker");
}

#[wasm_bindgen_test]
async fn a_slow_worker_that_answers_pings_is_waited_for() {
    let slow = "self.onmessage = ({data}) => {
        if (data === 'ping') return self.postMessage('alive');
        setTimeout(() => self.postMessage(new Uint8Array([data[0], 1, 2, 0])), 900);
    }; self.postMessage('hello');";
    assert_eq!(check(script(slow), module()).await, "worker");
}

#[wasm_bindgen_test]
async fn a_worker_that_never_says_hello_is_replaced_by_the_page() {
    assert_eq!(check(script("// silent"), module()).await, "page");
}

#[wasm_bindgen_test]
async fn a_worker_that_falls_silent_is_replaced_by_the_page() {
    assert_eq!(check(script("self.postMessage('hello');"), module()).await, "page");
}

#[wasm_bindgen_test]
async fn a_worker_that_hangs_is_replaced_by_the_page() {
    let hangs = "self.onmessage = () => { for (;;) {} }; self.postMessage('hello');";
    assert_eq!(check(script(hangs), module()).await, "page");
}

#[wasm_bindgen_test]
async fn a_worker_that_says_it_is_broken_is_replaced_by_the_page() {
    let broken = "self.onmessage = () => self.postMessage('broken: out of memory'); self.postMessage('hello');";
    assert_eq!(check(script(broken), module()).await, "page");
}

#[wasm_bindgen_test]
async fn a_worker_that_speaks_another_version_is_replaced_by_the_page() {
    let other = "self.onmessage = () => self.postMessage(new Uint8Array([0, 9, 9])); self.postMessage('hello');";
    assert_eq!(check(script(other), module()).await, "page");
}

#[wasm_bindgen_test]
async fn a_worker_that_throws_is_replaced_by_the_page() {
    assert_eq!(check(script("throw new Error('no')"), module()).await, "page");
}

#[wasm_bindgen_test]
async fn a_worker_that_may_not_start_is_replaced_by_the_page() {
    let forbidden: JsValue = js_sys::Object::new().unchecked_into();
    assert_eq!(check(forbidden, module()).await, "page");
}

#[wasm_bindgen_test]
async fn where_nothing_can_run_it_is_said() {
    assert_eq!(check(script("throw new Error('no')"), no_module()).await, "nobody");
}

#[wasm_bindgen_test]
async fn a_second_worker_takes_over_from_a_dead_one() {
    // The first worker dies with its first question, the second answers: they share a name through the page's storage.
    let make = js_sys::Function::new_with_args(
        "answers",
        "const channel = 'porchlight-test-' + Math.random();
         const text = `const channel = new BroadcastChannel('${channel}'); let second = false;
            channel.onmessage = ({data}) => { if (data === 'first?') { channel.postMessage('taken'); } else { second = true; } };
            channel.postMessage('first?');
            setTimeout(() => self.postMessage('hello'), 60);
            const answers = ({data}) => { if (data === 'ping') return self.postMessage('alive');
                self.postMessage(new Uint8Array([data[0], 1, 2, 0])); };
            self.onmessage = (event) => second ? answers(event) : undefined;`;
         const keeper = new BroadcastChannel(channel); let starts = 0;
         keeper.onmessage = ({data}) => { if (data === 'first?' && starts++ > 0) keeper.postMessage('taken'); };
         return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))",
    );
    let worker = make.call1(&JsValue::NULL, &JsValue::NULL).unwrap();
    assert_eq!(check(worker, module()).await, "worker");
}
