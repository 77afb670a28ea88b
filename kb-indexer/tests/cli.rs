//! The program as others run it: exit codes, what goes to which stream, what is written.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kb-indexer"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

/// Exit code, standard output, standard error.
fn check(arguments: &[&str], folder: &Path) -> (i32, String, String) {
    let output = run(arguments, folder);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("ended by itself"), text(output.stdout), text(output.stderr))
}

fn articles(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join("articles").join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    folder
}

const GOOD: (&str, &str) = ("en/reset.md", "# Reset your password\n\nOpen the account page and choose Reset.\n");
const WARNS: (&str, &str) = ("en/links.md", "# Links\n\n[x](none.md)\n");
const FAULTY: (&str, &str) = ("en/faulty.md", "---\norder: first\n---\n# Faulty\n");

#[test]
fn check_tells_all_and_ends_with_the_right_code() {
    let folder = articles(&[GOOD, WARNS, FAULTY]);
    let (code, out, _) = check(&["check", "articles"], folder.path());
    assert_eq!(code, 1);
    insta::assert_snapshot!(out, @r#"
    en/faulty.md:2:8: error[wrong-type]: `order` must be a whole number, here it is text
      help: Write it as in `order: 10`.
    en/links.md:3:1: warning[dead-link]: the link leads nowhere: `none.md`
      help: Check the path; it is seen from the article's own folder, or from the top if it begins with `/`.
    2 articles, 1 error, 1 warning
    "#);
    let (code, out, _) = check(&["check", "articles", "--json"], folder.path());
    assert_eq!(code, 1);
    insta::assert_snapshot!(out, @r#"{"errors":1,"warnings":1,"diagnostics":[{"code":"wrong-type","severity":"error","file":"en/faulty.md","line":2,"column":8,"message":"`order` must be a whole number, here it is text","help":"Write it as in `order: 10`."},{"code":"dead-link","severity":"warning","file":"en/links.md","line":3,"column":1,"message":"the link leads nowhere: `none.md`","help":"Check the path; it is seen from the article's own folder, or from the top if it begins with `/`."}]}"#);

    fs::remove_file(folder.path().join("articles/en/faulty.md")).expect("removed");
    assert_eq!(check(&["check", "articles"], folder.path()).0, 0);
    assert_eq!(check(&["check", "articles", "--strict"], folder.path()).0, 1);
}

#[test]
fn check_knows_what_day_it_is_only_if_told() {
    let folder = articles(&[("a.md", "---\nreview_by: 2026-01-01\n---\n# A\n")]);
    assert!(!check(&["check", "articles"], folder.path()).1.contains("review-due"));
    assert!(check(&["check", "articles", "--today", "2026-01-02"], folder.path()).1.contains("review-due"));
    assert_eq!(check(&["check", "articles", "--today", "tomorrow"], folder.path()).0, 2);
}

#[test]
fn wrong_use_and_unreadable_files_end_with_2() {
    let folder = articles(&[GOOD]);
    for arguments in [
        &["check"][..],
        &["build", "articles"],
        &["build", "articles", "--out", "kb", "--strict", "--lenient"],
        &["check", "nowhere"],
        &["check", "articles", "--config", "none.toml"],
        &["check", "articles/en/reset.md"],
        &["build", "nowhere", "--out", "kb"],
        &["ask", "--kb", "nowhere", "question"],
        &["ask", "--kb", "kb"],
        &["eval", "--kb", "nowhere", "--questions", "none.jsonl"],
        &["frobnicate"],
        &[],
    ] {
        let (code, out, error) = check(arguments, folder.path());
        assert_eq!(code, 2, "{arguments:?}: {out}{error}");
        assert!(out.is_empty() && !error.is_empty(), "{arguments:?}");
    }
    let (_, _, error) = check(&["check", "nowhere"], folder.path());
    insta::assert_snapshot!(error, @"error: cannot read the folder nowhere: No such file or directory (os error 2). Give the folder that holds the articles.");
}

/// All files below a folder with their contents.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                files.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn an_error_publishes_nothing() {
    let folder = articles(&[GOOD]);
    let build = ["build", "articles", "--out", "kb", "--site", "site"];
    let (code, _, error) = check(&build, folder.path());
    assert_eq!(code, 0, "{error}");
    let before = content(&folder.path().join("kb"));
    assert!(folder.path().join("kb/manifest.json").exists());
    assert!(folder.path().join("site/en/reset/index.html").exists());

    fs::write(folder.path().join("articles/en/faulty.md"), FAULTY.1).expect("written");
    let (code, out, error) = check(&build, folder.path());
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(error.contains("en/faulty.md:2:8: error[wrong-type]"), "{error}");
    assert!(error.contains("Nothing was published"), "{error}");
    assert_eq!(content(&folder.path().join("kb")), before);

    let (code, _, error) = check(&[&build[..], &["--lenient"]].concat(), folder.path());
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("en/faulty.md:2:8: error[wrong-type]") && error.contains("left out"), "{error}");
    assert_eq!(content(&folder.path().join("kb")), before);
}

