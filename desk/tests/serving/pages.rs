//! The two faces and what stands around every answer.

use crate::{
    http::Request,
    place::{Place, SHOP},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_has_the_desks_headers() {
    let place = Place::new().await;
    for path in ["/", "/chat/", "/desk/", "/v1/health", "/v1/openapi.json", "/v1/queue", "/assets/none.js", "/none"] {
        let reply = place.send(Request::get(path)).await;
        let check = |name: &str, expected: &str| {
            let value = reply.header(name).unwrap_or_else(|| panic!("{path}: no {name}"));
            assert!(value.contains(expected), "{path} {name}: {value}");
        };
        check("x-content-type-options", "nosniff");
        check("referrer-policy", "no-referrer");
        check("cache-control", "no-");
        check("strict-transport-security", "max-age=31536000");
        check("content-security-policy", "default-src 'none'");
        match path {
            "/chat/" => {
                check("content-security-policy", &format!("frame-ancestors https://desk.example {SHOP}"));
                check("content-security-policy", "connect-src 'self' wss://desk.example");
                assert_eq!(reply.header("x-frame-options"), None);
            }
            _ => {
                check("content-security-policy", "frame-ancestors 'none'");
                check("x-frame-options", "DENY");
            }
        }
        for name in ["server", "x-powered-by", "access-control-allow-origin", "set-cookie"] {
            assert_eq!(reply.header(name), None, "{path}");
        }
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_of_pages() {
    let place = Place::new().await;
    for (path, to) in [("/", "/desk/"), ("/desk", "/desk/"), ("/chat", "/chat/")] {
        let reply = place.send(Request::get(path)).await;
        assert_eq!((reply.status, reply.header("location")), (307, Some(to)));
    }
    for path in ["/chat/", "/desk/"] {
        let reply = place.send(Request::get(path)).await;
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(!reply.text().contains("__ORIGINS__"));
        match reply.status {
            200 => {
                assert_eq!(reply.header("cache-control"), Some("no-cache"));
                files_of(&place, reply.text()).await;
            }
            // Nobody has built the pages here.
            503 => assert!(reply.text().contains("cargo xtask web")),
            other => panic!("{other}"),
        }
    }
    for path in [
        "/assets/",
        "/assets/..%2fchat.html",
        "/assets/x.html",
        "/assets/a/b.js",
        "/assets/%00.js",
        "/assets/%FF.js",
        "/chat/x",
    ] {
        let reply = place.send(Request::get(path)).await;
        assert_eq!((reply.status, reply.problem().as_str()), (404, "not-found"), "{path}");
    }
    place.stop().await;
}

/// Every file that a page names, in all its forms.
async fn files_of(place: &Place, page: &str) {
    let files: Vec<_> = page.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert!(files.len() >= 2, "{page}");
    for file in files {
        for (accepted, sent) in [("", None), ("br;q=0, gzip", Some("gzip")), ("gzip, deflate, br, zstd", Some("br"))] {
            let reply = place.send(Request::get(file).header("accept-encoding", accepted)).await;
            assert_eq!((reply.status, reply.header("content-encoding")), (200, sent), "{file} {accepted}");
            assert_eq!(reply.header("cache-control"), Some("public, max-age=31536000, immutable"));
            assert_eq!(reply.header("vary"), Some("accept-encoding"));
            let expected =
                if file.ends_with(".js") { "text/javascript; charset=utf-8" } else { "text/css; charset=utf-8" };
            assert_eq!(reply.header("content-type"), Some(expected));
        }
    }
}
