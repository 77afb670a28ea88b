//! Origins, spelled in every way but the right one, against every route and the socket.

use crate::{
    http::{Reply, Request},
    place::{DESK, Place, SHOP, open},
    rights::{Route, routes},
};

/// Spellings that are not on the list, however close they come.
const FOREIGN: [&str; 100] = [
    "",
    "null",
    "NULL",
    "undefined",
    "*",
    "https://",
    "desk.example",
    "//desk.example",
    "https:desk.example",
    "https:/desk.example",
    "https:///desk.example",
    "http://desk.example",
    "HTTPS://desk.example",
    "Https://desk.example",
    "https://DESK.example",
    "https://Desk.Example",
    "https://desk.EXAMPLE",
    "https://desk.example/",
    "https://desk.example/desk/",
    "https://desk.example/../",
    "https://desk.example?",
    "https://desk.example#",
    "https://desk.example:443",
    "https://desk.example:0443",
    "https://desk.example:80",
    "https://desk.example:8443",
    "https://desk.example:",
    "https://desk.example:65979",
    "https://desk.example.",
    "https://desk.example.:443",
    "https://desk..example",
    "https://.desk.example",
    "https://-desk.example",
    "https://a.desk.example",
    "https://www.desk.example",
    "https://example",
    "https://desk.example.evil.example",
    "https://evildesk.example",
    "https://evil-desk.example",
    "https://desk.example-evil.example",
    "https://desk.exampleevil",
    "https://desk.exampl",
    "https://desk.examples",
    "https://deskexample",
    "https://desk_example",
    "https://desk,example",
    "https://desk%2eexample",
    "https://desk%2Eexample",
    "https://%64esk.example",
    "https://desk.example%00",
    "https://desk.example%20",
    "https://desk.example%0d%0a",
    "https://desk.example%2f.evil.example",
    "https://user@desk.example",
    "https://user:password@desk.example",
    "https://@desk.example",
    "https://desk.example@evil.example",
    "https://desk.example:443@evil.example",
    "https://evil.example/https://desk.example",
    "https://evil.example?https://desk.example",
    "https://evil.example#https://desk.example",
    "https://evil.example\\https://desk.example",
    "https://desk.example\\@evil.example",
    "https://desk.example\\.evil.example",
    "https://desk.example;evil.example",
    "https://desk.example&evil.example",
    "https://desk.example https://evil.example",
    "https://desk.example, https://evil.example",
    "https://evil.example, https://desk.example",
    "https://desk.example,https://desk.example",
    "https://desk.example https://desk.example",
    "\"https://desk.example\"",
    "'https://desk.example'",
    "<https://desk.example>",
    "(https://desk.example)",
    "wss://desk.example",
    "ws://desk.example",
    "ftp://desk.example",
    "file://",
    "file://desk.example",
    "data:text/html",
    "about:blank",
    "blob:https://desk.example",
    "javascript:alert(1)",
    "chrome-extension://desk.example",
    "moz-extension://desk.example",
    "https://xn--desk.example",
    "https://d\u{117}sk.example",
    "https://d\u{435}sk.example",
    "https://\u{ff44}\u{ff45}\u{ff53}\u{ff4b}.example",
    "https://desk\u{3002}example",
    "https://desk.example\u{200b}",
    "https://[::1]",
    "https://127.0.0.1",
    "https://localhost",
    "https://*.example",
    "https://www.shop.example",
    "https://www.shop.example:8444",
    "http://www.shop.example:8443",
    "https://shop.example:8443",
];

/// Several headers, of which at least one is right.
const DOUBLE: [&[&str]; 5] =
    [&[DESK, DESK], &[DESK, "https://evil.example"], &["https://evil.example", DESK], &[DESK, SHOP], &[DESK, ""]];

/// Every route of the description, and all else that is served.
async fn all(place: &Place) -> Vec<Route> {
    let mut all = routes(place).await;
    let other = ["/", "/chat", "/chat/", "/desk", "/desk/", "/assets/x.js", "/v1", "/v1/nothing", "/nothing"];
    all.extend(other.map(|path| Route { method: "GET".into(), path: path.into(), who: crate::rights::Who::Anybody }));
    all
}

