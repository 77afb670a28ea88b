//! Every fault of an article is told with its place, and the exit code says how grave it is.

use std::{fs, os::unix::fs::symlink, path::Path};

use anyhow::Context;
use system_tests::kb::{Report, indexer};

use crate::{Files, write};

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
