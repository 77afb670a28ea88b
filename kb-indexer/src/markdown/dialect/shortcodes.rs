//! Hugo's shortcodes: `{{< name "value" key="value" >}}`.

use super::{BY_NAME, Foreign, Found, Source, destination, plain, window};

/// A shortcode that is longer than this is none.
const MAX_BYTES: usize = 4 * 1024;

/// A shortcode's words: what stands alone and what has a key.
#[derive(Debug, Default, PartialEq, Eq)]
struct Values<'t> {
    alone: Vec<&'t str>,
    named: Vec<(&'t str, &'t str)>,
}

impl<'t> Values<'t> {
    fn named(&self, key: &str) -> Option<&'t str> {
        self.named.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }
}

/// Takes the shortcode that begins at `start`.
pub(super) fn take(source: &Source<'_>, start: usize, found: &mut Found) -> Option<usize> {
    let text = source.text;
    let rest = window(&text[start..], MAX_BYTES);
    let end_mark = if rest.starts_with("{{<") {
        ">}}"
    } else if rest.starts_with("{{%") {
        "%}}"
    } else {
        return None;
    };
    let length = rest[3..].find(end_mark)? + 6;
    let end = start + length;
    let inside = rest[3..length - 3].trim();
    if let Some(shown) = inside.strip_prefix("/*").and_then(|inside| inside.strip_suffix("*/")) {
        // Written so that Hugo shows it.
        found.replace(start, end, plain(&format!("{} {} {end_mark}", &rest[..3], shown.trim())));
        return Some(end);
    }
    let is_closing = inside.starts_with('/');
    let inside = inside.trim_start_matches('/').trim_end_matches('/').trim();
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_end);
    if name.is_empty() || name.chars().count() > 60 {
        return None;
    }
    let values = values(rest);
    let with = match name {
        "ref" | "relref" => link(text, start, &values)?,
        "figure" | "img" if values.named("src").or(values.alone.first().copied()).is_some() => figure(&values),
        "highlight" if source.is_alone(start, end) => match values.alone.first() {
            Some(language) if !is_closing => format!("```{}", language.replace(['`', '\n'], "")),
            _ => "```".to_owned(),
        },
        _ => {
            found.tell(Foreign::Shortcode(name.to_owned()), start);
            String::new()
        }
    };
    found.replace(start, end, with);
    Some(end)
}

/// `ref` and `relref` give an address: as the destination of a link, or as a link of their own.
fn link(text: &str, start: usize, values: &Values<'_>) -> Option<String> {
    let path = values.named("path").or(values.alone.first().copied())?;
    let named = format!("{BY_NAME}{path}");
    let before = &text[..start];
    Some(if before.ends_with("](") || before.trim_end_matches(' ').ends_with("]:") {
        destination(&named)
    } else if before.ends_with("](<") || before.ends_with(['"', '\'']) {
        named.replace(['"', '\'', '<', '>', '\n'], "")
    } else {
        format!("[{}]({})", plain(path), destination(&named))
    })
}

fn figure(values: &Values<'_>) -> String {
    let source = values.named("src").or(values.alone.first().copied()).unwrap_or("");
    let caption = values.named("caption").or(values.named("title")).unwrap_or("");
    let alt = values.named("alt").unwrap_or(caption);
    let picture = format!("![{}]({})", plain(alt), destination(source));
    if caption.is_empty() || caption == alt { picture } else { format!("{picture}<br>{}", plain(caption)) }
}

fn values(text: &str) -> Values<'_> {
    let mut values = Values::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let key_end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        let key = match rest[key_end..].strip_prefix('=') {
            Some(value) if key_end > 0 => {
                let key = &rest[..key_end];
                rest = value;
                Some(key)
            }
            _ => None,
        };
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '`' | '\''));
        let value = match quote.and_then(|quote| rest[1..].split_once(quote)) {
            Some((value, after)) => {
                rest = after;
                value
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let (value, after) = rest.split_at(end);
                rest = after;
                value
            }
        };
        match key {
            Some(key) => values.named.push((key, value)),
            None => values.alone.push(value),
        }
        rest = rest.trim_start();
    }
    values
}
