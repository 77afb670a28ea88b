//! Publishing: the same bytes every time, never half a bundle, and every fault of an article told with its place.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use system_tests::{
    kb::{self, Answer, Report, indexer, tree},
    programs,
};
use tempfile::TempDir;

type Files = BTreeMap<String, Vec<u8>>;

/// Articles that are hard to keep in order: names, marks, languages, pictures, articles that are not for everybody.
fn tricky() -> Files {
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0".to_vec();
    let same = "---\ntitle: The same title\nquestions: [\"is this the same?\"]\n---\nThe very same words.\n";
    let mut files = Files::new();
    for (path, text) in [
        (
            "kb.toml",
            "name = \"Tricky\"\nlanguages = [\"en\", \"ko\", \"ja\"]\nsite_url = \"/help/\"\n\n[suggestions]\n\"/b\" = [\"b?\"]\n\"/a\" = [\"a?\"]\n",
        ),
        ("en/a.md", same),
        ("en/b.md", same),
        (
            "en/B2.md",
            "\u{FEFF}---\r\ntitle: Windows\r\nkeywords: [crlf]\r\n---\r\n\r\n# Heading\r\n\r\nLines end\r\nin two marks.\r\n",
        ),
        ("en/deep/empty.md", ""),
        ("en/deep/only-front-matter.md", "---\ntitle: Nothing below\n---\n"),
        (
            "en/deep/toml.md",
            "+++\ntitle = \"TOML\"\nredirect_from = [\"en/old\", \"en/older\"]\n+++\nText[^1] with a note and ![a picture](../shared/dot.png).\n\n[^1]: The note.\n",
        ),
        (
            "en/same-headings.md",
            "# Same\n\n## Same\n\none\n\n## Same\n\ntwo\n\n## Same\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] not\n",
        ),
        (
            "en/emoji 🎉 and space.md",
            "# Emoji 🎉\n\nRTL \u{202E}text\u{202C}, ﬁ ligature, ＦＵＬＬ width, e\u{301} decomposed.\n",
        ),
        ("en/agents.md", "---\ntitle: For agents\nvisibility: agents\n---\nSecret steps.\n"),
        ("en/draft.md", "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n"),
        (
            "ko/가이드.md",
            "---\ntitle: 안내\nquestions:\n  - 어떻게 하나요\n---\n비밀번호를 다시 정해요. ![그림](../shared/again.png)\n",
        ),
        // As macOS writes the name 한글.
        ("ko/\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}.md", "# 한글\n\n자모로 쓴 이름이에요.\n"),
        ("ja/ログイン.md", "# ログイン\n\nパスワードを忘れた場合。\n"),
    ] {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    for path in ["shared/dot.png", "shared/again.png"] {
        files.insert(path.to_owned(), picture.clone());
    }
    files
}

/// Writes files in this order of their names' places.
fn write(root: &Path, files: &Files, backwards: bool) -> anyhow::Result<()> {
    let mut all: Vec<(&String, &Vec<u8>)> = files.iter().collect();
    // An order that is neither the alphabet's nor its reverse.
    all.sort_by_key(|(path, _)| path.bytes().rev().collect::<Vec<u8>>());
    if backwards {
        all.reverse();
    }
    for (path, bytes) in all {
        let path = root.join(path);
        fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// One way to run a build; everything about it may differ but the articles.
struct Way {
    name: &'static str,
    folder: &'static str,
    before: &'static [&'static str],
    umask: &'static str,
    zone: &'static str,
    backwards: bool,
    elsewhere: bool,
}

const WAYS: [Way; 4] = [
    Way {
        name: "plain",
        folder: "articles",
        before: &[],
        umask: "022",
        zone: "UTC",
        backwards: false,
        elsewhere: false,
    },
    Way {
        name: "other folder",
        folder: "x/y z/문서",
        before: &[],
        umask: "077",
        zone: "Asia/Seoul",
        backwards: true,
        elsewhere: true,
    },
    Way {
        name: "one processor",
        folder: "one",
        before: &["taskset", "-c", "0"],
        umask: "002",
        zone: "America/St_Johns",
        backwards: true,
        elsewhere: false,
    },
    Way {
        name: "two processors",
        folder: "two",
        before: &["taskset", "-c", "0,1"],
        umask: "027",
        zone: "Pacific/Chatham",
        backwards: false,
        elsewhere: true,
    },
];

/// The three trees that a build writes: bundle, pages, agents' bundle.
fn build_so(way: &Way, files: &Files) -> anyhow::Result<Option<[Files; 3]>> {
    let folder = tempfile::tempdir()?;
    let articles = folder.path().join(way.folder);
    write(&articles, files, way.backwards)?;
    let mut words: Vec<String> = way.before.iter().map(|&word| word.to_owned()).collect();
    if !words.is_empty() && Command::new(&words[0]).args(&words[1..]).arg("true").status().is_ok_and(|s| s.success()) {
        // It can be had here.
    } else if !words.is_empty() {
        return Ok(None);
    }
    words.push(programs::indexer()?.to_string_lossy().into_owned());
    let out = ["kb", "help", "agents"].map(|name| folder.path().join("out").join(name));
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("umask {} && exec \"$@\"", way.umask)).arg("sh").args(&words);
    let argument = if way.elsewhere { PathBuf::from(way.folder) } else { articles };
    command.arg("build").arg(argument);
    command.arg("--out").arg(&out[0]).arg("--site").arg(&out[1]).arg("--agents-out").arg(&out[2]);
    command.current_dir(if way.elsewhere { folder.path() } else { Path::new("/") });
    command.env("TZ", way.zone).env("LC_ALL", if way.elsewhere { "C" } else { "C.UTF-8" });
    kb::success(&mut command)?;
    let trees: Vec<Files> =
        out.iter().map(|out| if out.exists() { tree(out) } else { Ok(Files::new()) }).collect::<Result<_, _>>()?;
    Ok(trees.try_into().ok())
}

fn check_same(files: &Files) -> anyhow::Result<()> {
    let mut first: Option<[Files; 3]> = None;
    for way in &WAYS {
        let Some(trees) = build_so(way, files).with_context(|| way.name)? else { continue };
        ensure!(trees[0].contains_key("manifest.json"), "{}: there is no manifest", way.name);
        let first = first.get_or_insert_with(|| trees.clone());
        for (one, other) in first.iter().zip(&trees) {
            let names = |tree: &Files| tree.keys().cloned().collect::<Vec<_>>();
            ensure!(names(one) == names(other), "{}: other files: {:?} and {:?}", way.name, names(one), names(other));
            for (path, bytes) in one {
                ensure!(other.get(path) == Some(bytes), "{}: {path} has other bytes", way.name);
            }
        }
    }
    Ok(())
}

#[test]
fn same_articles_same_bytes() -> anyhow::Result<()> {
    check_same(&tree(&programs::articles()?)?)
}

#[test]
fn same_tricky_articles_same_bytes() -> anyhow::Result<()> {
    check_same(&tricky())
}

#[test]
fn agents_articles_and_drafts_stay_out() -> anyhow::Result<()> {
    let [public, pages, agents] = build_so(&WAYS[0], &tricky())?.context("no build")?;
    let holds = |tree: &Files, words: &str| tree.values().any(|bytes| String::from_utf8_lossy(bytes).contains(words));
    for tree in [&public, &pages] {
        for words in ["Secret steps", "For agents", "Not yet", "Draft"] {
            assert!(!holds(tree, words), "{words} was published");
        }
    }
    assert!(holds(&agents, "Secret steps"));
    assert!(!holds(&agents, "Not yet"));
    Ok(())
}

/// Two sets of articles with the same slugs and questions, whose every answer tells which set it is from.
struct Sets {
    folder: TempDir,
    clean: [Files; 2],
}

const MARKS: [&str; 2] = ["lantern", "moth"];
const QUESTION: &str = "where does the porch light hang";

impl Sets {
    fn new() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut clean = [Files::new(), Files::new()];
        for (at, mark) in MARKS.into_iter().enumerate() {
            let mut files = Files::new();
            for number in 0..40 {
                let text = format!(
                    "---\ntitle: Porch {number}\n---\nPart {number} of the {mark}.\n\n## Details\n\nMore of the {mark}, number {number}.\n"
                );
                files.insert(format!("part-{number:02}.md"), text.into_bytes());
            }
            let porch = format!(
                "---\ntitle: The porch light\nquestions: [\"{QUESTION}\"]\n---\nThe porch light hangs by the {mark}.\n"
            );
            files.insert("porch.md".into(), porch.into_bytes());
            let articles = folder.path().join(mark);
            write(&articles, &files, false)?;
            let out = folder.path().join(format!("clean-{mark}"));
            kb::build(&articles, &out, None)?;
            clean[at] = tree(&out)?;
        }
        Ok(Self { folder, clean })
    }

    fn articles(&self, at: usize) -> PathBuf {
        self.folder.path().join(MARKS[at])
    }

    /// Which set the bundle in `out` is, if it is one of them whole.
    fn whole(&self, out: &Path) -> anyhow::Result<usize> {
        let there = tree(out)?;
        let manifest = there.get("manifest.json").context("there is no manifest")?;
        let at = self.clean.iter().position(|clean| clean.get("manifest.json") == Some(manifest));
        let at = at.context("the manifest is of neither set")?;
        for (path, bytes) in &self.clean[at] {
            ensure!(there.get(path) == Some(bytes), "{path} is not as the manifest of “{}” wants it", MARKS[at]);
        }
        Ok(at)
    }
}

