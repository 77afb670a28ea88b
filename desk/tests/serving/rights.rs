//! Who may do what: every route of the desk's own description, for everybody.

use desk::store::Session;
use serde_json::{Value, json};

use crate::{
    http::{Reply, Request},
    place::{DESK, Place, as_agent, handoff_body, long_key, message, sign_in},
};

/// A route as the description has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) who: Who,
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Anybody,
    Visitor,
    Agent,
}

impl Route {
    /// A request that is right in all but who asks.
    pub(crate) fn request(&self, conversation: &str) -> Request {
        let path = self.path.replace("{id}", conversation);
        let request = Request::new(&self.method, &path);
        match (self.method.as_str(), self.path.as_str()) {
            ("POST", "/v1/handoffs") => request.header("idempotency-key", long_key("rights")).json(&handoff_body()),
            ("POST", "/v1/session") => request.json(&json!({"email": "nobody@desk.example", "password": "nothing"})),
            ("POST", path) if path.ends_with("/messages") => request.json(&message("rights", "x")),
            _ => request,
        }
    }

    /// Whether pages other than the desk's own may use it.
    pub(crate) fn is_agents(&self) -> bool {
        self.who == Who::Agent || self.path == "/v1/session"
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.method == "GET"
    }
}

/// All routes of the description.
pub(crate) async fn routes(place: &Place) -> Vec<Route> {
    let document = place.send(Request::get("/v1/openapi.json")).await.json();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let security = operation["security"].as_array().into_iter().flatten().next();
            let who = match security.and_then(Value::as_object).and_then(|way| way.keys().next()).map(String::as_str) {
                None => Who::Anybody,
                Some("visitor") => Who::Visitor,
                Some("agent") => Who::Agent,
                other => panic!("{other:?}"),
            };
            routes.push(Route { method: method.to_uppercase(), path: path.clone(), who });
        }
    }
    assert_eq!(routes.len(), 16, "a new route needs a look here: {routes:#?}");
    routes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_as_declared() {
    let place = Place::new().await;
    let live = place.agent().await;
    let (ours, theirs) = (place.visitor("ours").await, place.visitor("theirs").await);
    let ended = place.sign_in().await;
    place.send(as_agent(Request::new("DELETE", "/v1/session"), &ended)).await;
    let expired_value = "expired";
    let agent = place.store.credentials(crate::place::EMAIL).await.unwrap().unwrap().agent;
    let hash = sha256(expired_value);
    place.store.open_session(Session { hash, agent: agent.id, expires_ms: 1 }).await.unwrap();
    let ticket = place.ticket(&live).await;
    let as_visitor = |token: &str| ("authorization", format!("Bearer {token}"));
    let cookie = |value: &str| ("cookie", value.to_owned());
    let host = |value: &str| cookie(&format!("__Host-porchlight={value}"));
    let live_value = live.split_once('=').unwrap().1;
    // Who asks, and whether he is a visitor or an agent.
    let everybody = [
        (vec![], false, false),
        (vec![as_visitor(&ours.token)], true, false),
        (vec![as_visitor(&theirs.token)], true, false),
        (vec![cookie(&live)], false, true),
        (vec![cookie(&live), as_visitor(&ours.token)], true, true),
        (vec![cookie(&ended)], false, false),
        (vec![host(expired_value)], false, false),
        (vec![host("")], false, false),
        (vec![host("x")], false, false),
        (vec![host(&ours.token)], false, false),
        (vec![host(&ticket)], false, false),
        (vec![cookie(&live.replace("__Host-", ""))], false, false),
        (vec![cookie(&live.to_lowercase())], false, false),
        (vec![as_visitor("")], false, false),
        (vec![as_visitor("x")], false, false),
        (vec![as_visitor(&"x".repeat(10_000))], false, false),
        (vec![as_visitor(live_value)], false, false),
        (vec![as_visitor(&ticket)], false, false),
        (vec![as_visitor(&ours.conversation)], false, false),
        (vec![as_visitor(&ours.token[1..])], false, false),
        (vec![as_visitor(&format!("{} ", ours.token)), as_visitor(&theirs.token)], false, false),
        (vec![("authorization", format!("Basic {}", ours.token))], false, false),
        (vec![("authorization", ours.token.clone())], false, false),
    ];
    for route in routes(&place).await {
        // Signing out is for the end; it is tried below.
        if (route.method.as_str(), route.path.as_str()) == ("DELETE", "/v1/session") {
            continue;
        }
        for (who, is_visitor, is_agent) in &everybody {
            let mut request = route.request(&ours.conversation).header("origin", DESK);
            for (name, value) in who {
                request = request.header(name, value);
            }
            let reply = place.send(request).await;
            let expected = match route.who {
                Who::Anybody => None,
                Who::Visitor => (!is_visitor).then_some("no-token"),
                Who::Agent => (!is_agent).then_some("not-signed-in"),
            };
            check(&route, who, &reply, expected);
        }
    }
    // What anybody did above has opened nothing for anybody else.
    let path = format!("/v1/conversations/{}/events", theirs.conversation);
    let reply = place.send(as_agent(Request::get(&path), &live)).await.json();
    let by: Vec<_> = reply["events"].as_array().unwrap().iter().map(|event| event["what"]["type"].clone()).collect();
    assert_eq!(by, ["handed_off", "message", "message"], "the visitor's own words");
    let reply = place.send(as_agent(Request::new("DELETE", "/v1/session"), &live)).await;
    assert_eq!(reply.status, 204);
    assert_eq!(place.send(as_agent(Request::get("/v1/queue"), &live)).await.problem(), "not-signed-in");
    place.stop().await;
}

fn check(route: &Route, who: &[(&str, String)], reply: &Reply, expected: Option<&str>) {
    match expected {
        Some(expected) => {
            assert_eq!((reply.status, reply.problem().as_str()), (401, expected), "{route:?} {who:?}");
            let asks = reply.header("www-authenticate");
            assert_eq!(asks, (expected == "no-token").then_some("Bearer"));
        }
        None if route.path == "/v1/session" && route.method == "POST" => {
            assert!(matches!(reply.problem().as_str(), "wrong-password" | "too-many"), "{route:?} {who:?} {reply:?}");
        }
        None => {
            // The shared message id was first used by one of them: a conflict for the other, but no lack of rights.
            let is_fine = (200..300).contains(&reply.status) || reply.status == 409;
            assert!(is_fine, "{route:?} {who:?} {reply:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_that_are_none_lead_nowhere() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("ids").await;
    let ids = [
        "0".repeat(32),
        "0".repeat(31),
        "0".repeat(33),
        "0".repeat(5000),
        receipt.conversation.to_uppercase() + "A",
        receipt.receipt.clone(),
        receipt.token.clone(),
        "%00".into(),
        "%FF".into(),
        "..".into(),
        "%2e%2e".into(),
        "..%2f..%2fqueue".into(),
        "'%20OR%201=1--".into(),
        "*".into(),
        "null".into(),
        "%ED%95%9C".into(),
    ];
    for route in routes(&place).await.into_iter().filter(|route| route.path.contains("{id}")) {
        for id in &ids {
            let reply = place.send(as_agent(route.request(id), &cookie)).await;
            assert_eq!(reply.status, 404, "{route:?} {id}");
            reply.problem();
        }
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_opens_nothing() {
    let place = Place::new().await;
    place.agent().await;
    let reply = place.send(sign_in(crate::place::EMAIL, "wrong")).await;
    assert_eq!((reply.problem().as_str(), reply.header("set-cookie")), ("wrong-password", None));
    place.stop().await;
}

fn sha256(text: &str) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(text.as_bytes()).into()
}
