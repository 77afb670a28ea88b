//! How the widget's files find each other: names are put into the loader and the worker.

use anyhow::{Context, bail};
use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

/// Paths relative to `loader.js`.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The bubble's JavaScript.
    pub(crate) bubble: String,
    /// The bubble's WebAssembly.
    pub(crate) module: String,
    /// The worker's JavaScript.
    pub(crate) worker: String,
    /// The engine's WebAssembly.
    pub(crate) engine: String,
    /// The way to the desk's chat.
    pub(crate) frame: String,
    /// Checksum of the bubble's JavaScript, which knows the others'.
    pub(crate) seal: String,
}

/// Begins what wasm-bindgen starts a module with.
const LOAD: &str = "async function __wbg_load(";
/// Ends it.
const EXPORTS: &str = "export { initSync, __wbg_init as default }";
/// Stands in the worker's shim for the engine's file.
const ENGINE: &str = "__ENGINE__";
/// Stands there for the engine's checksum.
const SEAL: &str = "__SEAL__";
/// Stands in the bubble's script for the names and checksums of what it loads.
const LOADED: &str = "__FILES__";
/// Starts the line of the loader that is replaced.
const FILES: &str = "const FILES = {";

/// The glue without wasm-bindgen's own way to start a module, which is made for all ways in which one may be given: a tenth of
/// the script. What stands behind it starts the module from a response that was checked.
fn without_start(glue: &str) -> anyhow::Result<String> {
    let start = glue.find(LOAD).with_context(|| format!("the glue has no `{LOAD}`"))?;
    let end = glue.rfind(EXPORTS).filter(|end| *end > start).with_context(|| format!("the glue has no `{EXPORTS}`"))?;
    let end = end + glue[end..].find(';').context("the glue's exports do not end")? + 1;
    Ok([&glue[..start], &glue[end..]].concat())
}

/// A file's checksum as browsers take it for `integrity`.
pub(crate) fn seal(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(bytes)))
}

/// The bubble's script: the module's glue, then what begins before the module is there. `seals` are the checksums of worker,
/// module and frame.
pub(crate) fn bubble(glue: &str, begin: &str, files: &Files, seals: [&str; 3]) -> anyhow::Result<String> {
    if !begin.contains(LOADED) {
        bail!("begin.js does not say {LOADED}, so it cannot find and check what it loads");
    }
    // They lie beside it.
    let names = [&files.worker, &files.module, &files.frame].map(|path| path.rsplit('/').next().unwrap_or_default());
    let pairs: Vec<String> = names.iter().zip(seals).map(|(name, seal)| format!("[{name:?},{seal:?}]")).collect();
    let glue = without_start(glue)?;
    Ok(format!("{glue}\n{}", begin.replace(LOADED, &format!("[{}]", pairs.join(",")))))
}

/// The worker: the engine's glue, then the shim.
pub(crate) fn worker(glue: &str, shim: &str, files: &Files, engine: &str) -> anyhow::Result<String> {
    for name in [ENGINE, SEAL] {
        if !shim.contains(name) {
            bail!("the worker's shim.js does not say {name}, so it cannot find and check its engine");
        }
    }
    // The worker lies beside the engine.
    let name = files.engine.rsplit('/').next().unwrap_or_default();
    let glue = without_start(glue)?;
    Ok(format!("{glue}\n{}", shim.replace(ENGINE, name).replace(SEAL, engine)))
}

/// The loader with the names of this build.
pub(crate) fn loader(source: &str, files: &Files) -> anyhow::Result<String> {
    let start = source
        .find(FILES)
        .filter(|&at| at == 0 || source[..at].ends_with('\n'))
        .with_context(|| format!("loader.js has no line that begins with `{FILES}`"))?;
    let end = start + source[start..].find("};").context("the FILES of loader.js do not end with `};`")? + 2;
    let Files { bubble, engine, module, worker, seal, .. } = files;
    let names = format!("{{bubble:{bubble:?},engine:{engine:?},module:{module:?},worker:{worker:?},seal:{seal:?}}}");
    Ok(format!("{}const FILES = {names};{}", &source[..start], &source[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str =
        "glue();async function __wbg_load(module) { return 1; }\nexport { initSync, __wbg_init as default };";

    fn files() -> Files {
        Files {
            bubble: "assets/bubble.1.js".into(),
            module: "assets/bubble.2.wasm".into(),
            worker: "assets/worker.3.js".into(),
            engine: "assets/engine.4.wasm".into(),
            frame: "assets/frame.5.js".into(),
            seal: "sha256-6".into(),
        }
    }

    #[test]
    fn loader_gets_the_names() {
        let source = "// Names.\nconst FILES = { bubble: \"x\" };\nrun();\n";
        let expected = "// Names.\nconst FILES = {bubble:\"assets/bubble.1.js\",engine:\"assets/engine.4.wasm\",module:\"assets/bubble.2.wasm\",\
            worker:\"assets/worker.3.js\",seal:\"sha256-6\"};\nrun();\n";
        assert_eq!(loader(source, &files()).unwrap(), expected);
    }

    #[test]
    fn loader_without_names_is_refused() {
        assert!(loader("run();", &files()).is_err());
    }

    #[test]
    fn worker_gets_the_engine_beside_it() {
        let js = worker(GLUE, "start(\"__ENGINE__\", \"__SEAL__\");", &files(), "sha256-7").unwrap();
        assert_eq!(js, "glue();\nstart(\"engine.4.wasm\", \"sha256-7\");");
        assert!(worker(GLUE, "start();", &files(), "").is_err());
        assert!(worker("glue();", "start(\"__ENGINE__\", \"__SEAL__\");", &files(), "").is_err());
    }

    #[test]
    fn bubble_gets_the_checksums() {
        let js = bubble(GLUE, "const all = __FILES__;", &files(), ["a", "b", "c"]).unwrap();
        assert_eq!(
            js,
            "glue();\nconst all = [[\"worker.3.js\",\"a\"],[\"bubble.2.wasm\",\"b\"],[\"frame.5.js\",\"c\"]];"
        );
        assert!(bubble(GLUE, "", &files(), ["a", "b", "c"]).is_err());
        // Of nothing, as `openssl dgst -sha256 -binary | base64` has it.
        assert_eq!(seal(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
