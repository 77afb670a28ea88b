//! `cargo xtask bench peers`: Porchlight beside other search engines of browsers, by the programs in `tests/bench`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use super::output;
use crate::Outcome;
use crate::failure::Failure;
use crate::workspace::Workspace;
use crate::{cargo, question_sets, tools, web};

/// The document whose tables `--write` replaces.
const DOCUMENT: &str = "docs/performance.md";

/// What the benchmark takes.
#[derive(clap::Args)]
pub(super) struct More {
    /// peers: a short run over the smallest corpus, to see that everything works
    #[arg(long)]
    quick: bool,
    /// peers: only this corpus; may be said again. Without it all four
    #[arg(long, value_name = "NAME")]
    corpus: Vec<String>,
    /// peers: puts the tables into docs/performance.md
    #[arg(long)]
    write: bool,
    /// peers: a sentence for the tables' head, such as what else the machine did
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Runs the benchmark.
pub(super) fn run(workspace: &Workspace, options: &More) -> Outcome {
    let data = question_sets::folder(workspace)?;
    let dist = web::dist(workspace);
    if !dist.join("web.json").is_file() {
        return Err(Failure::missing("the widget's files are not built", "cargo xtask web"));
    }
    let browser = tools::browser()?;
    let folder = workspace.path("tests/bench");
    tools::node_modules(&folder)?;
    cargo::run(&mut cargo::cargo(workspace, &["build", "--release", "--package", "kb-indexer", "--bins"]))?;
    let indexer = workspace.target.join("release").join(format!("kb-indexer{}", std::env::consts::EXE_SUFFIX));

    let mut command = Command::new("node");
    command.arg("main.js").current_dir(folder);
    let paths: [(&str, PathBuf); 5] = [
        ("--data", data),
        ("--dist", dist),
        ("--indexer", indexer),
        ("--chromium", browser.chromium),
        ("--out", workspace.target.join("bench").join("peers")),
    ];
    command.args(paths.into_iter().flat_map(|(name, path)| [OsString::from(name), path.into()]));
    command.args(words(options));
    if let Some(revision) = revision(workspace) {
        command.args(["--revision", &revision]);
    }
    if options.write {
        command.arg("--into").arg(workspace.path(DOCUMENT));
    }
    cargo::run(&mut command)?;
    Ok(())
}

/// The options that are passed on as they are.
fn words(options: &More) -> Vec<&str> {
    let mut words: Vec<&str> = options.corpus.iter().flat_map(|name| ["--corpus", name]).collect();
    words.extend(options.note.iter().flat_map(|note| ["--note", note]));
    words.extend(options.quick.then_some("--quick"));
    words
}

/// The commit that is measured, where git knows; with a plus where files differ from it.
fn revision(workspace: &Workspace) -> Option<String> {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--exclude", "*", "--dirty=+"]).current_dir(&workspace.root);
    let said = output(&mut git).ok()?;
    Some(String::from_utf8_lossy(&said).trim().to_owned()).filter(|revision| !revision.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_passed_on() {
        let check = |options: More, expected: &str| assert_eq!(words(&options).join(" "), expected);
        check(More { quick: false, corpus: Vec::new(), write: true, note: None }, "");
        let corpus = vec!["cpp-100".to_owned(), "mastodon".to_owned()];
        check(
            More { quick: true, corpus, write: false, note: Some("Quiet.".into()) },
            "--corpus cpp-100 --corpus mastodon --note Quiet. --quick",
        );
    }
}
