//! The house's rules: who may depend on whom, what the pure crates stay away from, how each crate is set up.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

/// Each crate and those of ours that it may use.
const MAY_USE: [(&str, &[&str]); 19] = [
    ("answer-messages", &[]),
    ("answer-engine", &["answer-messages", "segment-reader"]),
    ("kb-indexer", &["answer-engine", "answer-messages"]),
    // The record of a visit that the bubble keeps is held against the words that the chat reads, in a test.
    ("bubble", &["answer-messages", "composer", "handoff", "search-client", "strings"]),
    ("composer", &[]),
    ("strings", &[]),
    ("segment-reader", &[]),
    ("search-client", &["answer-messages"]),
    ("search-worker", &["answer-engine", "answer-messages"]),
    ("handoff", &[]),
    ("desk", &["handoff"]),
    ("desk-client", &["handoff"]),
    ("desk-connection", &["desk-client", "handoff"]),
    ("desk-chat", &["composer", "desk-client", "desk-connection", "handoff", "strings"]),
    ("desk-console", &["composer", "desk-client", "desk-connection", "handoff", "strings"]),
    ("www", &[]),
    // Tests reach programs as programs, and read what they write.
    ("system-tests", &["answer-messages"]),
    // A rig is a visitor and an agent without a screen: the same machine, the same words.
    ("rigs", &["desk-client", "handoff", "system-tests"]),
    ("xtask", &[]),
];

/// Crates that run on the page's own thread, and what must never be linked into them.
const PAGE_CRATES: [&str; 2] = ["bubble", "search-client"];
const NOT_ON_THE_PAGE: [&str; 5] = ["tantivy", "answer-engine", "handoff", "desk-client", "desk-connection"];

/// Crates that take bytes and give results, and the parts of `std` that are not for them.
const PURE_CRATES: [&str; 5] = ["answer-engine", "answer-messages", "segment-reader", "handoff", "desk-client"];
const NOT_PURE: [&str; 6] = ["env", "fs", "net", "process", "thread", "time"];

/// Crates whose formats or generated code must not move under us.
const PINNED: [&str; 5] = ["sqlx", "tantivy", "wasm-bindgen", "wasm-bindgen-cli", "wasm-bindgen-cli-support"];

/// A source file longer than this holds more than one idea.
const MAX_LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

fn command() -> MetadataCommand {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml"));
    command
}

/// The workspace alone.
fn metadata() -> Metadata {
    command().no_deps().exec().expect("cargo metadata reads the workspace")
}

fn members(metadata: &Metadata) -> BTreeMap<&str, &Package> {
    metadata.workspace_packages().into_iter().map(|package| (package.name.as_str(), package)).collect()
}

#[test]
fn crates_use_only_what_they_may() {
    let metadata = metadata();
    let members = members(&metadata);
    let rules = BTreeMap::from(MAY_USE);
    assert_eq!(
        members.keys().collect::<Vec<_>>(),
        rules.keys().collect::<Vec<_>>(),
        "a new crate needs a row in MAY_USE and in ARCHITECTURE.md"
    );
    for (name, package) in &members {
        for dependency in &package.dependencies {
            let used = dependency.name.as_str();
            assert!(
                !members.contains_key(used) || rules[name].contains(&used),
                "{name} may not depend on {used}: see \"Who may depend on whom\" in ARCHITECTURE.md"
            );
        }
    }
}

#[test]
fn no_engine_on_the_page() {
    // Only what browsers get: other platforms' crates need not even be here.
    let options = ["--locked", "--filter-platform", "wasm32-unknown-unknown"].map(str::to_owned);
    let metadata = command().other_options(options).exec().expect("cargo metadata resolves dependencies");
    let members = members(&metadata);
    for name in PAGE_CRATES {
        let linked = linked_into(&metadata, &members[name].id);
        assert!(linked.contains("yew") || name != "bubble", "the bubble's tree was not read");
        for crate_name in NOT_ON_THE_PAGE {
            assert!(!linked.contains(crate_name), "{crate_name} is linked into {name}");
        }
    }
}

