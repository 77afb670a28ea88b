//! The same articles give the same bytes, however and wherever they are built.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use system_tests::{
    kb::{self, tree},
    programs,
};

use crate::{Files, write};

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
