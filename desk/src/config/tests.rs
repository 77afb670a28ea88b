use super::*;

fn parse(text: &str, env: &[(&str, &str)]) -> Result<Settings, String> {
    let env = |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
    Settings::parse(Some(text.as_bytes()), "desk.toml", Path::new("/etc/desk"), env).map_err(|error| error.to_string())
}

#[test]
fn the_example_names_every_key() {
    let example = include_str!("../../desk.example.toml");
    let settings = parse(example, &[]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8081");
    // What is commented out is right as well.
    let all = example.lines().map(|line| line.strip_prefix("#").unwrap_or(line).to_owned() + "\n");
    let all: String = all.filter(|line| !line.starts_with(' ')).collect();
    let settings = parse(&all, &[]).unwrap();
    assert!(settings.public_url.is_some() && settings.metrics_listen.is_some() && settings.agents_kb.is_some());
    assert!(settings.secrets_key_file.is_some() && !settings.origins.is_empty());
    assert!(!settings.trusted_proxies.is_empty());
}

#[test]
fn little_is_enough() {
    let settings = parse("database = \"sqlite:desk.sqlite\"", &[]).unwrap();
    assert_eq!(settings.listen, SocketAddr::from(([127, 0, 0, 1], 8081)));
    assert_eq!(settings.public_url, None);
    assert_eq!(settings.database, Database::Sqlite("/etc/desk/desk.sqlite".into()));
    assert_eq!(settings.database.url(), "sqlite:/etc/desk/desk.sqlite");
    assert_eq!(settings.database.key_file(), Path::new("/etc/desk/desk.sqlite.key"));
}

#[test]
fn databases() {
    let check = |value: &str, path: &str| {
        let settings = parse(&format!("database = \"{value}\""), &[]).unwrap();
        assert_eq!(settings.database, Database::Sqlite(path.into()), "{value}");
    };
    check("sqlite:/var/desk.sqlite", "/var/desk.sqlite");
    check("sqlite:///var/desk.sqlite", "/var/desk.sqlite");
    check("sqlite://a/desk.sqlite", "/etc/desk/a/desk.sqlite");
    assert_eq!(Database::Sqlite("/a b/100%?.sqlite".into()).url(), "sqlite:/a b/100%25%3F.sqlite");
}

#[test]
fn the_environment_wins() {
    let settings = parse(
        "database = \"sqlite:a\"\norigins = [\"https://a.example\"]\nlisten = \"127.0.0.1:1\"",
        &[
            ("PORCHLIGHT_LISTEN", "127.0.0.1:2"),
            ("PORCHLIGHT_ORIGINS", "https://b.example, https://c.example,"),
            ("PORCHLIGHT_DATABASE", "sqlite:b"),
            ("PORCHLIGHT_TRUSTED_PROXIES", "10.0.0.0/8"),
            ("PORCHLIGHT_PUBLIC_URL", "https://desk.example/"),
            ("PORCHLIGHT_METRICS_LISTEN", "127.0.0.1:3"),
            ("PORCHLIGHT_SECRETS_KEY_FILE", "/k"),
            ("PORCHLIGHT_AGENTS_KB", "https://kb.example/"),
        ],
    )
    .unwrap();
    assert_eq!(settings.listen.port(), 2);
    assert_eq!(
        settings.origins.iter().map(Origin::as_str).collect::<Vec<_>>(),
        ["https://b.example", "https://c.example"]
    );
    // Relative to where the program was started, not to the file.
    assert_eq!(settings.database, Database::Sqlite("b".into()));
    assert_eq!(settings.trusted_proxies.len(), 1);
    assert_eq!(settings.public_url.as_ref().map(Origin::as_str), Some("https://desk.example"));
    assert_eq!(settings.metrics_listen.map(|address| address.port()), Some(3));
    assert_eq!(settings.secrets_key_file.as_deref(), Some(Path::new("/k")));
    assert_eq!(settings.agents_kb.as_deref(), Some("https://kb.example/"));
}

#[test]
fn the_environment_alone_is_enough() {
    let env = |name: &str| (name == "PORCHLIGHT_DATABASE").then(|| OsString::from("sqlite:/var/desk.sqlite"));
    let settings = Settings::parse(None, "desk.toml", Path::new("/"), env).unwrap();
    assert_eq!(settings.database, Database::Sqlite("/var/desk.sqlite".into()));
}

#[test]
fn complaints() {
    let check = |text: &str, expected: &[&str]| {
        let error = parse(text, &[]).unwrap_err();
        let lines: Vec<_> = error.lines().collect();
        assert_eq!(lines.len(), expected.len(), "{error}");
        for (line, start) in lines.iter().zip(expected) {
            assert!(line.starts_with(start), "{line:?} instead of {start:?}");
        }
    };
    check("", &["desk.toml: `database` is missing: write"]);
    check(
        "database = \"postgres://db/desk\"",
        &["desk.toml:1:12: `database`: only sqlite is built in so far: write a file"],
    );
    check("database = \"mysql:x\"", &["desk.toml:1:12: `database`: `mysql:x` is no database of a known kind"]);
    check("database = \"desk.sqlite\"", &["desk.toml:1:12: `database`: `desk.sqlite` is no database"]);
    check("database = \"sqlite:\"", &["desk.toml:1:12: `database`: the file is missing"]);
    check("database = \"sqlite::memory:\"", &["desk.toml:1:12: `database`: `sqlite::memory:` is more than a file"]);
    check("database = \"sqlite:a?mode=ro\"", &["desk.toml:1:12: `database`: `sqlite:a?mode=ro` is more than a file"]);
    check(
        "database = 7",
        &["desk.toml:1:12: `database` must be a text: write it as in `database = \"sqlite:desk.sqlite\"`"],
    );
    check(
        "# 한\ndatabase = \"sqlite:a\"\n  origin = []",
        &["desk.toml:3:3: the key `origin` means nothing here: known"],
    );
    check("database = \"sqlite:a\"\n[origins]\nx = 1", &["desk.toml:2:1: `origins` must be a list of texts"]);
    check(
        "database = \"sqlite:a\"\norigins = [\"https://a.example\", 1, \"https://A.example\", \"*\"]",
        &[
            "desk.toml:2:33: `origins` must be a list of texts",
            "desk.toml:2:36: `origins`: `https://A.example` is not an origin as browsers write it: write \"https://a.example\"",
            "desk.toml:2:57: `origins`: `*` would let every site in",
        ],
    );
    check(
        "database = \"sqlite:a\"\nlisten = \"8081\"",
        &["desk.toml:2:10: `listen`: `8081` is not an address with a port"],
    );
    check(
        "database = \"sqlite:a\"\nlisten = \"0.0.0.0:8081\"",
        &["desk.toml: `public_url` is missing: the desk listens on more than this machine"],
    );
    check(
        "database = \"sqlite:a\"\nlisten = \"0.0.0.0:8081\"\npublic_url = \"https://desk.example/desk\"",
        &["desk.toml:3:14: `public_url`: `https://desk.example/desk` is not an origin as browsers write it"],
    );
    check(
        "database = \"sqlite:a\"\ntrusted_proxies = [\"proxy\"]",
        &["desk.toml:2:20: `trusted_proxies`: `proxy` is no"],
    );
    check("database = \"sqlite:a\"\nsecrets_key_file = \"\"", &["desk.toml:2:20: `secrets_key_file`: the file's name"]);
    check("database = sqlite", &["desk.toml:1:12: not valid TOML"]);
    check("database = \"sqlite:a\"\ndatabase = \"sqlite:b\"", &["desk.toml:2:1: not valid TOML (duplicate key"]);
}

#[test]
fn other_encodings_are_told() {
    let error = Settings::parse(Some(b"\xff\xfe"), "desk.toml", Path::new("/"), |_| None).unwrap_err().to_string();
    assert!(error.starts_with("desk.toml: is not UTF-8"), "{error}");
}

#[test]
fn files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.toml");
    std::fs::write(&path, "database = \"sqlite:desk.sqlite\"").unwrap();
    let settings = Settings::load(Some(&path), |_| None).unwrap();
    assert_eq!(settings.database, Database::Sqlite(folder.path().join("desk.sqlite")));
    let error = Settings::load(Some(&folder.path().join("none.toml")), |_| None).unwrap_err().to_string();
    assert!(error.contains("none.toml") && error.contains("check `--config`"), "{error}");
}
