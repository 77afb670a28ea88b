//! The runner that cargo calls for each WebAssembly test file.

use std::ffi::OsString;

use wasm_bindgen_cli::wasm_bindgen_test_runner;

use crate::Outcome;

/// Runs one test file in a headless browser.
pub(crate) fn run(arguments: Vec<OsString>) -> Outcome {
    let program = OsString::from("wasm-runner");
    wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(program).chain(arguments))?;
    Ok(())
}