/// Which set an answer is from.
fn side(answer: &Answer) -> anyhow::Result<usize> {
    let hit = answer.hits.first().context("no hit")?;
    ensure!(hit.article == "porch", "the first hit is {}", hit.article);
    let sides: Vec<usize> = (0..2).filter(|&at| hit.snippet.text.contains(MARKS[at])).collect();
    ensure!(sides.len() == 1, "the passage is of {} sets: {}", sides.len(), hit.snippet.text);
    let other = MARKS[1 - sides[0]];
    let mixed = answer.hits.iter().find(|hit| hit.snippet.text.contains(other));
    ensure!(mixed.is_none(), "hits of both sets: {mixed:?}");
    Ok(sides[0])
}

/// A small generator: which moments are tried does not matter, only that they differ and can be had again.
struct Moments(u64);

impl Moments {
    fn below(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        most.mul_f64((self.0 % 10_000) as f64 / 10_000.0)
    }
}

#[test]
fn killed_builds_never_show_half_a_bundle() -> anyhow::Result<()> {
    const KILLS: usize = 100;
    let sets = Sets::new()?;
    let out = sets.folder.path().join("out");
    kb::build(&sets.articles(0), &out, None)?;
    let begun = Instant::now();
    kb::build(&sets.articles(1), &out, None)?;
    let whole_build = begun.elapsed();

    let done = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    let read = || -> anyhow::Result<()> {
        while !done.load(Ordering::Relaxed) {
            side(&kb::ask(&out, QUESTION, "en")?)?;
            asked.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    let (mut killed, mut finished, mut seen) = (0, 0, [0; 2]);
    thread::scope(|scope| -> anyhow::Result<()> {
        let reader = scope.spawn(read);
        let mut moments = Moments(0x9E37_79B9_7F4A_7C15);
        let mut build = |round: usize| -> anyhow::Result<()> {
            let mut build = indexer(&["build"])?;
            build.arg(sets.articles(round % 2)).arg("--out").arg(&out).stderr(Stdio::null());
            let mut build = build.spawn()?;
            thread::sleep(moments.below(whole_build.mul_f64(1.2)));
            // SIGKILL; a build that has ended already is as good.
            build.kill()?;
            if build.wait()?.success() {
                finished += 1
            } else {
                killed += 1
            }
            seen[sets.whole(&out).with_context(|| format!("after build {round}"))?] += 1;
            Ok(())
        };
        let outcome = (0..KILLS).try_for_each(&mut build);
        done.store(true, Ordering::Relaxed);
        let read = reader.join().map_err(|_| anyhow::anyhow!("the reader panicked"))?;
        outcome.and(read.context("a reader"))
    })?;
    println!("{killed} killed, {finished} finished, {} asked, seen {seen:?}", asked.load(Ordering::Relaxed));
    assert!(killed >= KILLS / 4, "only {killed} of {KILLS} builds were killed in time");
    assert!(seen.iter().all(|&times| times > 0), "only one set was ever seen: {seen:?}");

    // What killed builds left behind is gone after one that is not killed.
    let mut prune = indexer(&["build", "--prune"])?;
    kb::success(prune.arg(sets.articles(0)).arg("--out").arg(&out))?;
    assert_eq!(tree(&out)?.keys().collect::<Vec<_>>(), sets.clean[0].keys().collect::<Vec<_>>());
    Ok(())
}

#[test]
fn builds_at_once_never_show_half_a_bundle() -> anyhow::Result<()> {
    let sets = Sets::new()?;
    let out = sets.folder.path().join("out");
    kb::build(&sets.articles(0), &out, None)?;
    for _ in 0..10 {
        let mut builds = Vec::new();
        for at in 0..2 {
            let mut build = indexer(&["build"])?;
            build.arg(sets.articles(at)).arg("--out").arg(&out).stderr(Stdio::null());
            builds.push(build.spawn()?);
        }
        while builds.iter_mut().any(|build| build.try_wait().is_ok_and(|ended| ended.is_none())) {
            side(&kb::ask(&out, QUESTION, "en")?)?;
        }
        for mut build in builds {
            assert!(build.wait()?.success());
        }
        sets.whole(&out)?;
    }
    Ok(())
}

#[test]
fn errors_leave_the_old_bundle_untouched() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (articles, out) = (folder.path().join("articles"), folder.path().join("out"));
    let good = Files::from([("a.md".to_owned(), b"# A\n\nGood words.\n".to_vec())]);
    write(&articles, &good, false)?;
    let build = |more: &[&str]| -> anyhow::Result<i32> {
        let mut command = indexer(&["build"])?;
        let status = command.arg(&articles).arg("--out").arg(&out).args(more).stderr(Stdio::null()).status()?;
        status.code().context("no exit code")
    };
    assert_eq!(build(&[])?, 0);
    let before = tree(&out)?;

    fs::write(articles.join("b.md"), "---\ntitle: open\n")?;
    assert_eq!(build(&[])?, 1);
    assert_eq!(build(&["--prune"])?, 1);
    assert!(tree(&out)? == before, "an error changed the bundle");

    assert_eq!(build(&["--lenient"])?, 0, "the rest is published where asked for");
    assert!(tree(&out)? == before, "the faulty article changed the bundle");

    fs::write(articles.join("b.md"), "# B\n\n[nowhere](gone.md)\n")?;
    assert_eq!(build(&["--strict"])?, 1);
    assert!(tree(&out)? == before, "a warning that counts as an error changed the bundle");
    assert_eq!(build(&[])?, 0);
    assert!(tree(&out)? != before);
    Ok(())
}

/// What a fault must be told as: code, severity, file, line, column.
type Told = (&'static str, &'static str, &'static str, u32, u32);

/// Checks a folder and gives the report and the exit code.
fn check_folder(articles: &Path) -> anyhow::Result<(Report, i32)> {
    let output = indexer(&["check", "--json"])?.arg(articles).output()?;
    let report = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("no JSON: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok((report, output.status.code().context("no exit code")?))
}

/// A folder with these files and one good article must be told of exactly so; words must stand in the first message.
#[track_caller]
fn check(files: &[(&str, &[u8])], expected: &[Told], words: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Files = files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    write(folder.path(), &files, false).expect("files are written");
    check_told(folder.path(), expected, words);
}

#[track_caller]
fn check_told(articles: &Path, expected: &[Told], words: &str) {
    let (report, code) = check_folder(articles).expect("a report");
    let told: Vec<(&str, &str, &str, u32, u32)> = report
        .diagnostics
        .iter()
        .map(|d| (d.code.as_str(), d.severity.as_str(), d.file.as_str(), d.line, d.column))
        .collect();
    assert_eq!(told, expected, "{report:#?}");
    assert!(report.diagnostics[0].message.contains(words), "no “{words}” in: {}", report.diagnostics[0].message);
    assert!(report.diagnostics.iter().all(|told| !told.help.is_empty()), "nothing says what to do: {report:#?}");
    let errors = expected.iter().filter(|told| told.1 == "error").count();
    assert_eq!((report.errors, report.warnings), (errors, expected.len() - errors));
    assert_eq!(code, i32::from(errors > 0), "exit code");
}

#[test]
fn other_encodings() {
    check(&[("a.md", b"# a\nb caf\xE9 x\n")], &[("invalid-utf8", "error", "a.md", 2, 6)], "UTF-8");
    check(
        &[("a.md", b"# a\nb \xBA\xF1\xB9\xD0\xB9\xF8\xC8\xA3 c\n")],
        &[("invalid-utf8", "error", "a.md", 2, 3)],
        "EUC-KR",
    );
    let wide: Vec<u8> = "# 비밀번호\n\n다시 정해요.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xFF\xFE".as_slice(), &wide].concat();
    check(&[("a.md", &marked)], &[("invalid-utf8", "error", "a.md", 1, 1)], "UTF-16");
}

#[test]
fn front_matter() {
    check(&[("a.md", b"---\ntitle: a\n\n# x\n")], &[("unclosed-front-matter", "error", "a.md", 1, 1)], "does not end");
    check(&[("a.md", b"+++\ntitle = \"a\"\n")], &[("unclosed-front-matter", "error", "a.md", 1, 1)], "does not end");
    check(
        &[("a.md", b"---\ntitle: A\ndescription: one: two\n---\nx\n")],
        &[("broken-front-matter", "error", "a.md", 3, 17)],
        "YAML",
    );
    check(&[("a.md", b"---\ntitle: A\norder: soon\n---\nx\n")], &[("wrong-type", "error", "a.md", 3, 8)], "order");
    check(&[("a.md", b"---\ntitle: [a, b]\n---\nx\n")], &[("wrong-type", "error", "a.md", 2, 8)], "title");
    check(
        &[("a.md", b"---\ntitle: A\nvisibility: nobody\n---\nx\n")],
        &[("invalid-value", "error", "a.md", 3, 13)],
        "visibility",
    );
    check(
        &[("a.md", b"---\ntitle: A\naudience: all\n---\nx\n"), ("b.md", b"---\ntitle: B\naudience: all\n---\nx\n")],
        &[("unknown-key", "warning", "a.md", 3, 1)],
        "audience",
    );
    check(
        &[("a.md", b"---\nslug: same\n---\nx\n"), ("b.md", b"---\ntitle: B\nslug: same\n---\ny\n")],
        &[("duplicate-slug", "error", "b.md", 3, 7)],
        "a.md",
    );
}

#[test]
fn too_large() {
    let large = b"words words words words words words words words words words words\n".repeat(80_000);
    assert!(large.len() > 5_000_000);
    check(&[("a.md", &large)], &[("too-large", "error", "a.md", 0, 0)], "5 MB");
}

#[test]
fn links_and_pictures() {
    check(&[("a.md", b"# A\n\nsee [this](gone.md)\n")], &[("dead-link", "warning", "a.md", 3, 5)], "gone.md");
    check(
        &[("a.md", b"# A\n\nsee [this](b.md#gone)\n"), ("b.md", b"# B\n\n## Here\n\nx\n")],
        &[("dead-anchor", "warning", "a.md", 3, 5)],
        "gone",
    );
    check(
        &[("a.md", "# 가\n\n그림 ![그림](없음.png)\n".as_bytes())],
        &[("missing-image", "warning", "a.md", 3, 4)],
        "없음.png",
    );
}

#[test]
fn nesting() {
    let deep = format!("# A\n\n{}deep\n", "> ".repeat(70));
    let (report, code) = {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), &Files::from([("a.md".to_owned(), deep.into_bytes())]), false).expect("a file");
        check_folder(folder.path()).expect("a report")
    };
    let told: Vec<(&str, &str, u32)> =
        report.diagnostics.iter().map(|d| (d.code.as_str(), d.severity.as_str(), d.line)).collect();
    assert_eq!((told.as_slice(), code), ([("deep-nesting", "warning", 3)].as_slice(), 0), "{report:#?}");
    assert!(report.diagnostics[0].column > 0, "{report:#?}");
}

