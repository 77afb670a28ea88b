//! A crate as WebAssembly: compiled, then given its JavaScript by wasm-bindgen's own library.

use anyhow::{Context, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::shorten::shorten;
use crate::snip::snip;
use crate::tools::WASM;
use crate::workspace::Workspace;
use crate::{cargo, table};

/// A module and the JavaScript that speaks with it.
pub(crate) struct Module {
    /// WebAssembly without names and producers.
    pub(crate) wasm: Vec<u8>,
    /// An ES module whose default export takes the WebAssembly's address.
    pub(crate) js: String,
}

/// Compiles `packages` for browsers in one call of cargo, together with the standard library.
///
/// The library that comes with Rust is built for speed and formats a message for every panic, which nobody on a page can
/// read. Built for size, and with panics that end the module at once, it takes 8 of 99 kB from the bubble and 20 of 246
/// from the engine (brotli). Rust has this behind unstable flags; `RUSTC_BOOTSTRAP` opens them for the pinned compiler,
/// for these builds alone. Tests and checks of the same crates use stable Rust.
pub(crate) fn compile(workspace: &Workspace, packages: &[&str], features: &[&str]) -> anyhow::Result<()> {
    let mut arguments = vec!["build", "--target", WASM, "--profile", "web"];
    arguments.extend(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    for package in packages {
        arguments.extend(["--package", package]);
    }
    let features = features.join(",");
    if !features.is_empty() {
        arguments.extend(["--features", &features]);
    }
    let mut command = cargo::cargo(workspace, &arguments);
    command.env("RUSTC_BOOTSTRAP", "1");
    command.env("CARGO_ENCODED_RUSTFLAGS", rustflags(workspace).join("\x1f"));
    cargo::run(&mut command)
}

/// Paths of this machine would end up in panic messages: they are cut, so that every machine builds the same bytes.
fn rustflags(workspace: &Workspace) -> Vec<String> {
    let mut flags: Vec<String> = match std::env::var("CARGO_ENCODED_RUSTFLAGS") {
        Ok(flags) => flags.split('\x1f').map(str::to_owned).collect(),
        Err(_) => std::env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
    };
    flags.retain(|flag| !flag.is_empty());
    let cargo_home = std::env::var("CARGO_HOME").unwrap_or_else(|_| {
        let home = std::env::home_dir().unwrap_or_default();
        home.join(".cargo").to_string_lossy().into_owned()
    });
    flags.push(format!("--remap-path-prefix={cargo_home}/registry/src="));
    flags.push(format!("--remap-path-prefix={}=", workspace.root.to_string_lossy()));
    flags.extend(["-Zunstable-options".to_owned(), "-Cpanic=immediate-abort".to_owned()]);
    // SHA-256 with its rounds in a loop: a file is checked once, and the loop unrolled takes eight kilobytes.
    flags.push("--cfg=sha2_backend_soft=\"compact\"".to_owned());
    // Nor does anybody read where in the source a panic was; the standard library would tell with paths of this machine.
    flags.push("-Zlocation-detail=none".to_owned());
    // Places in the table of functions are numbers that stand nowhere else, so that `table` can tell what nobody calls.
    flags.push(format!("-Clink-arg=--table-base={}", table::BASE));
    flags
}

/// Runs wasm-bindgen over the compiled `name`, without the functions that are `never` reached.
pub(crate) fn bind(workspace: &Workspace, name: &str, never: &[&str]) -> anyhow::Result<Module> {
    let input = workspace.target.join(WASM).join("web").join(format!("{name}.wasm"));
    let folder = workspace.target.join("bindgen").join(name);
    let compiled = std::fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
    let compiled = if never.is_empty() { compiled } else { snip(&compiled, never)? };
    let mut output = Bindgen::new()
        .input_bytes(name, compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen failed over {}", input.display()))?;
    output.emit(&folder)?;
    let read = |file: String| {
        let path = folder.join(file);
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let js =
        String::from_utf8(read(format!("{name}.js"))?).context("wasm-bindgen wrote JavaScript that is no UTF-8")?;
    // Crates in the tree may bring such files; what nobody calls is not imported.
    ensure!(
        !js.contains("./snippets/"),
        "{name} imports JavaScript files of its crates ({}); the widget ships none",
        folder.join("snippets").display()
    );
    let (wasm, js) = shorten(&read(format!("{name}_bg.wasm"))?, &js)?;
    Ok(Module { wasm, js })
}