/// Names of all crates in the tree of normal dependencies.
fn linked_into<'m>(metadata: &'m Metadata, from: &'m PackageId) -> BTreeSet<&'m str> {
    let resolve = metadata.resolve.as_ref().expect("cargo metadata resolves dependencies");
    let edges: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, &node.deps)).collect();
    let mut seen = BTreeSet::new();
    let mut ahead = vec![from];
    while let Some(id) = ahead.pop() {
        if seen.insert(id) {
            let normal =
                edges[id].iter().filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
            ahead.extend(normal.map(|edge| &edge.pkg));
        }
    }
    seen.into_iter().map(|id| metadata[id].name.as_str()).collect()
}

#[test]
fn pure_crates_touch_nothing_outside() {
    let metadata = metadata();
    let members = members(&metadata);
    for name in PURE_CRATES {
        let folder = members[name].manifest_path.parent().expect("a manifest lies in a folder").join("src");
        let files = files_below(folder.as_std_path(), &["rs"]);
        assert!(!files.is_empty(), "{name} has no source files");
        for file in files {
            let text = read(&file);
            // Tests may do as they like.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let found: Vec<_> = std_modules(code).into_iter().filter(|name| NOT_PURE.contains(name)).collect();
            assert!(found.is_empty(), "{} uses std's {found:?}: {name} does no I/O", file.display());
        }
    }
}

/// The modules of `std` that code names, on their own or in braces.
fn std_modules(code: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut modules = Vec::new();
    for line in code.split('\n').filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("std::") {
            if line[..at].ends_with(is_word) {
                continue;
            }
            let after = &line[at + "std::".len()..];
            let list = match after.strip_prefix('{') {
                Some(list) => list,
                None => after.split(|c| !is_word(c)).next().unwrap_or_default(),
            };
            modules.extend(list.split(|c| !is_word(c)).filter(|word| !word.is_empty()));
        }
    }
    modules
}

#[test]
fn modules_of_std_are_seen() {
    let check = |code, expected: &[&str]| assert_eq!(std_modules(code), expected, "{code}");
    check("use std::fs;", &["fs"]);
    check("use std::{env, io::Read};", &["env", "io", "Read"]);
    check("let t = ::std::time::Instant::now();", &["time"]);
    check("// std::fs is not for us", &[]);
    check("use my_std::fs;", &[]);
}

#[test]
fn crates_are_set_up_alike() {
    let metadata = metadata();
    for (name, package) in members(&metadata) {
        let description = package.description.as_deref().unwrap_or_default();
        assert!(description.ends_with('.'), "{name} needs a description: what it is for, in a sentence");
        let manifest = read(package.manifest_path.as_std_path());
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} does not take the workspace's lints");
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            let inherited = format!("{key}.workspace = true");
            assert!(manifest.contains(&inherited), "{name} does not say `{inherited}`");
        }
    }
}

#[test]
fn what_must_not_move_is_pinned() {
    let metadata = metadata();
    let mut pinned = BTreeSet::new();
    for (name, package) in members(&metadata) {
        for dependency in &package.dependencies {
            if PINNED.contains(&dependency.name.as_str()) {
                let requirement = dependency.req.to_string();
                assert!(requirement.starts_with('='), "{name} takes {} {requirement}", dependency.name);
                pinned.insert(dependency.name.clone());
            }
        }
    }
    assert_eq!(pinned.len(), PINNED.len(), "PINNED names a crate that nobody uses");
}

#[test]
fn the_map_shows_every_crate() {
    let map = read(&root().join("ARCHITECTURE.md"));
    let metadata = metadata();
    for name in members(&metadata).keys() {
        assert!(map.contains(&format!("| `{name}` |")), "ARCHITECTURE.md has no row for {name}");
    }
}

#[test]
fn source_files_are_short() {
    for file in files_below(&root(), &["rs", "js", "css"]) {
        let lines = read(&file).lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines: split it by ideas", file.display());
    }
}

/// Files of these extensions, except what is built or fetched.
fn files_below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let path = entry.path();
        let name = entry.file_name();
        if entry.file_type().expect("a file has a type").is_dir() {
            let name = name.to_string_lossy();
            if !name.starts_with('.') && !["target", "dist", "node_modules"].contains(&&*name) {
                files.extend(files_below(&path, extensions));
            }
        } else if path.extension().is_some_and(|has| extensions.iter().any(|wanted| has == *wanted)) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}
