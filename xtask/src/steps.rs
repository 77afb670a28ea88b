//! The steps of `cargo xtask test`, in the order in which they fail soonest.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::cargo::{self, cargo};
use crate::chromium::{self, existing};
use crate::programs::PACKAGES;
use crate::rig::Rig;
use crate::tally::Tally;
use crate::tools::{self, WASM};
use crate::workspace::Workspace;
use crate::{Outcome, budgets, programs, question_sets, rig, web};

/// One check.
pub(crate) struct Step {
    /// Short name, for `--only`.
    pub(crate) name: &'static str,
    /// What it makes sure of.
    pub(crate) about: &'static str,
    /// Runs it.
    pub(crate) run: fn(&mut Run) -> Outcome,
}

/// What the steps of one run share.
pub(crate) struct Run {
    workspace: Workspace,
    /// This program, which cargo calls to run WebAssembly tests.
    program: PathBuf,
    /// Tests so far.
    pub(crate) tally: Tally,
}

impl Run {
    /// A run in this checkout.
    pub(crate) fn new(workspace: Workspace) -> anyhow::Result<Self> {
        Ok(Self {
            workspace,
            // Asked now: building the tests may replace the file, after which it has no path.
            program: std::env::current_exe().context("cannot tell this program's path")?,
            tally: Tally::default(),
        })
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        cargo(&self.workspace, arguments)
    }
}

/// All steps.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "tools",
        about: "the WebAssembly target, Rust's source, Chromium, ChromeDriver, fonts and axe-core are there",
        run: tools,
    },
    Step { name: "fmt", about: "the source is formatted", run: fmt },
    Step { name: "clippy", about: "no lint speaks up", run: clippy },
    Step { name: "clippy-wasm", about: "nor in what browsers run", run: clippy_wasm },
    Step { name: "doc", about: "the documentation is whole and its links lead somewhere", run: doc },
    Step { name: "build", about: "programs and tests compile", run: build },
    Step { name: "unit", about: "unit, integration and documentation tests", run: unit },
    Step { name: "wasm", about: "tests of the browser crates in headless Chromium", run: wasm },
    Step {
        name: "fallback",
        about: "tantivy itself still runs in a browser, and our reader says the same",
        run: fallback,
    },
    Step { name: "web", about: "the widget's files are built and within their budgets", run: web },
    Step { name: "index", about: "the help centre has neither errors nor warnings", run: index },
    Step { name: "npm", about: "the npm package works in fresh projects: a plain page, Vite, React", run: npm },
    Step {
        name: "first-answer",
        about: "a first answer keeps to its bytes and round trips at three sizes",
        run: first_answer,
    },
    Step { name: "rigs", about: "the desk keeps its promise when killed, traced and loaded", run: rigs },
    Step { name: "e2e", about: "the whole system in a real Chromium, and the house's rules", run: e2e },
];

/// Crates that run in browsers.
const BROWSER_PACKAGES: [&str; 14] = [
    "-p",
    "bubble",
    "-p",
    "composer",
    "-p",
    "desk-chat",
    "-p",
    "desk-connection",
    "-p",
    "desk-console",
    "-p",
    "search-client",
    "-p",
    "search-worker",
];

/// Chromium as tests want it: no window, no first-run pages, no traffic of its own.
const CHROMIUM_FLAGS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The package of the whole-system tests.
const SYSTEM_TESTS: &str = "system-tests";

fn tools(run: &mut Run) -> Outcome {
    tools::wasm_target()?;
    tools::library_source()?;
    tools::browser()?;
    tools::axe(&run.workspace)?;
    Ok(())
}

fn fmt(run: &mut Run) -> Outcome {
    cargo::run(&mut run.cargo(&["fmt", "--all", "--check"]))?;
    Ok(())
}

fn clippy(run: &mut Run) -> Outcome {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    cargo::run(&mut run.cargo(&arguments))?;
    Ok(())
}

fn clippy_wasm(run: &mut Run) -> Outcome {
    tools::wasm_target()?;
    let arguments =
        [&["clippy", "--target", WASM, "--all-targets"][..], &BROWSER_PACKAGES, &["--", "-D", "warnings"]].concat();
    cargo::run(&mut run.cargo(&arguments))?;
    Ok(())
}

