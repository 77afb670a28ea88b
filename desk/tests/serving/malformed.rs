//! What nobody should send: always told what is wrong, never a failure of the desk.

use serde_json::{Value, json};

use crate::{
    http::{Request, raw},
    place::{DESK, Place, as_agent, handoff_body, long_key, message},
    rights::routes,
};

/// Values of every type, and some that only look like values.
fn wrong_values() -> Vec<Value> {
    let deep = (0..200).fold(json!("x"), |inner, _| json!([inner]));
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(18446744073709551615u64),
        json!(""),
        json!("x"),
        json!("\0"),
        json!([]),
        json!(["x"]),
        json!({}),
        json!({"$regex": "."}),
        json!({"__proto__": {"x": 1}}),
        json!([[[[[[[[]]]]]]]]),
        deep,
    ]
}

/// Whether a value may stand where another does.
fn could_be_right(pointer: &str, from: &Value, to: &Value) -> bool {
    match (from, to) {
        (Value::String(_), Value::String(_)) => true,
        (Value::Number(_), Value::Number(_)) => true,
        (Value::Array(_), Value::Array(list)) => list.is_empty(),
        (_, Value::Null) => ["/name", "/email"].contains(&pointer) || pointer.ends_with("/vote"),
        (Value::Null, Value::String(_)) => true,
        // `{"unavailable": {}}` holds nothing.
        (Value::Object(fields), Value::Object(others)) => fields.is_empty() && others.is_empty(),
        _ => false,
    }
}

/// Pointers to every value in a document.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), all);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                pointers(field, &format!("{at}/{key}"), all);
            }
        }
        _ => {}
    }
}

