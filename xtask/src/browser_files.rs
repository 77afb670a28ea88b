//! How the widget's files find each other: names are put into the loader and the worker.

use anyhow::{Context, bail};

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
}

/// Stands in the worker's shim for the engine's file.
const ENGINE: &str = "__ENGINE__";
/// Starts the line of the loader that is replaced.
const FILES: &str = "const FILES = {";

/// The worker: the engine's glue, then the shim.
pub(crate) fn worker(glue: &str, shim: &str, files: &Files) -> anyhow::Result<String> {
    if !shim.contains(ENGINE) {
        bail!("the worker's shim.js does not say {ENGINE}, so it cannot find its engine");
    }
    // The worker lies beside the engine.
    let name = files.engine.rsplit('/').next().unwrap_or_default();
    Ok(format!("{glue}\n{}", shim.replace(ENGINE, name)))
}

/// The loader with the names of this build.
pub(crate) fn loader(source: &str, files: &Files) -> anyhow::Result<String> {
    let start = source
        .find(FILES)
        .filter(|&at| at == 0 || source[..at].ends_with('\n'))
        .with_context(|| format!("loader.js has no line that begins with `{FILES}`"))?;
    let end = start + source[start..].find("};").context("the FILES of loader.js do not end with `};`")? + 2;
    let Files { bubble, engine, frame, module, worker } = files;
    let names = format!("{{bubble:{bubble:?},engine:{engine:?},frame:{frame:?},module:{module:?},worker:{worker:?}}}");
    Ok(format!("{}const FILES = {names};{}", &source[..start], &source[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        Files {
            bubble: "assets/bubble.1.js".into(),
            module: "assets/bubble.2.wasm".into(),
            worker: "assets/worker.3.js".into(),
            engine: "assets/engine.4.wasm".into(),
            frame: "assets/frame.5.js".into(),
        }
    }

    #[test]
    fn loader_gets_the_names() {
        let source = "// Names.\nconst FILES = { bubble: \"x\" };\nrun();\n";
        let expected = "// Names.\nconst FILES = {bubble:\"assets/bubble.1.js\",engine:\"assets/engine.4.wasm\",frame:\"assets/frame.5.js\",module:\"assets/bubble.2.wasm\",\
            worker:\"assets/worker.3.js\"};\nrun();\n";
        assert_eq!(loader(source, &files()).unwrap(), expected);
    }

    #[test]
    fn loader_without_names_is_refused() {
        assert!(loader("run();", &files()).is_err());
    }

    #[test]
    fn worker_gets_the_engine_beside_it() {
        let js = worker("glue();", "start(\"__ENGINE__\");", &files()).unwrap();
        assert_eq!(js, "glue();\nstart(\"engine.4.wasm\");");
        assert!(worker("glue();", "start();", &files()).is_err());
    }
}
