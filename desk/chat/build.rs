//! Compiles the strings of `src/text/*.ftl` into Rust, so that nothing of Fluent runs in the browser.

use std::process::exit;

/// Variant of `Lang` and the file that holds its strings; the first is the one that the others are held against.
const SOURCES: [(&str, &str); 2] = [("En", "src/text/en.ftl"), ("Ko", "src/text/ko.ftl")];

fn main() {
    if let Err(problems) = strings::build(&SOURCES) {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        exit(1)
    }
}