/// Every route that takes a body, with a right one.
fn bodies(conversation: &str) -> Vec<(Request, Value)> {
    vec![
        (Request::post("/v1/handoffs").header("idempotency-key", long_key("malformed")), handoff_body()),
        (Request::post("/v1/messages"), message("m", "x")),
        (Request::post(&format!("/v1/conversations/{conversation}/messages")), message("m", "x")),
        (Request::post("/v1/session"), json!({"email": "x@desk.example", "password": "nothing here"})),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_field_of_every_body() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("malformed-1").await;
    let mut tried = 0;
    for (request, body) in bodies(&receipt.conversation) {
        let request = as_agent(request.bearer(&receipt.token), &cookie);
        let mut all = Vec::new();
        pointers(&body, "", &mut all);
        for pointer in &all {
            let from = body.pointer(pointer).unwrap().clone();
            for value in wrong_values() {
                let mut wrong = body.clone();
                *wrong.pointer_mut(pointer).unwrap() = value.clone();
                let reply = place.send(request.clone().json(&wrong)).await;
                tried += 1;
                if could_be_right(pointer, &from, &value) {
                    assert!(reply.status < 500, "{pointer} {value} {reply:?}");
                } else {
                    assert!((400..500).contains(&reply.status), "{pointer} {value} {reply:?}");
                    reply.problem();
                }
            }
        }
        // Fields that are missing, unknown or twice there.
        for pointer in all.iter().filter(|pointer| body.pointer(pointer).unwrap().is_object()) {
            let mut more = body.clone();
            more.pointer_mut(pointer).unwrap()["unknown"] = json!(1);
            let reply = place.send(request.clone().json(&more)).await;
            // A choice with two keys is not even read to its end.
            assert!(["wrong-shape", "not-json"].contains(&reply.problem().as_str()), "{pointer} {reply:?}");
            for key in body.pointer(pointer).unwrap().as_object().unwrap().keys() {
                let mut less = body.clone();
                less.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(key);
                let reply = place.send(request.clone().json(&less)).await;
                let may_miss = ["name", "email", "vote"].contains(&key.as_str());
                assert!((400..500).contains(&reply.status) || may_miss, "{pointer} {key} {reply:?}");
            }
        }
        for key in body.as_object().unwrap().keys() {
            let text = body.to_string();
            let twice = format!("{{\"{key}\":{},{}", body[key], &text[1..]);
            let reply = place.send(request.clone().header("content-type", "application/json").body(twice)).await;
            assert!((400..500).contains(&reply.status), "{key} {reply:?}");
            reply.problem();
        }
    }
    assert!(tried > 700, "{tried}");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_are_none() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("malformed-2").await;
    for (request, body) in bodies(&receipt.conversation) {
        let request = as_agent(request.bearer(&receipt.token), &cookie);
        let right = body.to_string();
        let huge = vec![b'x'; 10 * 1024 * 1024];
        let bodies: Vec<(&str, Vec<u8>, u16)> = vec![
            ("empty", b"".to_vec(), 400),
            ("blank", b"   ".to_vec(), 400),
            ("a word", b"hello".to_vec(), 400),
            ("a form", b"message=x&name=y".to_vec(), 400),
            ("null", b"null".to_vec(), 422),
            ("a number", b"1".to_vec(), 422),
            ("a huge number", b"1e999".to_vec(), 400),
            ("a text", b"\"x\"".to_vec(), 422),
            ("a list", b"[]".to_vec(), 422),
            ("a list of it", format!("[{right}]").into_bytes(), 422),
            ("a list of its values", b"[\"a\",\"b\"]".to_vec(), 422),
            ("half of it", right.as_bytes()[..right.len() / 2].to_vec(), 400),
            ("it twice", format!("{right}{right}").into_bytes(), 400),
            ("a mark before", [b"\xef\xbb\xbf", right.as_bytes()].concat(), 400),
            ("a NUL behind", [right.as_bytes(), b"\0"].concat(), 400),
            ("bytes that are no text", b"\xff\xfe\xfd".to_vec(), 400),
            ("no UTF-8 in a text", b"{\"client_message_id\":\"\xff\"}".to_vec(), 0),
            ("a surrogate in a text", b"{\"client_message_id\":\"\\ud800\"}".to_vec(), 0),
            ("UTF-16", right.encode_utf16().flat_map(u16::to_le_bytes).collect(), 400),
            ("depth", vec![b'['; 10_000], 0),
            ("depth of objects", b"{\"a\":".repeat(3000), 0),
            ("size", huge.clone(), 413),
            ("size in a text", [b"{\"text\":\"", huge.as_slice(), b"\"}"].concat(), 413),
            ("size in a list", b"[1,".repeat(4 * 1024 * 1024), 413),
        ];
        for (name, body, expected) in bodies {
            let reply = place.send(request.clone().header("content-type", "application/json").body(body)).await;
            assert!((400..500).contains(&reply.status), "{name}: {reply:?}");
            assert!(expected == 0 || reply.status == expected, "{name}: {reply:?}");
            reply.problem();
            assert!(reply.body.len() < 2000, "{name}: an answer of {} bytes", reply.body.len());
        }
        let no_type = request.clone().body(right.clone());
        assert_eq!(place.send(no_type).await.problem(), "not-json-type");
        for content_type in ["text/plain", "application/xml", "application/json; charset=euc-kr", "json", ""] {
            let reply = place.send(request.clone().header("content-type", content_type).body(right.clone())).await;
            assert_eq!((reply.status, reply.problem().as_str()), (415, "not-json-type"), "{content_type}");
        }
        // A body that comes in pieces, and one that never ends.
        let chunks =
            b"POST /v1/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
            transfer-encoding: chunked\r\n\r\nnonsense\r\n\r\n";
        assert!(String::from_utf8_lossy(&raw(place.address, chunks).await).starts_with("HTTP/1.1 4"));
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_of_size() {
    let place = Place::new().await;
    let receipt = place.visitor("malformed-3").await;
    let send = async |text: String| {
        place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&message("size", &text))).await
    };
    assert_eq!(send("x".repeat(64 * 1024 + 1)).await.problem(), "too-large");
    assert_eq!(send("x".repeat(128 * 1024)).await.problem(), "too-large");
    assert_eq!(send("한".repeat(64 * 1024 / 3)).await.status, 201);
    let handoff = async |change: &dyn Fn(&mut Value)| {
        let mut body = handoff_body();
        change(&mut body);
        place.send(Request::post("/v1/handoffs").header("idempotency-key", long_key("size")).json(&body)).await
    };
    assert_eq!(handoff(&|body| body["message"] = json!("x".repeat(64 * 1024 + 1))).await.problem(), "too-large");
    assert_eq!(handoff(&|body| body["message"] = json!(" ")).await.problem(), "wrong-shape");
    assert_eq!(handoff(&|body| body["name"] = json!("x".repeat(257))).await.problem(), "wrong-shape");
    assert_eq!(handoff(&|body| body["email"] = json!("a@b\r\nCc: c@d")).await.problem(), "wrong-shape");
    assert_eq!(handoff(&|body| body["transcript"]["version"] = json!(2)).await.problem(), "wrong-shape");
    let entry = json!({"at_ms": 1, "said": {"question": {"text": "x".repeat(1000)}}});
    assert_eq!(handoff(&|body| body["transcript"]["entries"] = json!(vec![&entry; 1100])).await.problem(), "too-large");
    let reply = handoff(&|body| body["transcript"]["entries"] = json!(vec![&entry; 900])).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn queries_headers_and_methods() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("malformed-4").await;
    let agents = format!("/v1/conversations/{}/events", receipt.conversation);
    for query in [
        "after=-1",
        "after=x",
        "after=1.5",
        "after=",
        "after=99999999999999999999",
        "after=1&after=2",
        "wait=26",
        "wait=-1",
        "wait=18446744073709551615",
        "wait=1e1",
        "more=1",
        "after=%FF",
        "after=%00",
        "after[]=1",
    ] {
        for path in ["/v1/events", &agents] {
            let request = Request::get(&format!("{path}?{query}")).bearer(&receipt.token);
            let reply = place.send(as_agent(request, &cookie)).await;
            assert_eq!((reply.status, reply.problem().as_str()), (400, "bad-request"), "{path}?{query}");
        }
    }
    for key in ["", &"x".repeat(65), "x y                 ", "한국어한국어한국어한국어", "\"0123456789abcdef\""]
    {
        let request = Request::post("/v1/handoffs").header("idempotency-key", key).json(&handoff_body());
        let reply = place.send(request).await;
        assert_eq!((reply.status, reply.problem().as_str()), (400, "bad-request"), "{key}");
    }
    let twice = Request::post("/v1/handoffs").header("idempotency-key", long_key("a"));
    let twice = twice.header("idempotency-key", long_key("a")).json(&handoff_body());
    assert_eq!(place.send(twice).await.problem(), "bad-request");
    assert_eq!(place.send(Request::post("/v1/handoffs").json(&handoff_body())).await.problem(), "bad-request");
    for route in routes(&place).await {
        let path = route.path.replace("{id}", &receipt.conversation);
        for method in ["PUT", "PATCH", "TRACE", "PROPFIND", "NONSENSE"] {
            let reply = place.send(as_agent(Request::new(method, &path), &cookie)).await;
            assert_eq!((reply.status, reply.problem().as_str()), (405, "wrong-method"), "{method} {path}");
            assert!(reply.header("allow").is_some_and(|allow| allow.contains(&route.method)), "{reply:?}");
        }
        // Routes that take no body say so.
        if route.method == "POST"
            && (path.contains("/assign")
                || path.contains("/close")
                || path.contains("/reopen")
                || path == "/v1/tickets")
        {
            let reply = place.send(as_agent(Request::post(&path).body(vec![b'x'; 1_000_000]), &cookie)).await;
            assert_eq!(reply.problem(), "too-large", "{path}");
        }
    }
    for upgrade in [vec![], vec![("sec-websocket-version", "8")], vec![("sec-websocket-version", "13")]] {
        let request = Request::get("/v1/events").header("origin", DESK).header("upgrade", "websocket");
        let reply =
            place.send(upgrade.into_iter().fold(request, |request, (name, value)| request.header(name, value))).await;
        assert_eq!((reply.status, reply.problem().as_str()), (400, "bad-request"));
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_even_http() {
    let place = Place::new().await;
    let requests: Vec<Vec<u8>> = vec![
        b"\r\n\r\n".to_vec(),
        b"hello\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"GET /\0 HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: x\r\nx\0y: z\r\n\r\n".to_vec(),
        b"GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        b"POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n".to_vec(),
        b"POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        [b"GET /".as_slice(), &[b'x'; 100_000], b" HTTP/1.1\r\nhost: x\r\n\r\n"].concat(),
        [b"GET / HTTP/1.1\r\nhost: x\r\nx: ".as_slice(), &[b'x'; 100_000], b"\r\n\r\n"].concat(),
        [b"GET / HTTP/1.1\r\nhost: x\r\n".as_slice(), &b"x: y\r\n".repeat(5000), b"\r\n"].concat(),
    ];
    for request in requests {
        // A half-open connection would wait for more: it is closed by us.
        let answer = tokio::time::timeout(std::time::Duration::from_secs(2), raw(place.address, &request)).await;
        if let Ok(answer) = answer {
            let answer = String::from_utf8_lossy(&answer).into_owned();
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        }
    }
    assert_eq!(place.send(Request::get("/v1/health")).await.status, 200);
    place.stop().await;
}
