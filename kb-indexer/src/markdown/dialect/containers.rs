//! Blocks between lines of colons: `:::note Title` up to `:::`. They become block quotes with the mark of an alert.

use super::{Foreign, Found, Source, destination, jsx::attribute, plain};

/// Deeper ones are passed over: readers cannot follow either.
const MAX_OPEN: usize = 32;

enum Shape {
    /// A quote; its lines get `> `.
    Alert(&'static str),
    /// What opens on demand.
    Details,
    /// Only its content counts.
    Plain,
}

fn shape(name: &str) -> Shape {
    match name {
        "note" | "info" | "secondary" | "abstract" | "seealso" => Shape::Alert("NOTE"),
        "tip" | "success" | "hint" => Shape::Alert("TIP"),
        "important" => Shape::Alert("IMPORTANT"),
        "warning" | "attention" => Shape::Alert("WARNING"),
        "caution" | "danger" | "error" => Shape::Alert("CAUTION"),
        "details" => Shape::Details,
        _ => Shape::Plain,
    }
}

struct Open {
    colons: usize,
    indent: usize,
    shape: Shape,
}

/// A line that begins with colons.
struct Fence<'t> {
    indent: usize,
    colons: usize,
    rest: &'t str,
}

/// Finds the containers of `source`.
pub(super) fn find(source: &Source<'_>, found: &mut Found) {
    if !source.text.contains(":::") {
        return;
    }
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches('\n');
        let indent = line.len() - line.trim_start().len();
        let is_code = source.is_code(start + indent);
        if !is_code && !line.trim().is_empty() {
            // The list that it stood in has ended.
            while open.last().is_some_and(|container| indent < container.indent) {
                open.pop();
            }
        }
        let fence = if is_code { None } else { fence(line) };
        match fence {
            Some(fence) if fence.rest.is_empty() && !open.is_empty() => close(&mut open, &fence, start, line, found),
            Some(fence) if is_leaf(&fence) => leaf(&fence, start, line, &open, found),
            Some(fence) if open.len() < MAX_OPEN && name(fence.rest).is_some() => {
                begin(&mut open, &fence, start, line, found);
            }
            _ => found.prefix(start, line, &open),
        }
    }
}

fn fence(line: &str) -> Option<Fence<'_>> {
    let text = line.trim_start();
    let rest = text.trim_start_matches(':');
    let colons = text.len() - rest.len();
    (colons >= 3).then(|| Fence { indent: line.len() - text.len(), colons, rest: rest.trim() })
}

/// The name of a container and its title: `note Title`, `note[Title]`, `{.note}`.
fn name(rest: &str) -> Option<(String, &str)> {
    if let Some(attributes) = rest.strip_prefix('{') {
        let class = attributes.split(['.', '}', ' ']).find(|part| !part.is_empty())?;
        return Some((class.to_lowercase(), ""));
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
    let (name, title) = rest.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || name.len() > 40 {
        return None;
    }
    let title = match title.trim_start().strip_prefix('[').and_then(|label| label.split_once(']')) {
        Some((label, _)) => label,
        None => title.split('{').next().unwrap_or(""),
    };
    Some((name.to_lowercase(), title.trim()))
}

/// What Microsoft's articles have: a directive that ends on its line, `:::image source="a.png" alt-text="…":::`, or one
/// that another line ends, `:::moniker range="…"` and `:::moniker-end`.
fn is_leaf(fence: &Fence<'_>) -> bool {
    let name = name(fence.rest).map(|(name, _)| name).unwrap_or_default();
    fence.rest.ends_with(":::") || name.ends_with("-end") || matches!(name.as_str(), "moniker" | "zone")
}

fn leaf(fence: &Fence<'_>, start: usize, line: &str, open: &[Open], found: &mut Found) {
    let rest = fence.rest.trim_end_matches(':');
    let name = name(rest).map(|(name, _)| name).unwrap_or_default();
    found.prefix(start, line, open);
    let with = match attribute(rest, "source") {
        Some(source) if name == "image" => {
            let alt = attribute(rest, "alt-text").unwrap_or("");
            format!("![{}]({})", plain(alt), destination(source))
        }
        _ => {
            let arranges = ["row", "column", "moniker", "zone", "image"];
            if !arranges.contains(&name.trim_end_matches("-end")) {
                found.tell(Foreign::Container(name), start + fence.indent);
            }
            String::new()
        }
    };
    found.replace(start + fence.indent, start + line.len(), with);
}

fn begin(open: &mut Vec<Open>, fence: &Fence<'_>, start: usize, line: &str, found: &mut Found) {
    let Some((name, title)) = name(fence.rest) else { return };
    let shape = shape(&name);
    let at = start + fence.indent;
    found.prefix(start, line, open);
    let with = match &shape {
        Shape::Alert(kind) if title.is_empty() => format!("> [!{kind}]"),
        // The title is the first line of the quote; a line of its own would need a newline.
        Shape::Alert(kind) => {
            let prefix = prefix(open, fence.indent);
            format!("> [!{kind}]\n{prefix}> **{}**\n{prefix}>", plain(title))
        }
        Shape::Details => {
            let prefix = prefix(open, fence.indent);
            let title = if title.is_empty() { "…" } else { title };
            format!("<details><summary>{}</summary>\n{prefix}", escape(title))
        }
        Shape::Plain => {
            found.tell(Foreign::Container(name), at);
            String::new()
        }
    };
    found.replace(at, start + line.len(), with);
    open.push(Open { colons: fence.colons, indent: fence.indent, shape });
}

/// A line of colons ends the innermost container that was opened with as many; else the innermost one that was opened
/// with fewer.
fn close(open: &mut Vec<Open>, fence: &Fence<'_>, start: usize, line: &str, found: &mut Found) {
    let same = open.iter().rposition(|container| container.colons == fence.colons);
    let fewer = || open.iter().rposition(|container| container.colons < fence.colons);
    let Some(which) = same.or_else(fewer) else {
        return found.prefix(start, line, open);
    };
    let details = open[which..].iter().filter(|container| matches!(container.shape, Shape::Details)).count();
    open.truncate(which);
    found.prefix(start, line, open);
    let end = if details > 0 {
        let prefix = prefix(open, fence.indent);
        format!("\n{prefix}{}\n{prefix}", "</details>".repeat(details))
    } else {
        String::new()
    };
    found.replace(start + fence.indent, start + line.len(), end);
}

/// What a line inside `open` begins with, up to the column `indent`.
fn prefix(open: &[Open], indent: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for container in open {
        if matches!(container.shape, Shape::Alert(_)) {
            out.push_str(&" ".repeat(container.indent.saturating_sub(column)));
            column = column.max(container.indent);
            out.push_str("> ");
        }
    }
    out.push_str(&" ".repeat(indent.saturating_sub(column)));
    out
}

impl Found {
    /// Puts the marks of the open quotes into a line, each at the column where its container began.
    fn prefix(&mut self, start: usize, line: &str, open: &[Open]) {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let mut column = 0;
        for container in open.iter().filter(|container| matches!(container.shape, Shape::Alert(_))) {
            let place = container.indent.min(blanks);
            // A blank line, or one of code that stands further left, has not that many blanks.
            let missing = container.indent.saturating_sub(place.max(column));
            let with = format!("{}> ", " ".repeat(missing));
            self.replace(start + place, start + place, with);
            column = column.max(container.indent);
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