fn is_refused(reply: &Reply) -> bool {
    reply.status == 403 && reply.problem() == "foreign-origin"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_exact_list_passes() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("origins").await;
    let with = |route: &Route, origins: &[&str]| {
        let request = route.request(&receipt.conversation).bearer(&receipt.token).header("cookie", &cookie);
        origins.iter().fold(request, |request, origin| request.header("origin", origin))
    };
    let mut tried = 0;
    for route in all(&place).await {
        for origins in FOREIGN.iter().map(std::slice::from_ref).chain(DOUBLE) {
            let reply = place.send(with(&route, origins)).await;
            assert!(is_refused(&reply), "{route:?} {origins:?} {reply:?}");
            assert_eq!(reply.header("access-control-allow-origin"), None);
            tried += 1;
        }
        // Signing out would end what follows.
        if route.method == "DELETE" {
            continue;
        }
        let reply = place.send(with(&route, &[DESK])).await;
        assert_ne!(reply.status, 403, "{route:?}");
        let reply = place.send(with(&route, &[SHOP])).await;
        assert_eq!(is_refused(&reply), route.is_agents(), "{route:?} {reply:?}");
    }
    assert_eq!(tried, (16 + 9) * 105);
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_must_say_their_origin_and_say_it_right() {
    let place = Place::new().await;
    let status = async |origins: &[&str]| {
        let headers: Vec<_> = origins.iter().map(|origin| ("origin", *origin)).collect();
        match open(place.address, &headers).await {
            Ok(_) => 101,
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => response.status().as_u16(),
            Err(error) => panic!("{origins:?} {error}"),
        }
    };
    assert_eq!(status(&[]).await, 403);
    for origins in FOREIGN.iter().map(std::slice::from_ref).chain(DOUBLE) {
        assert_eq!(status(origins).await, 403, "{origins:?}");
    }
    assert_eq!(status(&[DESK]).await, 101);
    assert_eq!(status(&[SHOP]).await, 101);
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn agents_changes_come_from_the_desks_own_pages() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("csrf").await;
    for route in routes(&place).await.into_iter().filter(Route::is_agents) {
        let request = route.request(&receipt.conversation).header("cookie", &cookie);
        let sites = [
            (None, false),
            (Some("none"), false),
            (Some("cross-site"), false),
            (Some("same-site"), false),
            (Some("Same-Origin"), false),
            (Some("same-origin, same-origin"), false),
            (Some(""), false),
            (Some("same-origin"), true),
        ];
        for (site, is_own) in sites {
            // Signing out would end what follows.
            if is_own && route.method == "DELETE" {
                continue;
            }
            let request =
                site.into_iter().fold(request.clone(), |request, site| request.header("sec-fetch-site", site));
            let reply = place.send(request).await;
            assert_eq!(is_refused(&reply), !is_own && !route.is_reading(), "{route:?} {site:?} {reply:?}");
        }
        // Simple content types, which browsers send from anywhere without asking, change nothing.
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            if route.path.ends_with("/messages") {
                let request = request.clone().without("content-type").header("content-type", content_type);
                let reply = place.send(request.clone()).await;
                assert!(is_refused(&reply));
                assert_eq!(place.send(request.header("origin", DESK)).await.problem(), "not-json-type");
            }
        }
    }
    let (_, last) = place.store.events(&receipt.conversation, 0, 1).await.unwrap();
    assert_eq!(last, 2 + 4, "assigned, closed, reopened and a message, by the requests that were right");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browsers_are_told_who_may_read() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("cors").await;
    for route in all(&place).await {
        let path = route.path.replace("{id}", &receipt.conversation);
        let is_visitors = ["/v1/handoffs", "/v1/events", "/v1/messages"].contains(&path.as_str());
        let preflight = |origin: &str| {
            Request::new("OPTIONS", &path).header("origin", origin).header("access-control-request-method", "POST")
        };
        for origin in [DESK, SHOP] {
            let reply = place.send(preflight(origin)).await;
            let is_allowed = reply.header("access-control-allow-origin") == Some(origin);
            assert_eq!(is_allowed, is_visitors, "{route:?} {reply:?}");
            assert_eq!(reply.status == 204, is_visitors, "{route:?} {reply:?}");
            if is_visitors {
                let headers = reply.header("access-control-allow-headers");
                assert_eq!(headers, Some("authorization, content-type, idempotency-key"));
            } else {
                reply.problem();
            }
            if route.method == "DELETE" {
                continue;
            }
            let request = route.request(&receipt.conversation).bearer(&receipt.token).header("cookie", &cookie);
            let reply = place.send(request.header("origin", origin)).await;
            let is_allowed = reply.header("access-control-allow-origin") == Some(origin);
            assert_eq!(is_allowed, is_visitors, "{route:?} {reply:?}");
            assert_eq!(reply.header("access-control-allow-credentials"), None);
        }
        assert!(is_refused(&place.send(preflight("https://evil.example")).await), "{route:?}");
        // A method that is not there is told to those who may know, too.
        if is_visitors {
            let reply = place.send(Request::new("PUT", &path).header("origin", SHOP)).await;
            assert_eq!((reply.status, reply.problem().as_str()), (405, "wrong-method"));
            assert_eq!(reply.header("access-control-allow-origin"), Some(SHOP));
        }
    }
    place.stop().await;
}
