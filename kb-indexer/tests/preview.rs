//! The writers' preview as a browser meets it: pages, the bundle, news of changes.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

/// Longer than any build here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A preview that ends with the test.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn start(folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kb-indexer"))
            .args(["serve", "articles", "--port", "0"])
            .args(more)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let port = line.split(['/', ' ']).find_map(|part| part.strip_prefix("127.0.0.1:")).expect("an address");
        Self { port: port.parse().expect("a port"), child }
    }

    fn request(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").expect("sent");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.request(path, "localhost").read_to_end(&mut bytes).expect("a response");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn events(&self) -> Events {
        Events(BufReader::new(self.request("/_preview/events", "localhost")))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// What the next event says.
    fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("an event in time") > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
    }

    /// The next one that is as wanted: a change may be seen in two steps.
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next();
            if wanted(&event) {
                return event;
            }
        }
    }
}

fn articles(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, text).expect("a file");
}

#[track_caller]
fn check(response: &str, parts: &[&str]) {
    for part in parts {
        assert!(response.contains(part), "no {part:?} in {response}");
    }
}

#[test]
fn a_change_is_seen_and_an_error_keeps_the_last_good_build() {
    let folder = articles(&[
        ("articles/en/reset.md", "# Reset\n\nThe first wording.\n"),
        ("articles/ko/비밀번호.md", "# 비밀번호\n"),
        ("articles/kb.toml", "site_url = \"https://example.com/help/\"\ndesk = \"https://desk.example\"\n"),
    ]);
    let preview = Preview::start(folder.path(), &[]);
    let mut events = preview.events();
    let first = events.next();
    let build = first["build"].as_str().expect("an id").to_owned();
    assert_eq!(first["errors"], serde_json::json!([]));
    let page = preview.get("/en/reset/");
    check(&page, &["200 OK", "text/html", "no-store", "The first wording.", &format!("client.js?build={build}\"")]);
    assert!(!page.contains("loader.js"), "there is no widget");
    check(&preview.get("/en/reset"), &["307", "location: /en/reset/"]);
    check(&preview.get("/ko/%EB%B9%84%EB%B0%80%EB%B2%88%ED%98%B8/"), &["200 OK", "비밀번호"]);
    check(&preview.get("/"), &["200 OK", "href=\"en/reset/\""]);
    check(&preview.get("/kb/manifest.json"), &["200 OK", "application/json", "\"format\":1"]);
    check(&preview.get("/_preview/client.js"), &["text/javascript", "EventSource"]);
    check(&preview.get("/en/none/"), &["404", "client.js?build="]);

    write(folder.path(), "articles/en/reset.md", "# Reset\n\nThe second wording.\n");
    let second = events.until(|event| event["build"] != first["build"] && event["errors"] == first["errors"]);
    check(&preview.get("/en/reset/"), &["The second wording."]);

    write(folder.path(), "articles/en/reset.md", "---\norder: first\n---\n# Reset\n\nThe third wording.\n");
    let third = events.until(|event| event["errors"] != first["errors"]);
    assert_eq!(third["errors"][0]["file"], "en/reset.md");
    assert_eq!(third["errors"][0]["line"], 2);
    let page = preview.get("/en/reset/");
    check(&page, &["The second wording."]);
    assert_eq!(third["build"], second["build"]);

    write(folder.path(), "articles/en/new/more.md", "# More\n");
    write(folder.path(), "articles/en/reset.md", "# Reset\n\nThe fourth wording.\n");
    events.until(|event| event["build"] != second["build"] && event["errors"] == first["errors"]);
    check(&preview.get("/en/reset/"), &["The fourth wording."]);
    check(&preview.get("/en/new/more/"), &["200 OK"]);
}

#[test]
fn the_bubble_is_there_where_its_files_are() {
    let folder = articles(&[
        ("articles/a.md", "# A\n"),
        ("articles/broken.md", "---\norder: x\n---\n"),
        ("widget/loader.js", "// loader"),
        ("secret.txt", "secret"),
    ]);
    let preview = Preview::start(folder.path(), &["--widget", "widget"]);
    check(&preview.get("/a/"), &["src=\"/porchlight/loader.js\" data-kb=\"/kb/\""]);
    check(&preview.get("/porchlight/loader.js"), &["200 OK", "text/javascript", "// loader"]);
    assert!(!preview.get("/porchlight/..%2fsecret.txt").contains("secret\n"));
    // The first build leaves out what has errors: there is no older one to show.
    let first = preview.events().next();
    assert_eq!(first["errors"][0]["file"], "broken.md");

    let mut response = String::new();
    preview.request("/a/", "evil.example").read_to_string(&mut response).expect("a response");
    check(&response, &["403"]);
}

#[test]
fn what_cannot_be_shown_is_said() {
    let folder = articles(&[("articles/a.md", "# A\n")]);
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kb-indexer"))
            .arg("serve")
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, error) = run(&["nowhere", "--port", "0"]);
    assert_eq!(code, Some(2), "{error}");
    check(&error, &["cargo xtask web", "nowhere"]);
    let (code, error) = run(&["articles", "--widget", "articles"]);
    assert_eq!(code, Some(2), "{error}");
    check(&error, &["holds no loader.js"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let (code, error) = run(&["articles", "--port", &taken.local_addr().expect("an address").port().to_string()]);
    assert_eq!(code, Some(2), "{error}");
    check(&error, &["choose another with --port"]);
}
