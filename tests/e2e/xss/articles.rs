//! Articles that carry hostile strings in every part.

use std::{fmt::Write as _, fs, path::Path};

use super::Hostile;

/// Strings in an article beside those that were written for its body.
const IN_ARTICLE: usize = 14;
/// Longer texts get articles of their own: front matter has a largest size.
const LONG: usize = 20_000;

/// A text in double quotes, as YAML has them.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            ' '..='~' => out.push(char),
            _ if char.is_alphanumeric() => out.push(char),
            _ => drop(write!(out, "\\U{:08X}", u32::from(char))),
        }
    }
    out + "\""
}

/// A text of one line that Markdown takes as it is.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        if char.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if char.is_control() { ' ' } else { char });
    }
    out
}

/// More of the sign than the text has in a row.
fn fence(text: &str, sign: char) -> String {
    let longest = text.split(|char| char != sign).map(str::len).max().unwrap_or_default();
    sign.to_string().repeat(longest.max(2) + 1)
}

/// Every place of an article's body for one string.
fn body(out: &mut String, Hostile { id, string, .. }: &Hostile) {
    let line: String = string.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    let target: String = line.chars().filter(|char| !matches!(char, '<' | '>')).collect();
    let (text, block, code) = (plain(string), fence(string, '`'), fence(&line, '`'));
    let _ = write!(
        out,
        "## {line}\n\n## {text}\n\n![{text}](dot.png \"{text}\") ![{text}](gone.png) [{text}](<{target}> \"{text}\") \
         [word]({line})\n\n{code} {line} {code}\n\n{block}\n{string}\n{block}\n\nraw {id}\n\n"
    );
    // A quotation ends whatever a string has begun.
    for line in string.split(['\n', '\r']) {
        let _ = writeln!(out, "> {line}");
    }
    out.push('\n');
}

/// Articles that carry these strings in every part; the last once more at the end, where nothing is around it.
fn articles(strings: &[&Hostile]) -> Vec<String> {
    const KEYS: [&str; 5] = ["title", "description", "collection", "questions", "keywords"];
    let joined = strings.iter().map(|hostile| hostile.string.as_str()).collect::<Vec<_>>().join(" ");
    let mut parts: Vec<(&[&str], bool)> = KEYS.chunks(1).map(|key| (key, false)).chain([(&[][..], true)]).collect();
    if joined.len() <= LONG {
        parts = vec![(&KEYS, true)];
    }
    let article = |(keys, whole): (&[&str], bool)| {
        // Else the script of a string may put it among the articles of another language.
        let mut out = String::from("---\nlang: en\n");
        if !keys.contains(&"title") {
            out.push_str("title: Long\n");
        }
        for key in keys {
            let _ = write!(out, "{key}:");
            if *key == "questions" || *key == "keywords" {
                for Hostile { string, .. } in strings {
                    let _ = write!(out, "\n  - {}", quoted(string));
                }
                out.push('\n');
            } else {
                let _ = writeln!(out, " {}", quoted(&joined));
            }
        }
        out.push_str("---\n\nText.\n\n");
        if whole {
            strings.iter().for_each(|hostile| body(&mut out, hostile));
            if let Some(Hostile { string, .. }) = strings.last() {
                out.push_str(string);
            }
        }
        out
    };
    parts.into_iter().map(article).collect()
}

/// A picture of one dot.
const DOT: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\
    \0\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\0\0\0\0IEND\xaeB`\x82";

/// Writes articles and settings. Some articles are named by strings; those that are whole files stand in `whole/`.
pub(super) fn write_articles(root: &Path, strings: &[Hostile]) -> anyhow::Result<()> {
    let (boxes, whole) = (root.join("boxes"), root.join("whole"));
    fs::create_dir(&boxes)?;
    fs::create_dir(&whole)?;
    fs::write(boxes.join("dot.png"), DOT)?;
    let (last, rest): (Vec<&Hostile>, Vec<&Hostile>) = strings.iter().partition(|hostile| hostile.kind == "body");
    let (long, short): (Vec<&Hostile>, Vec<&Hostile>) = rest.iter().partition(|hostile| hostile.string.len() > 1000);
    let mut groups: Vec<Vec<&Hostile>> = long.chunks(1).chain(short.chunks(IN_ARTICLE)).map(<[_]>::to_vec).collect();
    let several = groups.len();
    for (at, hostile) in last.into_iter().enumerate() {
        if hostile.string.len() > 1000 { groups.push(vec![hostile]) } else { groups[at % several].push(hostile) }
    }
    let named = |hostile: &&Hostile| hostile.kind == "file-name" && !hostile.string.contains(['/', '\\', '\0']);
    let mut names = strings.iter().filter(named).map(|hostile| format!("{}.md", hostile.string));
    for (n, text) in groups.iter().flat_map(|group| articles(group)).enumerate() {
        let number = format!("{n:04}.md");
        let name = if n % 8 == 0 { names.next().filter(|name| name.len() < 200) } else { None };
        fs::write(boxes.join(name.unwrap_or(number)), text)?;
    }
    // A slug of more letters than a file's name can have ends the build, and is no matter of markup.
    let fits = |hostile: &&Hostile| hostile.kind == "front-matter" && hostile.id != "o0503";
    for Hostile { id, string, .. } in strings.iter().filter(fits) {
        fs::write(whole.join(format!("{id}.md")), string)?;
    }
    let third = |n: usize| {
        let all: Vec<&str> = strings.iter().skip(n).step_by(3).map(|hostile| hostile.string.as_str()).collect();
        quoted(&all.join(" "))
    };
    let names: String =
        strings.iter().filter(|hostile| hostile.kind == "name").map(|one| one.string.as_str()).collect();
    let settings = format!(
        "name = {}\nsite_url = \"/help/\"\ndefault_language = \"en\"\n[suggestions]\n\"/\" = [{}, {}, {}]\n\"*\" = [\"What?\"]\n",
        quoted(&names),
        third(0),
        third(1),
        third(2)
    );
    Ok(fs::write(root.join("kb.toml"), settings)?)
}
