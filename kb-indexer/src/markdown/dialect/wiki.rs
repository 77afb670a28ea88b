//! Wiki links: `[[page]]`, `[[page|words]]`, `[[page#section|words]]`; `![[picture.png]]`.

use super::{BY_NAME, Found, destination, plain, window};

/// A link that is longer than this is none.
const MAX_BYTES: usize = 500;

const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"];

/// Takes the link that begins at `start`.
pub(super) fn take(text: &str, start: usize, found: &mut Found) -> Option<usize> {
    let rest = window(&text[start..], MAX_BYTES);
    let inside = rest.strip_prefix("[[")?;
    let length = inside.find("]]")?;
    let after = &inside[length + 2..];
    let inside = &inside[..length];
    // `[[1]](address)` and `[[a]][b]` are links of Markdown; `[[ -f x ]]` is a condition of a shell.
    let is_wiki = !inside.is_empty()
        && inside.trim() == inside
        && !inside.contains(['[', ']', '\n'])
        && !after.starts_with(['(', '[', ':', ']']);
    if !is_wiki {
        return None;
    }
    // In tables the bar is escaped.
    let (page, words) = match inside.split_once('|') {
        Some((page, words)) => (page.trim_end_matches('\\'), Some(words)),
        None => (inside, None),
    };
    let page = page.trim();
    let end = start + 2 + length + 2;
    let is_picture = PICTURES.iter().any(|extension| page.to_lowercase().ends_with(extension));
    if text[..start].ends_with('!') && is_picture {
        // Behind the bar stands a description, or the width.
        let alt = words.filter(|words| words.trim().parse::<u32>().is_err()).unwrap_or("");
        found.replace(start, end, format!("[{}]({})", plain(alt), destination(page)));
        return Some(end);
    }
    let (name, section) = page.split_once('#').unwrap_or((page, ""));
    let shown = match words.map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => words.to_owned(),
        None if name.is_empty() => section.to_owned(),
        None => page.replace('#', " > "),
    };
    // A block of another tool, not a section.
    let section = if section.starts_with('^') { "" } else { section };
    let address = if section.is_empty() { name.to_owned() } else { format!("{name}#{section}") };
    let embed = text[..start].ends_with('!');
    // What another tool would show in place is a link here.
    let begin = if embed { start - 1 } else { start };
    found.replace(begin, end, format!("[{}]({})", plain(&shown), destination(&format!("{BY_NAME}{address}"))));
    Some(end)
}