#[test]
fn strict_builds_take_warnings_for_errors() {
    let folder = articles(&[GOOD, WARNS]);
    assert_eq!(check(&["build", "articles", "--out", "kb", "--strict"], folder.path()).0, 1);
    assert!(!folder.path().join("kb").exists());
    assert_eq!(check(&["build", "articles", "--out", "kb"], folder.path()).0, 0);
}

#[test]
fn settings_that_are_wrong_stop_even_a_lenient_build() {
    let folder = articles(&[GOOD, ("kb.toml", "colour = 1\n")]);
    let (code, _, error) = check(&["build", "articles", "--out", "kb", "--lenient"], folder.path());
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("kb.toml:1:1: error[unknown-config-key]"), "{error}");
}

#[test]
fn agents_articles_never_enter_the_public_bundle() {
    let secret = "Xylophonequartz";
    let folder =
        articles(&[GOOD, ("en/backroom.md", &format!("---\nvisibility: agents\n---\n# Backroom\n\n{secret}\n"))]);
    let build = ["build", "articles", "--out", "kb", "--site", "site", "--agents-out", "agents"];
    let (code, _, error) = check(&build, folder.path());
    assert_eq!(code, 0, "{error}");
    let holds = |name: &str| {
        content(&folder.path().join(name)).iter().any(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            ["backroom", "Backroom", secret, "xylophonequartz"]
                .iter()
                .any(|word| path.contains(word) || text.contains(word))
        })
    };
    assert!(!holds("kb") && !holds("site"));
    assert!(holds("agents"));

    for public in ["kb", "kb/agents", "site/../kb/x", "site/agents"] {
        let build = ["build", "articles", "--out", "kb", "--site", "site", "--agents-out", public];
        let (code, _, error) = check(&build, folder.path());
        assert_eq!(code, 2, "{error}");
        assert!(error.contains("which is public"), "{error}");
    }
    assert!(!holds("kb") && !holds("site"));
}

#[test]
fn builds_of_the_same_articles_are_equal() {
    let one = articles(&[GOOD, WARNS]);
    let other = articles(&[WARNS, GOOD]);
    for folder in [&one, &other] {
        assert_eq!(check(&["build", "articles", "--out", "kb", "--site", "site"], folder.path()).0, 0);
    }
    for name in ["kb", "site"] {
        assert_eq!(content(&one.path().join(name)), content(&other.path().join(name)));
    }
}

