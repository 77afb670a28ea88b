//! Addresses in what people write. Only plain `http://` and `https://` ones become links, and a link shows all of its
//! address: what one reads is where one goes.

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Text.
    Text(&'t str),
    /// An address.
    Link(&'t str),
}

/// The parts of a text; joined they are the text.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|text| text.find("http")).map(|at| from + at) {
        let (before, address) = (&rest[..at], &rest[at..]);
        let inside_word = before.chars().next_back().is_some_and(char::is_alphanumeric);
        match link(address).filter(|_| !inside_word) {
            Some(length) => {
                if !before.is_empty() {
                    parts.push(Part::Text(before));
                }
                parts.push(Part::Link(&address[..length]));
                rest = &address[length..];
                from = 0;
            }
            None => from = at + "http".len(),
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// Bytes of the address with which a text begins.
fn link(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    // Printable ASCII only: letters that look like others, and marks that turn the direction of reading, make no link.
    let whole = text.find(|char: char| !char.is_ascii_graphic() || "\"<>\\^`{|}".contains(char)).unwrap_or(text.len());
    if text[whole..].starts_with(is_unseen) {
        return None;
    }
    let mut address = &text[..whole];
    // What ends a sentence or a parenthesis is not of the address.
    loop {
        let spare = |open, close| address.matches(close).count() > address.matches(open).count();
        let shorter = match address.chars().next_back()? {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => true,
            ')' => spare('(', ')'),
            ']' => spare('[', ']'),
            _ => false,
        };
        if !shorter {
            break;
        }
        address = &address[..address.len() - 1];
    }
    let host = address.strip_prefix(scheme)?.split(['/', '?', '#']).next()?;
    is_host(host).then_some(address.len())
}

/// Whether it is a name or a number of IP with at most a port. A name and a password before it would let it look like another.
fn is_host(host: &str) -> bool {
    let (is_name, port) = match host.strip_prefix('[').map(|rest| rest.split_once(']')) {
        Some(Some((number, port))) => (number.parse::<std::net::Ipv6Addr>().is_ok(), port),
        Some(None) => return false,
        None => {
            let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
            (plain && name.starts_with(|char: char| char.is_ascii_alphanumeric()), port)
        }
    };
    // `parse` would take a sign.
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    is_name && (port.is_empty() || port.strip_prefix(':').is_some_and(is_number))
}

/// Characters that take no room or turn the direction of reading.
fn is_unseen(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = parts(text)
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => text.to_owned(),
                Part::Link(address) => format!("<{address}>"),
            })
            .collect();
        assert_eq!(found.concat(), expected);
    }

    #[test]
    fn links() {
        check("", "");
        check("no link", "no link");
        check("see https://a.example/b?c=d#e.", "see <https://a.example/b?c=d#e>.");
        check("http://a.example, http://b.example", "<http://a.example>, <http://b.example>");
        check("(https://a.example/x_(y))", "(<https://a.example/x_(y)>)");
        check("(https://a.example)", "(<https://a.example>)");
        check("[https://[::1]:80/]", "[<https://[::1]:80/>]");
        check("https://a.example:8443/b", "<https://a.example:8443/b>");
        check("https://a.example/문서 보기", "<https://a.example/>문서 보기");
        check("여기https://a.example", "여기https://a.example");
        check("여기: https://a.example에서", "여기: <https://a.example>에서");
        check("https://a.example\nhttps://b.example", "<https://a.example>\n<https://b.example>");
    }

    #[test]
    fn what_is_no_link() {
        for text in [
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)//http",
            "data:text/html,https",
            "xhttps://a.example",
            "http:",
            "http://",
            "https://.",
            "https:///a",
            "http://evil.example:[key",
            "http://evil.example:65536/",
            "http://evil.example:+1/",
            "https://a.example:80:80/",
            "https://[::1",
            "https://[a.example]/",
            "https://[]/",
            "https://bank.example@evil.example/",
            "https://user:pass@a.example",
            "https://xn\u{202e}elpmaxe.a/",
            "HTTPS://A.EXAMPLE",
            "http\u{200b}://a.example",
        ] {
            let links: Vec<_> = parts(text).into_iter().filter(|part| matches!(part, Part::Link(_))).collect();
            assert_eq!(links, [], "{text}");
        }
    }

    #[test]
    fn joined_parts_are_the_text() {
        let pieces = ["http", "https://", "a.b", "://", ".", "(", ")", "가", "\u{202e}", " ", "\n", "@", "[", "]", "/"];
        let mut state = 7_u64;
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let joined: String = parts(&text)
                .into_iter()
                .map(|part| match part {
                    Part::Text(text) => text,
                    Part::Link(address) => {
                        assert!(address.starts_with("http://") || address.starts_with("https://"));
                        address
                    }
                })
                .collect();
            assert_eq!(joined, text);
        }
    }
}
