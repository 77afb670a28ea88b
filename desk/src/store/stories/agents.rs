//! Agents and their sessions.

use super::*;
use crate::store::Session;

pub(crate) async fn an_address_is_taken_once(store: &dyn Store) {
    let new = NewAgent { role: Role::Lead, ..new_agent("Émile", "Émile@Example.com") };
    let added = store.add_agent(new).await.expect("added");
    let emile =
        Agent {
            id: "agent-Émile".into(), email: "Émile@Example.com".into(), name: "Émile".into(), role: Role::Lead
        };
    assert_eq!(added, emile);
    for email in ["Émile@Example.com", "émile@example.com", "ÉMILE@EXAMPLE.COM"] {
        let again = store.add_agent(new_agent("other", email)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        let credentials = store.credentials(email).await.expect("read").expect("there");
        assert_eq!((&credentials.agent, credentials.password_hash.as_str()), (&emile, "$argon2id$Émile"));
    }
    let same_id = NewAgent { id: emile.id.clone(), ..new_agent("x", "x@example.com") };
    assert!(matches!(store.add_agent(same_id).await, Err(StoreError::Conflict(_))));
    for nobody in ["", "emile@example.com", "x@example.com", "%"] {
        assert!(store.credentials(nobody).await.expect("read").is_none(), "{nobody:?}");
    }
}

pub(crate) async fn a_session_ends(store: &dyn Store) {
    agent(store, "Ann").await;
    let open = async |byte, expires_ms| {
        store.open_session(Session { hash: [byte; 32], agent: "agent-Ann".into(), expires_ms }).await.expect("stored");
    };
    let of = async |byte, now_ms| store.session([byte; 32], now_ms).await.expect("read").map(|agent| agent.name);
    let ann = || Some("Ann".to_owned());
    open(1, 1_000).await;
    open(2, 2_000).await;
    assert_eq!((of(1, 0).await, of(1, 999).await, of(1, 1_000).await), (ann(), ann(), None));
    assert_eq!((of(2, 1_000).await, of(3, 0).await), (ann(), None));
    // One that comes later does not end one that still holds.
    open(3, 3_000).await;
    assert_eq!((of(2, 1_999).await, of(3, 2_999).await), (ann(), ann()));
    store.end_session([2; 32]).await.expect("ended");
    store.end_session([9; 32]).await.expect("nothing to end");
    assert_eq!((of(2, 0).await, of(3, 0).await), (None, ann()));
}

pub(crate) async fn sessions_are_of_agents(store: &dyn Store) {
    let stranger = Session { hash: [1; 32], agent: "nobody".into(), expires_ms: 1_000 };
    assert!(matches!(store.open_session(stranger).await, Err(StoreError::Conflict(_))));
    assert!(store.session([1; 32], 0).await.expect("read").is_none());
    agent(store, "Ann").await;
    agent(store, "Bob").await;
    for (byte, agent) in [(1, "agent-Ann"), (2, "agent-Bob")] {
        let session = Session { hash: [byte; 32], agent: agent.into(), expires_ms: 1_000 };
        store.open_session(session).await.expect("stored");
        assert_eq!(store.session([byte; 32], 0).await.expect("read").expect("there").id, agent);
    }
    let taken = Session { hash: [1; 32], agent: "agent-Bob".into(), expires_ms: 9_000 };
    assert!(matches!(store.open_session(taken).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.session([1; 32], 0).await.expect("read").expect("there").id, "agent-Ann");
}