#[test]
fn a_hit_tells_which_version_of_its_article_it_is() {
    let version = |files: &[(&str, &str)]| {
        let folder = articles(files);
        assert_eq!(check(&["build", "articles", "--out", "kb"], folder.path()).0, 0);
        let (code, answer, _) = check(&["ask", "--kb", "kb", "--json", "reset password"], folder.path());
        assert_eq!(code, 0);
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        let hit = &answer["hits"][0];
        assert_eq!(hit["article"], "en/reset");
        hit["version"].as_str().expect("a version").to_owned()
    };
    let first = version(&[GOOD]);
    assert!(first.len() == 8 && first.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{first}");
    assert_eq!(version(&[GOOD, WARNS]), first, "other articles have no part in it");
    assert_ne!(version(&[(GOOD.0, "# Reset your password\n\nCall us.\n")]), first);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;
    let files: Vec<(String, String)> =
        (0..2000).map(|i| (format!("a{i}.md"), format!("# A{i}\n\n[x](none-{i}.md)\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = articles(&files);
    let mut child = Command::new(env!("CARGO_BIN_EXE_kb-indexer"))
        .args(["check", "articles"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn help() {
    let folder = articles(&[]);
    fs::create_dir_all(folder.path()).expect("a folder");
    let help = |arguments: &[&str]| {
        let (code, out, _) = check(arguments, folder.path());
        assert_eq!(code, 0);
        out.replace("kb-indexer.exe", "kb-indexer")
    };
    insta::assert_snapshot!(help(&["--help"]), @r#"
    Compiles help articles to static files that a visitor's browser searches, and checks them on the way

    Usage: kb-indexer <COMMAND>

    Commands:
      build  Compile articles into a bundle of static files
      check  Tell all that is wrong with articles
      ask    Find the articles that answer a question
      eval   Measure answers against questions whose article is known
      serve  Show help centre and bubble while you write
      help   Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Exit codes: 0 fine (warnings allowed), 1 errors in the articles or a quality floor that was missed,
    2 wrong use or a file that cannot be read or written.
    "#);
    insta::assert_snapshot!(help(&["build", "--help"]), @r#"
    Compile articles into a bundle of static files

    Usage: kb-indexer build [OPTIONS] --out <DIR> <ARTICLES>

    Arguments:
      <ARTICLES>  Folder that holds the articles

    Options:
          --out <DIR>         Folder for the bundle
          --config <kb.toml>  Settings [default: kb.toml beside the articles, where it exists]
          --strict            Warnings are errors
          --lenient           Leave out articles with errors and publish the rest
          --site <DIR>        Also write a static help centre: one readable page an article
          --agents-out <DIR>  Folder for the bundle of agents' articles, which never enter --out
          --encoder <DIR>     Make the vectors of English texts with a sentence encoder: a folder that
                              holds model.onnx and tokenizer.json of all-MiniLM-L6-v2. They find more
                              where there are no sample questions; the first build takes some minutes
          --index <FORM>      How browsers get the index: `whole`, so that no request tells what was
                              asked; in `blocks` that a question fetches when it needs them, which is
                              faster where there is much; or `by-size` [default: by-size]
          --without-samples   Leave out all sample questions, to see how answers are without them
          --prune             Remove files of former builds
      -h, --help              Print help

    Nothing is published while an article has an error: the old bundle stays as it is.
    "#);
    insta::assert_snapshot!(help(&["check", "--help"]), @r#"
    Tell all that is wrong with articles

    Usage: kb-indexer check [OPTIONS] <ARTICLES>

    Arguments:
      <ARTICLES>  Folder that holds the articles

    Options:
          --config <kb.toml>  Settings [default: kb.toml beside the articles, where it exists]
          --strict            Warnings are errors
          --json              Write one JSON object
          --today <DATE>      Tell which articles are past their review_by on this day (YYYY-MM-DD)
      -h, --help              Print help
    "#);
    insta::assert_snapshot!(help(&["ask", "--help"]), @r#"
    Find the articles that answer a question

    Usage: kb-indexer ask [OPTIONS] --kb <DIR> [QUESTION]

    Arguments:
      [QUESTION]  What a visitor would ask

    Options:
          --kb <DIR>            Folder of the bundle
          --lang <TAG>          Language to answer in (BCP 47); otherwise the question's script decides
          --limit <N>           At most this many hits [default: 10]
          --json                Write JSON, one object a line
          --explain             Tell how each hit came to its confidence
          --without-words       Answer as a browser does before it has loaded the word vectors
          --batch <FILE.jsonl>  Read questions from this file: {"id","question","lang"?} a line; answers
                                come one a line, in the same order
      -h, --help                Print help
    "#);
    insta::assert_snapshot!(help(&["eval", "--help"]), @r#"
    Measure answers against questions whose article is known

    Usage: kb-indexer eval [OPTIONS] --kb <DIR> --questions <FILE.jsonl>

    Options:
          --kb <DIR>                Folder of the bundle
          --questions <FILE.jsonl>  Questions: {"id","question","lang"?,"article": slug | [slugs] |
                                    null} a line; null = no article answers it
          --without-words           Answer as a browser does before it has loaded the word vectors
          --json                    Write one JSON object
          --details                 Also write what came of each question, for --baseline
          --articles                Also tell of each article how often it was found, and what was found
                                    in its place
          --baseline <FILE>         Tell what was gained and lost since this file, which `eval --json
                                    --details` wrote
      -h, --help                    Print help
    "#);
    insta::assert_snapshot!(help(&["serve", "--help"]), @r#"
    Show help centre and bubble while you write

    Usage: kb-indexer serve [OPTIONS] <ARTICLES>

    Arguments:
      <ARTICLES>  Folder that holds the articles

    Options:
          --port <N>          The port on 127.0.0.1; 0 takes any free one [default: 8090]
          --config <kb.toml>  Settings [default: kb.toml beside the articles, where it exists]
          --widget <DIR>      Folder of the widget's files [default: www/dist, where it exists]
      -h, --help              Print help

    Pages reload by themselves when an article changes. Only this machine can see them.
    "#);
}

#[test]
fn eval_tells_of_articles_and_of_what_changed() {
    let folder = articles(&[
        GOOD,
        ("en/card.md", "# Change your card\n\nOpen Billing and choose Card.\n"),
        ("en/invoice.md", "# Invoices\n\nAll are listed.\n"),
    ]);
    let questions = "{\"id\":\"r\",\"question\":\"reset password\",\"article\":\"en/reset\"}\n\
        {\"id\":2,\"question\":\"plastic expired\",\"article\":[\"en/card\",\"en/invoice\"]}\n\
        {\"question\":\"open billing\",\"article\":\"en/invoice\"}\n\
        {\"id\":\"n\",\"question\":\"zzz\",\"article\":null}\n";
    fs::write(folder.path().join("q.jsonl"), questions).expect("written");
    let eval = |more: &[&str]| {
        assert_eq!(check(&["build", "articles", "--out", "kb"], folder.path()).0, 0);
        let (code, out, error) =
            check(&[&["eval", "--kb", "kb", "--questions", "q.jsonl"], more].concat(), folder.path());
        assert_eq!(code, 0, "{error}");
        out
    };
    let first = eval(&["--json", "--details"]);
    fs::write(folder.path().join("before.json"), &first).expect("written");
    let first: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    // The words stand in another article; the right one is only near in meaning.
    assert_eq!(first["questions"][2]["rank"], 2);
    assert_eq!(first["questions"][2]["first"], "en/card");
    assert_eq!(first["questions"][0]["rank"], 1);
    assert_eq!(first["questions"][0]["id"], "r");

    let out = eval(&["--articles"]);
    insta::assert_snapshot!(out.split("}\n").last().expect("a table"), @r#"
    article     asked  first  in three  most often instead
    en/card         1      0         0  en/reset (1)
    en/invoice      1      0         1  en/card (1)
    en/reset        1      1         1
    "#);

    fs::write(folder.path().join("articles/en/card.md"), "# Plastic\n\nWhen it has expired.\n").expect("written");
    fs::write(folder.path().join("articles/en/reset.md"), "# Nothing\n").expect("written");
    let out = eval(&["--baseline", "before.json"]);
    let changes = out.split("}\n").last().expect("changes").split("\nfigure").next().expect("a list").to_owned();
    let without_confidence = |line: &str| {
        line.split(' ')
            .map(|word| if word.parse::<f64>().is_ok() && word.contains('.') { "…" } else { word })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let changes: Vec<String> = changes.lines().map(without_confidence).collect();
    insta::assert_snapshot!(changes.join("\n"), @r#"
    Gained: 2
    + plastic expired
        not found, en/reset first, choice … -> place 1, en/card first, answer …
    + open billing
        place 2, en/card first, choice … -> place 1, en/invoice first, choice …

    Lost: 1
    - reset password
        place 1, en/reset first, answer … -> not found, nothing first, hand-off …
    "#);
    assert!(out.contains("recall_at_1"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&eval(&["--baseline", "before.json", "--json"])).expect("JSON");
    assert_eq!(json["comparison"]["gained"][0]["id"], 2);
    assert_eq!(json["comparison"]["lost"][0]["before"]["rank"], 1);

    fs::write(folder.path().join("before.json"), "{}").expect("written");
    let (code, _, error) =
        check(&["eval", "--kb", "kb", "--questions", "q.jsonl", "--baseline", "before.json"], folder.path());
    assert_eq!(code, 2);
    assert!(error.contains("before.json is no baseline"), "{error}");
    assert_eq!(check(&["eval", "--kb", "kb", "--questions", "q.jsonl", "--details"], folder.path()).0, 2);
}

#[test]
fn golden_questions_are_a_floor() {
    let folder = articles(&[
        GOOD,
        ("kb.toml", "[golden]\nrecall_at_1 = 1.0\n"),
        ("golden.jsonl", "{\"question\":\"reset my password\",\"article\":\"en/reset\"}\n"),
    ]);
    let build = ["build", "articles", "--out", "kb", "--lenient"];
    let codes = || (check(&build, folder.path()), check(&["check", "articles", "--json"], folder.path()));
    let (built, checked) = codes();
    assert_eq!((built.0, checked.0), (0, 0), "{} {}", built.2, checked.1);
    assert!(built.2.contains("golden.jsonl: 1 question that an article answers, 1 find it first."), "{}", built.2);
    let before = content(&folder.path().join("kb"));

    fs::write(folder.path().join("articles/en/reset.md"), "# Forgotten\n\nCall us.\n").expect("written");
    fs::write(folder.path().join("articles/en/other.md"), "# Reset my password\n").expect("written");
    let (built, checked) = codes();
    assert_eq!((built.0, checked.0), (1, 1));
    assert!(
        built.2.contains("kb.toml:2:1: error[golden-floor]") && built.2.contains("Nothing was published"),
        "{}",
        built.2
    );
    assert!(checked.1.contains("\"code\":\"golden-floor\""), "{}", checked.1);
    assert_eq!(content(&folder.path().join("kb")), before);

    fs::write(folder.path().join("articles/golden.jsonl"), "{\"question\":1}\n").expect("written");
    let (code, _, error) = check(&["build", "articles", "--out", "kb"], folder.path());
    assert_eq!(code, 1);
    assert!(error.contains("golden.jsonl:1:13: error[broken-question]"), "{error}");
}

#[test]
fn another_language_is_named() {
    let folder = articles(&[GOOD, ("ko/refund.md", "# 환불 받기\n\n사흘 안에 돼요.\n")]);
    assert_eq!(check(&["build", "articles", "--out", "kb"], folder.path()).0, 0);
    let ask = |more: &[&str]| check(&[&["ask", "--kb", "kb", "--lang", "ko"], more].concat(), folder.path()).1;
    let answer = ask(&["reset your password"]);
    assert!(answer.contains("\nThis is only available in `en`.\n"), "{answer}");
    let answer = ask(&["--json", "reset your password"]);
    assert!(answer.contains("\"only_in\":\"en\""), "{answer}");
    let answer = ask(&["--json", "환불 받기"]);
    assert!(!answer.contains("only_in"), "{answer}");
}

#[test]
fn headings_that_ask_are_sample_questions() {
    let folder = articles(&[
        ("en/pay.md", "# Payments\n\nText.\n\n## Why was my card declined?\n\nAsk your bank.\n"),
        ("en/bank.md", "# Card and bank\n\nA card was declined, so the bank was asked about my card.\n"),
    ]);
    assert_eq!(check(&["build", "articles", "--out", "kb"], folder.path()).0, 0);
    let (_, answer, _) = check(&["ask", "--kb", "kb", "--json", "why was my card declined"], folder.path());
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer["hits"][0]["article"], "en/pay");
    assert_eq!(answer["hits"][0]["section"], "why-was-my-card-declined");
}

/// Which article comes first is the engine's matter and measured elsewhere; all else must be as we tell others.
#[test]
fn our_own_articles_are_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let (_, report, error) = check(&["check", "articles", "--json"], root);
    let report: serde_json::Value = serde_json::from_str(&report).expect(&error);
    let told = report["diagnostics"].as_array().expect("a list").iter();
    let of_the_engine = ["competing-articles", "unreached-article", "golden-floor"].map(serde_json::Value::from);
    let others: Vec<_> = told.filter(|one| !of_the_engine.contains(&one["code"])).collect();
    assert_eq!(others, Vec::<&serde_json::Value>::new());
}
