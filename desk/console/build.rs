//! Compiles the strings of `src/text/*.ftl` into Rust.

use std::process::exit;

fn main() {
    if let Err(problems) = strings::build(&[("En", "src/text/en.ftl"), ("Ko", "src/text/ko.ftl")]) {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        exit(1)
    }
}
