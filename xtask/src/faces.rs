//! The desk's two faces, chat and console, as files that the desk embeds: a page, a start script, styles and a module.

use anyhow::{Context, ensure};

use crate::assets::{Assets, Role};
use crate::strip::strip;
use crate::wasm;
use crate::workspace::Workspace;

/// A face: crate folder below `desk/`, name of its library, role of its files.
const FACES: [(&str, &str, Role); 2] = [("chat", "desk_chat", Role::Chat), ("console", "desk_console", Role::Console)];

/// Their packages.
pub(crate) const PACKAGES: [&str; 2] = ["desk-chat", "desk-console"];

/// Adds the files of both faces below `desk/`; they must be compiled. Addresses in them are absolute paths of the desk.
pub(crate) fn add(workspace: &Workspace, assets: &mut Assets) -> anyhow::Result<()> {
    for (name, library, role) in FACES {
        let folder = workspace.path("desk").join(name).join("src");
        let read = |file: &str| {
            let path = folder.join(file);
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let module = wasm::bind(workspace, library, &[])?;
        let wasm = assets.add_hashed(&format!("desk/assets/{name}"), "wasm", role, module.wasm);
        let js = assets.add_hashed(&format!("desk/assets/{name}"), "js", role, strip(&module.js).into_bytes());
        let start = filled(&read("start.js")?, &[("__MODULE__", &address(&js)), ("__WASM__", &address(&wasm))])
            .with_context(|| format!("{name}: start.js"))?;
        let start = assets.add_hashed(&format!("desk/assets/{name}-start"), "js", role, strip(&start).into_bytes());
        let style = assets.add_hashed(&format!("desk/assets/{name}"), "css", Role::Style, styles(&folder)?);
        let page = filled(&read("page.html")?, &[("__SCRIPT__", &address(&start)), ("__STYLE__", &address(&style))])
            .with_context(|| format!("{name}: page.html"))?;
        assets.add(&format!("desk/{name}.html"), role, page.into_bytes());
    }
    Ok(())
}

/// Where the desk serves one of these files.
fn address(path: &str) -> String {
    path.trim_start_matches("desk").to_owned()
}

/// A text with each token replaced; a token that is missing is an error, for then a face would not find its files.
fn filled(text: &str, tokens: &[(&str, &String)]) -> anyhow::Result<String> {
    let mut text = text.to_owned();
    for (token, value) in tokens {
        ensure!(text.contains(token), "it does not say {token}");
        text = text.replace(token, value);
    }
    Ok(text)
}

/// The style sheets of a face in the order of their names.
fn styles(folder: &std::path::Path) -> anyhow::Result<Vec<u8>> {
    let folder = folder.join("style");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    files.sort();
    let mut text = Vec::new();
    for file in files {
        text.extend(std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_desks() {
        assert_eq!(address("desk/assets/chat.0.js"), "/assets/chat.0.js");
    }

    #[test]
    fn tokens_are_needed() {
        let js = "/a.js".to_owned();
        assert_eq!(filled("import \"__MODULE__\"", &[("__MODULE__", &js)]).unwrap(), "import \"/a.js\"");
        assert!(filled("import", &[("__MODULE__", &js)]).is_err());
    }
}
