//! The program as people start it.

use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use crate::{
    http::Request,
    place::{Place, cookie, handoff_request, sign_in},
};

fn desk(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desk"));
    command.current_dir(folder).env_remove("RUST_LOG").stdin(Stdio::null()).stderr(Stdio::piped());
    for key in ["LISTEN", "PUBLIC_URL", "DATABASE", "ORIGINS", "SECRETS_KEY_FILE"] {
        command.env_remove(format!("PORCHLIGHT_{key}"));
    }
    command
}

struct Running {
    child: Child,
    address: SocketAddr,
    took: Duration,
}

fn serve(folder: &Path) -> Running {
    let start = Instant::now();
    let mut child = desk(folder)
        .args(["serve", "--until-stdin-closes"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("Listening on http://").trim_end_matches('/').parse().unwrap();
    Running { child, address, took: start.elapsed() }
}

fn add(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = desk(folder)
        .args(["agent", "add"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn folder_with(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("desk.toml"), config).unwrap();
    folder
}

const CONFIG: &str = "database = \"sqlite:desk.sqlite\"\nlisten = \"127.0.0.1:0\"\npublic_url = \"https://desk.example\"\n\
    origins = [\"https://www.shop.example:8443\"]\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn agents_are_added_while_the_desk_runs() {
    let folder = folder_with(CONFIG);
    let mut running = serve(folder.path());
    let added = add(folder.path(), &["mina@desk.example", "--name", "Mina", "--role", "lead"], "");
    assert_eq!(added.status.code(), Some(0), "{added:?}");
    let password = String::from_utf8(added.stdout).unwrap();
    assert_eq!(password.trim().len(), 23, "{password}");
    let reply = sign_in("mina@desk.example", password.trim()).send(running.address).await;
    assert_eq!((reply.status, reply.json()["role"].as_str()), (200, Some("lead")));
    assert!(cookie(&reply).starts_with("__Host-porchlight="));

    let added = add(folder.path(), &["lee@desk.example", "--password-stdin"], "a password of his own\r\nmore");
    assert_eq!((added.status.code(), added.stdout.len()), (Some(0), 0), "{added:?}");
    let reply = sign_in("lee@desk.example", "a password of his own").send(running.address).await;
    assert_eq!((reply.status, reply.json()["name"].as_str()), (200, Some("lee")));

    let refused = [
        (vec!["MINA@desk.example"], "", 1, "mina@desk.example"),
        (vec!["nobody"], "", 1, "no e-mail address"),
        (vec!["a@b", "--password-stdin"], "short\n", 1, "at least 8"),
        (vec!["a@b", "--role", "king"], "", 2, "king"),
        (vec!["a@b", "--config", "none.toml"], "", 2, "none.toml"),
        (vec![], "", 2, "EMAIL"),
    ];
    for (arguments, input, code, part) in refused {
        let output = add(folder.path(), &arguments, input);
        let told = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {told}");
        assert!(told.contains(&part.to_lowercase()), "{arguments:?} {told}");
        assert!(output.stdout.is_empty());
    }
    // It ends with whoever started it.
    drop(running.child.stdin.take());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_and_started_again_at_once() {
    let folder = folder_with(CONFIG);
    let mut running = serve(folder.path());
    let first = handoff_request("kill").send(running.address).await;
    assert_eq!(first.status, 201);
    let mut slowest = Duration::ZERO;
    for _ in 0..10 {
        running.child.kill().unwrap();
        running.child.wait().unwrap();
        running = serve(folder.path());
        slowest = slowest.max(running.took);
        let again = handoff_request("kill").send(running.address).await;
        assert_eq!(again.text(), first.text());
    }
    // Far less than this on an idle machine.
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    #[cfg(unix)]
    {
        let id = running.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(running.child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn settings_that_cannot_be_used() {
    let check = |config: &str, expected: &str| {
        let folder = folder_with(config);
        let output = desk(folder.path()).args(["serve"]).stdout(Stdio::piped()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(expected), "{told}");
        assert!(output.stdout.is_empty());
    };
    check("database = \"postgres://db/desk\"", "desk.toml:1:12: `database`: only sqlite is built in so far");
    check("databas = \"sqlite:x\"", "desk.toml:1:1: the key `databas` means nothing here");
    check(
        "database = \"sqlite:x\"\nlisten = \"203.0.113.1:1\"\npublic_url = \"https://d.example\"",
        "choose another address",
    );
    check("database = \"sqlite:x\"\nlisten = \"127.0.0.1:0\"\nsecrets_key_file = \"none\"", "`secrets_key_file`");
    check("database = \"sqlite:desk.toml\"\nlisten = \"127.0.0.1:0\"", "the database cannot be opened");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_tell_nothing_of_people() {
    let folder = folder_with(CONFIG);
    let mut child = desk(folder.path())
        .args(["serve", "--until-stdin-closes"])
        .env("RUST_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = child.stderr.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut log, &mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("Listening on http://").trim_end_matches('/').parse().unwrap();
    let receipt = handoff_request("log").send(address).await.json();
    let token = receipt["token"].as_str().unwrap().to_owned();
    let body = crate::place::message("m", "Geheimnis-Kanarienvogel");
    assert_eq!(Request::post("/v1/messages").bearer(&token).json(&body).send(address).await.status, 201);
    assert_eq!(sign_in("canary@desk.example", "canary-password").send(address).await.status, 401);
    drop(child.stdin.take());
    child.wait().unwrap();
    let log = reading.join().unwrap();
    assert!(log.contains("answered"), "{log}");
    for secret in [token.as_str(), "Kanarienvogel", "canary", "kim@shop.example", "Kim", "cannot sign in"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// The settings of the other tests are those of the program, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_is_made_beside_the_database() {
    let place = Place::new().await;
    let key = place.folder().join("desk.sqlite.key");
    assert_eq!(std::fs::read_to_string(key).unwrap().trim().len(), 64);
    place.stop().await;
}
