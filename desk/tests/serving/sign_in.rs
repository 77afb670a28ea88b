//! Signing in and out.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::{
    http::Request,
    place::{EMAIL, PASSWORD, Place, as_agent, cookie, sign_in},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_from_its_start_to_its_end() {
    let place = Place::new().await;
    let first = place.agent().await;
    let reply = place.send(sign_in(" mina@DESK.example ", PASSWORD)).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, Some("no-store")));
    let agent = reply.json();
    assert_eq!((&agent["name"], &agent["role"], &agent["email"]), (&json!("Mina"), &json!("agent"), &json!(EMAIL)));
    assert!(agent.get("password_hash").is_none());
    let set = reply.header("set-cookie").unwrap();
    for part in ["__Host-porchlight=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Max-Age=43200"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let second = cookie(&reply);
    assert_ne!(first, second);
    assert_eq!(second.split_once('=').unwrap().1.len(), 43, "256 bits");

    // Signing in again with a session ends that one: an id that somebody planted is worth nothing.
    let third = cookie(&place.send(sign_in(EMAIL, PASSWORD).header("cookie", &second)).await);
    let status = async |cookie: &str| place.send(as_agent(Request::get("/v1/session"), cookie)).await.status;
    assert_eq!((status(&first).await, status(&second).await, status(&third).await), (200, 401, 200));

    let reply = place.send(as_agent(Request::new("DELETE", "/v1/session"), &third)).await;
    assert_eq!((reply.status, reply.body.len()), (204, 0));
    assert!(reply.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!((status(&first).await, status(&third).await), (200, 401));
    // Once more is fine.
    assert_eq!(place.send(as_agent(Request::new("DELETE", "/v1/session"), &third)).await.status, 204);
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn known_and_unknown_accounts_look_alike() {
    let place = Place::new().await;
    place.agent().await;
    let known = place.send(sign_in(EMAIL, "wrong")).await;
    let unknown = place.send(sign_in("nobody@desk.example", "wrong")).await;
    let strange = place.send(sign_in("\0' OR 1=1 --", "wrong")).await;
    for reply in [&unknown, &strange] {
        assert_eq!((reply.status, &reply.body), (known.status, &known.body));
        let names = |headers: &[(String, String)]| headers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&reply.headers), names(&known.headers));
    }
    assert_eq!(known.problem(), "wrong-password");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_guesses_a_minute() {
    let place = Place::new().await;
    place.agent().await;
    for email in [EMAIL, "nobody@desk.example"] {
        for guess in 0..12 {
            // Letter case is no way around.
            let email = if guess % 2 == 0 { email.to_uppercase() } else { email.to_lowercase() };
            let reply = place.send(sign_in(&email, &format!("guess {guess}"))).await;
            if guess < 10 {
                assert_eq!((reply.status, reply.problem().as_str()), (401, "wrong-password"), "{guess}");
            } else {
                assert_eq!((reply.status, reply.problem().as_str()), (429, "too-many"), "{guess}");
                let wait: u32 = reply.header("retry-after").unwrap().parse().unwrap();
                assert!((1..=60).contains(&wait), "{wait}");
            }
        }
    }
    // Now the right one is not heard either; others sign in as before.
    assert_eq!(place.send(sign_in(EMAIL, PASSWORD)).await.problem(), "too-many");
    desk::agents::add_agent(&place.store, "lee@desk.example", None, handoff::api::Role::Lead, PASSWORD).await.unwrap();
    for _ in 0..15 {
        // Right passwords are not counted.
        assert_eq!(place.send(sign_in("lee@desk.example", PASSWORD)).await.status, 200);
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_has_sixty_guesses_a_minute() {
    let place = Place::new().await;
    let start = Instant::now();
    let mut refused = 0;
    let tries: Vec<_> = (0..70)
        .map(|number| {
            let address = place.address;
            tokio::spawn(async move { sign_in(&format!("a{number}@desk.example"), "guess").send(address).await.status })
        })
        .collect();
    for one in tries {
        match one.await.unwrap() {
            401 => {}
            429 => refused += 1,
            other => panic!("{other}"),
        }
    }
    // Where the machine has much else to do, some have waited for their turn in vain, too.
    assert!((10..70).contains(&refused), "{refused}");
    // Nobody else's address can be borrowed: no proxy is trusted here.
    let reply = place.send(sign_in("b@desk.example", "guess").header("x-forwarded-for", "203.0.113.7")).await;
    if start.elapsed() < Duration::from_secs(50) {
        assert_eq!(reply.problem(), "too-many");
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_closes_sockets() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let mut socket = place.hello(&place.ticket(&cookie).await, 0, None).await;
    assert!(matches!(socket.hear().await, Some(handoff::chat::ServerFrame::Welcome { .. })));
    place.send(as_agent(Request::new("DELETE", "/v1/session"), &cookie)).await;
    let bye = handoff::chat::ServerFrame::Bye { reason: handoff::chat::Farewell::NotAllowed };
    assert_eq!(socket.hear().await, Some(bye));
    place.stop().await;
}
