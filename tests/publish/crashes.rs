//! Whatever becomes of a build, readers find the old bundle or the new one, whole.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use system_tests::kb::{self, Answer, indexer, tree};
use tempfile::TempDir;

use crate::{Files, write};

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
    assert!(killed >= KILLS / 4, "only {killed} of {KILLS} builds were killed in time, {finished} finished");
    assert!(asked.load(Ordering::Relaxed) >= KILLS / 2, "readers read too little: {asked:?}");
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