fn doc(run: &mut Run) -> Outcome {
    let arguments = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    cargo::run(run.cargo(&arguments).env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(())
}

fn build(run: &mut Run) -> Outcome {
    programs::build_all(&run.workspace)?;
    Ok(())
}

fn unit(run: &mut Run) -> Outcome {
    let mut arguments = [&["test", "--no-fail-fast"][..], &PACKAGES, &["--lib", "--bins"]].concat();
    for (package, test) in &run.workspace.tests {
        if package != SYSTEM_TESTS {
            arguments.extend(["--test", test]);
        }
    }
    let mut programs = run.cargo(&arguments);
    let mut examples = run.cargo(&[&["test"][..], &PACKAGES, &["--doc"]].concat());
    let mut chores = run.cargo(&["test", "-p", "xtask"]);
    // All of them, so that one run tells all that is wrong.
    let outcomes = [&mut programs, &mut examples, &mut chores].map(|command| run.tally.run(command));
    for outcome in outcomes {
        outcome?;
    }
    Ok(())
}

fn wasm(run: &mut Run) -> Outcome {
    in_browser(run, &[&BROWSER_PACKAGES[..], &["--tests"]].concat())
}

fn fallback(run: &mut Run) -> Outcome {
    let worker = ["clippy", "--target", WASM, "-p", "search-worker", "--features", "full", "--", "-D", "warnings"];
    cargo::run(&mut run.cargo(&worker))?;
    in_browser(run, &["-p", "answer-engine", "--features", "full", "--test", "second_oracle"])
}

/// Runs tests in headless Chromium; `what` tells cargo which.
fn in_browser(run: &mut Run, what: &[&str]) -> Outcome {
    tools::wasm_target()?;
    let browser = tools::browser()?;
    let capabilities = run.workspace.target.join("webdriver.json");
    let text = serde_json::json!({
        "goog:chromeOptions": { "binary": browser.chromium, "args": CHROMIUM_FLAGS }
    });
    std::fs::create_dir_all(&run.workspace.target)?;
    std::fs::write(&capabilities, text.to_string()).context("cannot write webdriver.json")?;
    // An array, because a path may hold spaces.
    let runner = serde_json::json!([run.program, "wasm-runner"]);
    let runner = format!("target.{WASM}.runner={runner}");
    let arguments = [&["test", "--no-fail-fast", "--target", WASM, "--config", &runner][..], what].concat();
    let mut command = run.cargo(&arguments);
    command
        .env("CHROMEDRIVER", &browser.chromedriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    run.tally.run(&mut command)?;
    Ok(())
}

fn web(run: &mut Run) -> Outcome {
    let assets = web::build(&run.workspace, &web::dist(&run.workspace), web::Languages::En)?;
    budgets::hold(&assets)?;
    Ok(())
}

fn index(run: &mut Run) -> Outcome {
    let out = run.workspace.target.join("help-centre");
    let mut command = Command::new(existing(run.workspace.program("kb-indexer"))?);
    command
        .current_dir(&run.workspace.root)
        .args(["build", "articles", "--strict", "--out"])
        .arg(out.join("kb"))
        .arg("--site")
        .arg(out.join("help"));
    cargo::run(&mut command)?;
    Ok(())
}

fn npm(run: &mut Run) -> Outcome {
    let browser = tools::browser()?;
    let modules = run.workspace.path("tests/bench");
    tools::node_modules(&modules)?;
    let mut command = Command::new("node");
    command
        .current_dir(&run.workspace.root)
        .arg("widget/npm/test/check.js")
        .arg("--dist")
        .arg(existing(web::dist(&run.workspace))?)
        .arg("--indexer")
        .arg(existing(run.workspace.program("kb-indexer"))?)
        .arg("--modules")
        .arg(modules.join("node_modules"))
        .arg("--chromium")
        .arg(browser.chromium);
    cargo::run(&mut command)?;
    Ok(())
}

fn first_answer(run: &mut Run) -> Outcome {
    let Ok(data) = question_sets::folder(&run.workspace) else {
        println!("NOT RUN: the development sets are not here (PORCHLIGHT_DATA), whose articles are asked.");
        return Ok(());
    };
    let modules = run.workspace.path("tests/bench");
    tools::node_modules(&modules)?;
    let mut command = Command::new("node");
    command.arg("budgets.js").current_dir(modules).arg("--data").arg(data);
    command.arg("--dist").arg(existing(web::dist(&run.workspace))?);
    command.arg("--indexer").arg(existing(run.workspace.program("kb-indexer"))?);
    command.arg("--chromium").arg(tools::browser()?.chromium);
    command.arg("--out").arg(run.workspace.target.join("bench").join("budgets"));
    cargo::run(&mut command)?;
    Ok(())
}

fn rigs(run: &mut Run) -> Outcome {
    rig::run_rig(&run.workspace, Rig::Kill, false)?;
    tools::tracer()?;
    if tools::may_trace() {
        rig::run_rig(&run.workspace, Rig::Trace, false)?;
    } else {
        println!("NOT RUN: this machine forbids tracing, so nobody saw that the log is synced before each ack.");
    }
    rig::run_rig(&run.workspace, Rig::Load, false)
}

fn e2e(run: &mut Run) -> Outcome {
    let mut arguments = [&["test", "--no-fail-fast"][..], &PACKAGES].concat();
    for (package, test) in &run.workspace.tests {
        if package == SYSTEM_TESTS {
            arguments.extend(["--test", test]);
        }
    }
    let mut command = run.cargo(&arguments);
    chromium::equip(&mut command, &run.workspace)?;
    run.tally.run(&mut command)?;
    Ok(())
}
