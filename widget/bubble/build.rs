//! Compiles the strings of `src/text/*.ftl` into Rust, so that nothing of Fluent runs in the browser, and brings the
//! style sheets together without the space that only people need.

use std::{env, fs, path::Path, process::exit};

#[path = "css/shorten.rs"]
mod shorten;

/// Variant of `Lang` and the file that holds its strings; the first is the one that the others are held against.
const SOURCES: [(&str, &str); 2] = [("En", "src/text/en.ftl"), ("Ko", "src/text/ko.ftl")];

/// The panel's style sheets, in the order in which they are joined.
const STYLES: [&str; 5] = [
    "src/style/base.css",
    "src/style/panel.css",
    "src/style/conversation.css",
    "src/style/article.css",
    "src/style/modes.css",
];

fn main() {
    println!("cargo::rerun-if-changed=css/shorten.rs");
    strings::build(&SOURCES).unwrap_or_else(|problems| fail(&problems));
    let styles: String = STYLES.iter().map(|path| shorten::shorten(&read(path))).collect();
    write("panel.css", &styles);
}

fn read(path: &str) -> String {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path)
        .unwrap_or_else(|error| fail(&[format!("{path}: {error}: restore the file from version control")]))
}

fn write(name: &str, text: &str) {
    let out = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join(name);
    if let Err(error) = fs::write(&out, text) {
        fail(&[format!("{}: {error}: make the folder writable", out.display())]);
    }
}

fn fail(problems: &[String]) -> ! {
    for problem in problems {
        println!("cargo::error={problem}");
    }
    exit(1)
}