#[test]
fn circles_of_links() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("b"))?;
    fs::write(folder.path().join("b/a.md"), "# A\n\nx\n")?;
    symlink("..", folder.path().join("b/up"))?;
    symlink("self.md", folder.path().join("b/self.md"))?;
    check_told(
        folder.path(),
        &[("symlink-loop", "warning", "b/self.md", 0, 0), ("symlink-loop", "warning", "b/up", 0, 0)],
        "circle",
    );
    Ok(())
}

#[test]
fn all_faults_in_one_run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let files = Files::from([
        ("a.md".to_owned(), b"---\ntitle: a\n".to_vec()),
        ("b.md".to_owned(), b"\xFF\xFEa\0".to_vec()),
        ("c.md".to_owned(), b"# C\n\n[x](gone.md) ![y](gone.png)\n".to_vec()),
    ]);
    write(folder.path(), &files, true)?;
    let (report, code) = check_folder(folder.path())?;
    assert_eq!((report.errors, report.warnings, code), (2, 2, 1), "{report:#?}");
    Ok(())
}

#[test]
fn wrong_use_is_told_apart_from_faults() -> anyhow::Result<()> {
    for arguments in [
        &["check", "/nowhere/at/all"][..],
        &["build", "/nowhere/at/all", "--out", "/nowhere/out"],
        &["ask", "--kb", "/nowhere/at/all", "--json", "why"],
        &["check"],
        &["frobnicate"],
    ] {
        let output = indexer(arguments)?.output()?;
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
