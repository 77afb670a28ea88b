//! `cargo xtask web`: the widget's static files, and those of the desk's faces.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;

use crate::Outcome;
use crate::assets::{Assets, Role};
use crate::browser_files;
use crate::strip::strip;
use crate::workspace::Workspace;
use crate::{faces, snip, tools, wasm};

/// What to build, and where to.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Where the files go; without it www/dist of this repository
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Which stemmers the engine carries
    #[arg(long, value_enum, default_value_t = Languages::En)]
    languages: Languages,
}

/// Which stemmers the engine carries. Korean and other languages without a stemmer are always understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Languages {
    /// English only
    En,
    /// Every language that has a stemmer
    All,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    let workspace = Workspace::find()?;
    let out = match &options.out {
        Some(out) => std::path::absolute(out)?,
        None => dist(&workspace),
    };
    build(&workspace, &out, options.languages)?;
    Ok(())
}

/// Where the files go unless somebody says otherwise.
pub(crate) fn dist(workspace: &Workspace) -> PathBuf {
    workspace.path("www/dist")
}

/// Builds the widget into `out` and tells its sizes.
pub(crate) fn build(workspace: &Workspace, out: &Path, languages: Languages) -> Outcome<Assets> {
    tools::wasm_target()?;
    tools::library_source()?;
    let features: &[&str] = match languages {
        Languages::En => &[],
        Languages::All => &["search-worker/all-languages"],
    };
    wasm::compile(workspace, &["bubble", "search-worker"], features)?;
    // Apart, so that no feature of theirs ends up in what every visitor downloads.
    wasm::compile(workspace, &faces::PACKAGES, &[])?;
    let bubble = wasm::bind(workspace, "bubble", &snip::BUBBLE)?;
    let engine = wasm::bind(workspace, "search_worker", &[])?;
    // Pages may have a class of that name. There is one window that the bubble ever asks for.
    let glue = bubble.js.replace("instanceof Window", "=== globalThis");
    let shim = source(workspace, "widget/search-worker/src/shim.js")?;
    let begin = ["begin", "screen"].map(|name| source(workspace, &format!("widget/bubble/src/{name}.js")));
    let [begin, screen] = begin;
    let begin = [begin?, screen?].concat();
    let loader = source(workspace, "widget/loader/loader.js")?;
    let frame = strip(&source(workspace, "widget/bubble/src/frame.js")?);

    // Each file knows the names and checksums of those that it loads, so that they come before it.
    let mut assets = Assets::default();
    let [module_seal, engine_seal, frame_seal] =
        [bubble.wasm.as_slice(), &engine.wasm, frame.as_bytes()].map(browser_files::seal);
    let mut files = browser_files::Files {
        module: assets.add_hashed("assets/bubble", "wasm", Role::Bubble, bubble.wasm),
        engine: assets.add_hashed("assets/engine", "wasm", Role::Engine, engine.wasm),
        frame: assets.add_hashed("assets/frame", "js", Role::Chat, frame.into_bytes()),
        ..browser_files::Files::default()
    };
    let worker = strip(&browser_files::worker(&engine.js, &shim, &files, &engine_seal)?);
    let worker_seal = browser_files::seal(worker.as_bytes());
    files.worker = assets.add_hashed("assets/worker", "js", Role::Worker, worker.into_bytes());
    let seals = [worker_seal.as_str(), &module_seal, &frame_seal];
    let script = strip(&browser_files::bubble(&glue, &begin, &files, seals)?);
    files.seal = browser_files::seal(script.as_bytes());
    files.bubble = assets.add_hashed("assets/bubble", "js", Role::Bubble, script.into_bytes());
    let loader = strip(&browser_files::loader(&loader, &files)?);
    assets.add("loader.js", Role::Loader, loader.into_bytes());
    faces::add(workspace, &mut assets)?;
    assets.write(out)?;
    println!("{}", assets.table());
    println!("Wrote {}", out.display());
    Ok(assets)
}

fn source(workspace: &Workspace, path: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(workspace.path(path)).with_context(|| format!("cannot read {path}"))
}
