//! Compiles the strings of `src/text/*.ftl` into Rust, so that nothing of Fluent runs in the browser.

use std::{env, fs, path::Path, process::exit};

#[path = "ftl/compile.rs"]
mod compile;

/// Variant of `Lang` and the file that holds its strings; the first is the one that the others are held against.
const SOURCES: [(&str, &str); 2] = [("En", "src/text/en.ftl"), ("Ko", "src/text/ko.ftl")];

fn main() {
    println!("cargo::rerun-if-changed=ftl/compile.rs");
    let mut sources = Vec::new();
    for (variant, path) in SOURCES {
        println!("cargo::rerun-if-changed={path}");
        match fs::read_to_string(path) {
            Ok(text) => sources.push(compile::Source { variant, path, text }),
            Err(error) => fail(&[format!("{path}: {error}: restore the file from version control")]),
        }
    }
    let code = compile::compile(&sources).unwrap_or_else(|problems| fail(&problems));
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let out = Path::new(&out).join("strings.rs");
    if let Err(error) = fs::write(&out, code) {
        fail(&[format!("{}: {error}: make the folder writable", out.display())]);
    }
}

fn fail(problems: &[String]) -> ! {
    for problem in problems {
        println!("cargo::error={problem}");
    }
    exit(1)
}
