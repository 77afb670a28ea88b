//! Short names on the border between WebAssembly and its JavaScript.
//!
//! wasm-bindgen names every import, and the exports that closures come through, after their function and hashes of 16
//! digits. The names stand in both files, and hashes do not compress: in the bubble they are a twentieth of all that a
//! visitor downloads. Nobody else uses them.

use anyhow::{Context, anyhow};
use walrus::ModuleConfig;

use crate::table::prune;

/// Gives a module's imports, and its exports that have a hash in their name, names of one or two letters, in both files.
/// The list of features that the module needs goes too: wasm-bindgen has read it, and no browser does; and so do functions
/// that nothing calls.
///
/// # Errors
/// Where the module cannot be parsed, or a name is not found in the JavaScript.
pub(crate) fn shorten(wasm: &[u8], js: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm).map_err(|error| anyhow!("cannot parse the module: {error:#}"))?;
    module.customs.remove_raw("target_features");
    prune(&mut module)?;
    let mut js = js.to_owned();
    let mut next = 0;
    for import in module.imports.iter_mut() {
        let short = short_name(&mut next, &js);
        js = renamed(&js, &import.name, &short)?;
        import.name = short;
    }
    for export in module.exports.iter_mut().filter(|export| has_hash(&export.name)) {
        let short = short_name(&mut next, &js);
        js = renamed(&js, &export.name, &short)?;
        export.name = short;
    }
    Ok((module.emit_wasm(), js))
}

/// wasm-bindgen's hashes: 16 hexadecimal digits, after an `h` in some names.
fn has_hash(name: &str) -> bool {
    name.as_bytes().windows(16).any(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// The next name that is no word of the script.
fn short_name(next: &mut usize, js: &str) -> String {
    loop {
        let mut number = *next;
        *next += 1;
        let mut name = String::from("$");
        loop {
            name.push(char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]));
            number /= 26;
            if number == 0 {
                break;
            }
        }
        if !js.contains(&name) {
            return name;
        }
    }
}

/// `js` with every whole word `name` replaced.
fn renamed(js: &str, name: &str, short: &str) -> anyhow::Result<String> {
    let is_word =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'));
    let bytes = js.as_bytes();
    let mut out = String::with_capacity(js.len());
    let mut from = 0;
    for (at, _) in js.match_indices(name) {
        let end = at + name.len();
        if at < from || is_word(at.checked_sub(1).and_then(|before| bytes.get(before))) || is_word(bytes.get(end)) {
            continue;
        }
        out.push_str(&js[from..at]);
        out.push_str(short);
        from = end;
    }
    out.push_str(&js[from..]);
    (from > 0).then_some(out).with_context(|| format!("`{name}` is not in the JavaScript that wasm-bindgen wrote"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_alone() {
        let check = |js: &str, expected: Option<&str>| {
            assert_eq!(renamed(js, "__wbg_a", "$a").ok().as_deref(), expected, "{js}")
        };
        check("{ __wbg_a: function() {} }", Some("{ $a: function() {} }"));
        check("wasm.__wbg_a(__wbg_ab, x__wbg_a)", Some("wasm.$a(__wbg_ab, x__wbg_a)"));
        check("__wbg_ab", None);
    }

    #[test]
    fn names_are_new_words() {
        let mut next = 0;
        assert_eq!(short_name(&mut next, ""), "$a");
        assert_eq!(short_name(&mut next, "$b = 1"), "$c");
        next = 26;
        assert_eq!(short_name(&mut next, ""), "$ab");
    }

    #[test]
    fn hashes() {
        assert!(has_hash("wasm_bindgen__convert__closures_____invoke__h012b23038715f722"));
        assert!(has_hash("wasm_bindgen_1686652f377147aa___convert__closures_____invoke_______true_"));
        assert!(!has_hash("__wbindgen_malloc"));
        assert!(!has_hash("panel_open"));
    }
}
