//! What only a browser can show: real storage, real calls.

use desk_client::Draft;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use crate::{Failure, LocalOutbox, Outbox, call, random_id};

wasm_bindgen_test_configure!(run_in_browser);

fn draft(id: &str) -> Draft {
    Draft { client_message_id: id.into(), text: format!("text of {id}") }
}

#[wasm_bindgen_test]
fn drafts_survive_their_tab() {
    let prefix = format!("test:{}:", random_id());
    let first = LocalOutbox::new(prefix.clone());
    for id in ["b", "a", "b", "c"] {
        assert!(first.keep(&draft(id)));
    }
    // Another tab, or this one after a reload.
    let second = LocalOutbox::new(prefix.clone());
    assert_eq!(second.drafts(), ["b", "a", "c"].map(draft));
    assert!(second.keep(&draft("d")));
    first.forget("a");
    assert_eq!(first.drafts(), ["b", "c", "d"].map(draft));
    assert_eq!(LocalOutbox::new(format!("{prefix}other:")).drafts(), []);
    for id in ["b", "c", "d"] {
        second.forget(id);
    }
    assert_eq!(first.drafts(), []);
}

#[wasm_bindgen_test]
fn full_storage_is_told() {
    let outbox = LocalOutbox::new(format!("test:{}:", random_id()));
    let large = Draft { client_message_id: "large".into(), text: "x".repeat(6_000_000) };
    assert!(!outbox.keep(&large), "beyond every browser's quota");
    assert_eq!(outbox.drafts(), [large], "kept in memory");
    outbox.forget("large");
    assert_eq!(outbox.drafts(), []);
}

#[wasm_bindgen_test]
async fn a_page_that_is_not_the_desks_is_no_answer() {
    let answer = call::<(), ()>("GET", "/v1/nothing-here", None, &[], None).await;
    assert_eq!(answer, Err(Failure::Unreachable));
}

#[wasm_bindgen_test]
fn names_differ() {
    assert_ne!(random_id(), random_id());
    assert!(handoff::limits::is_id(&random_id()));
}
