//! What a fresh machine lacks, and how it gets it: the WebAssembly target, a browser with fonts, axe-core, a tracer.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cargo;
use crate::failure::Failure;
use crate::workspace::Workspace;

/// The target that browsers run.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// The accessibility checker's version.
const AXE: &str = "axe-core@4.14.1";

/// Makes sure that rustc can build for browsers.
pub(crate) fn wasm_target() -> Result<(), Failure> {
    let libraries = Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]).output();
    let present = libraries.is_ok_and(|output| {
        output.status.success()
            && std::fs::read_dir(String::from_utf8_lossy(&output.stdout).trim())
                .is_ok_and(|mut files| files.next().is_some())
    });
    if present {
        return Ok(());
    }
    println!("The Rust target {WASM} is missing; installing it.");
    cargo::run(Command::new("rustup").args(["target", "add", WASM])).map_err(|error| {
        Failure::missing(
            &format!("the Rust target {WASM} is needed and could not be installed ({error:#})"),
            &format!("rustup target add {WASM}"),
        )
    })
}

/// Makes sure that the standard library's source is there: the widget is built with a library of its own, which is
/// smaller (see `wasm::compile`).
pub(crate) fn library_source() -> Result<(), Failure> {
    let root = Command::new("rustc").args(["--print", "sysroot"]).output();
    let present = root.is_ok_and(|output| {
        let root = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
    });
    if present {
        return Ok(());
    }
    println!("The source of Rust's standard library is missing; installing it.");
    cargo::run(Command::new("rustup").args(["component", "add", "rust-src"])).map_err(|error| {
        Failure::missing(
            &format!("the Rust component rust-src is needed and could not be installed ({error:#})"),
            "rustup component add rust-src",
        )
    })
}

/// A browser and the program that drives it.
pub(crate) struct Browser {
    /// Chromium.
    pub(crate) chromium: PathBuf,
    /// ChromeDriver.
    pub(crate) chromedriver: PathBuf,
}

/// Makes sure that there is Chromium, ChromeDriver and a Korean font; installs Debian's where it may.
pub(crate) fn browser() -> Result<Browser, Failure> {
    let wanted = [
        ("chromium", chromium().is_some()),
        ("chromium-driver", chromedriver().is_some()),
        ("fonts-noto-cjk", has_korean_font()),
    ];
    let packages: Vec<&str> = wanted.iter().filter(|(_, present)| !present).map(|(package, _)| *package).collect();
    if !packages.is_empty() {
        install_packages(&packages)?;
    }
    match (chromium(), chromedriver()) {
        (Some(chromium), Some(chromedriver)) => Ok(Browser { chromium, chromedriver }),
        _ => Err(Failure::missing(
            "the tests need Chromium and ChromeDriver on the PATH (or in CHROMIUM and CHROMEDRIVER)",
            "sudo apt-get update && sudo apt-get install --yes chromium chromium-driver fonts-noto-cjk",
        )),
    }
}

fn chromium() -> Option<PathBuf> {
    named("CHROMIUM")
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(name)))
}

fn chromedriver() -> Option<PathBuf> {
    named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))
}

/// Without a Korean font the pictures and widths of the Korean pages mean nothing. Only asked of Linux, where fonts
/// come in packages.
fn has_korean_font() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let listed = Command::new("fc-list").args([":lang=ko", "file"]).output();
    match listed {
        Ok(output) => !output.stdout.is_empty(),
        Err(_) => Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    }
}

fn install_packages(packages: &[&str]) -> Result<(), Failure> {
    let list = packages.join(" ");
    let by_hand = format!("sudo apt-get update && sudo apt-get install --yes --no-install-recommends {list}");
    if on_path("apt-get").is_none() || !is_root() {
        return Err(Failure::missing(&format!("missing on this machine: {list}"), &by_hand));
    }
    println!("Missing on this machine: {list}; installing with apt-get.");
    let installed = cargo::run(Command::new("apt-get").args(["update", "--quiet"])).and_then(|()| {
        cargo::run(
            Command::new("apt-get")
                .args(["install", "--yes", "--quiet", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    });
    installed.map_err(|error| Failure::missing(&format!("apt-get could not install {list} ({error:#})"), &by_hand))
}

/// Makes sure that there is a tracer of system calls.
pub(crate) fn tracer() -> Result<(), Failure> {
    if on_path("strace").is_none() {
        install_packages(&["strace"])?;
    }
    Ok(())
}

/// Whether programs may be traced here; some containers forbid it.
pub(crate) fn may_trace() -> bool {
    let traced = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    traced.is_ok_and(|status| status.success())
}

/// Makes sure that axe-core is there and gives the path of its script.
pub(crate) fn axe(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let prefix = workspace.target.join("npm");
    let script = prefix.join("node_modules/axe-core/axe.min.js");
    let version = AXE.rsplit('@').next().unwrap_or_default();
    let manifest = std::fs::read_to_string(prefix.join("node_modules/axe-core/package.json"));
    if script.exists() && manifest.is_ok_and(|text| text.contains(&format!("\"{version}\""))) {
        return Ok(script);
    }
    std::fs::create_dir_all(&prefix)?;
    let command = format!("npm install --prefix {} {AXE} --no-audit --no-fund --ignore-scripts", prefix.display());
    if on_path("npm").is_none() {
        return Err(Failure::missing("the accessibility tests need npm, which comes with Node.js", &command));
    }
    println!("axe-core is missing; installing it with npm.");
    cargo::run(Command::new("npm").args(["install", "--prefix"]).arg(&prefix).args([
        AXE,
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]))
    .map_err(|error| Failure::missing(&format!("npm could not install {AXE} ({error:#})"), &command))?;
    Ok(script)
}

/// Makes sure that a folder's npm packages are there, in the versions that its lock file names.
pub(crate) fn node_modules(folder: &Path) -> Result<(), Failure> {
    let (lock, installed) = (folder.join("package-lock.json"), folder.join("node_modules/.installed-lock.json"));
    let wanted = std::fs::read(&lock)?;
    if std::fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let command = format!("npm ci --prefix {} --ignore-scripts --no-audit --no-fund", folder.display());
    if on_path("npm").is_none() {
        return Err(Failure::missing("this chore needs npm, which comes with Node.js 20 or later", &command));
    }
    println!("Packages of {} are missing; installing them with npm.", folder.display());
    cargo::run(Command::new("npm").arg("ci").arg("--prefix").arg(folder).args([
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]))
    .map_err(|error| Failure::missing(&format!("npm could not install them ({error:#})"), &command))?;
    std::fs::write(installed, wanted)?;
    Ok(())
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").stderr(Stdio::null()).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
