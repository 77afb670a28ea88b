//! Origins: who may speak with the desk from a browser. They are compared as they stand, byte by byte: whatever is
//! spelled otherwise than browsers spell it is another origin.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::{HeaderMap, HeaderValue, header::ORIGIN};

/// An origin exactly as browsers write it in the header `Origin`: scheme, host and, where it is not the scheme's own,
/// port. Lower case, no path, no slash at the end; hosts beyond ASCII in their `xn--` form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// A text that is no origin, or not as browsers write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadOrigin(String);

const EXAMPLE: &str = "write it as browsers do: scheme and host, and a port only where it is not the scheme's own, \
    as in \"https://www.example\" or \"http://127.0.0.1:8080\"";

impl Origin {
    /// Reads an origin.
    ///
    /// # Errors
    /// [`BadOrigin`], with what to write instead, where the text is not exactly as browsers would write it.
    pub fn parse(text: &str) -> Result<Self, BadOrigin> {
        if is_canonical(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(BadOrigin(match simplified(text) {
            Some(instead) => format!("`{text}` is not an origin as browsers write it: write \"{instead}\""),
            None if text == "*" => "`*` would let every site in: list the origins of your own pages".to_owned(),
            None => format!("`{text}` is not an origin: {EXAMPLE}"),
        }))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// The same place for WebSockets: `wss://…` or `ws://…`.
    pub fn socket(&self) -> String {
        self.0.replacen("http", "ws", 1)
    }

    /// The host, with neither port nor brackets.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, authority)| authority);
        match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_canonical(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let own_port = match scheme {
        "http" => 80,
        "https" => 443,
        _ => return false,
    };
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((inside, "")) => (inside, None),
            Some((inside, rest)) => match rest.strip_prefix(':') {
                Some(port) => (inside, Some(port)),
                None => return false,
            },
            None => return false,
        },
        None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    let port_is_fine = port.is_none_or(|port| {
        // The comparison with the number's own form refuses leading zeros and signs.
        port.parse::<u16>().is_ok_and(|n| n != 0 && n != own_port && n.to_string() == port)
    });
    let host_is_fine = if authority.starts_with('[') {
        host.parse::<Ipv6Addr>().is_ok_and(|address| address.to_string() == host)
    } else {
        is_host(host)
    };
    port_is_fine && host_is_fine
}

/// A name of lower-case labels, or an IPv4 address with four numbers.
fn is_host(host: &str) -> bool {
    let labels_are_fine = host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
        });
    // Browsers read a host whose last label is a number as an IPv4 address.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    labels_are_fine && (!is_number || host.parse::<Ipv4Addr>().is_ok())
}

/// What was probably meant.
fn simplified(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let (scheme, rest) = lower.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.strip_suffix(if scheme == "https" { ":443" } else { ":80" }).unwrap_or(authority);
    let origin = format!("{scheme}://{}", authority.trim_end_matches('.'));
    is_canonical(&origin).then_some(origin)
}

/// The origins that may speak with this desk.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    desk: Origin,
    others: Vec<Origin>,
}

/// What a request says of its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Nothing.
    Absent,
    /// The desk's own pages.
    Desk,
    /// Another page that is on the list.
    Listed,
    /// Anything else.
    Foreign,
}

impl Origins {
    pub(crate) fn new(desk: Origin, others: Vec<Origin>) -> Self {
        let others = others.into_iter().filter(|other| *other != desk).collect();
        Self { desk, others }
    }

    /// The desk's own.
    pub(crate) fn desk(&self) -> &Origin {
        &self.desk
    }

    /// All that may open the visitors' routes, the desk's own first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.desk).chain(&self.others).map(Origin::as_str)
    }

    /// What a request claims. Two headers are one too many, even where they say the same.
    pub(crate) fn claim(&self, headers: &HeaderMap) -> Claim {
        let mut values = headers.get_all(ORIGIN).iter().map(HeaderValue::as_bytes);
        match (values.next(), values.next()) {
            (None, _) => Claim::Absent,
            (Some(value), None) if value == self.desk.0.as_bytes() => Claim::Desk,
            (Some(value), None) if self.others.iter().any(|other| value == other.0.as_bytes()) => Claim::Listed,
            _ => Claim::Foreign,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_as_browsers_write_them() {
        let good = |text: &str| assert_eq!(Origin::parse(text).unwrap().as_str(), text);
        good("https://desk.example");
        good("http://desk.example:8081");
        good("https://desk.example:80");
        good("http://127.0.0.1:8081");
        good("http://[::1]:8081");
        good("http://localhost");
        good("https://xn--bj0bj06e.example");
        good("https://a_b.example");
    }

    #[test]
    fn all_else_is_told_what_to_write() {
        let check = |text: &str, part: &str| {
            let error = Origin::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text:?}: {error}");
        };
        check("https://desk.example/", "write \"https://desk.example\"");
        check("https://desk.example/chat/?a#b", "write \"https://desk.example\"");
        check("HTTPS://Desk.Example", "write \"https://desk.example\"");
        check("https://desk.example:443", "write \"https://desk.example\"");
        check("http://desk.example:80", "write \"http://desk.example\"");
        check("https://desk.example.", "write \"https://desk.example\"");
        check(" https://desk.example", "write \"https://desk.example\"");
        check("*", "every site");
        for text in [
            "",
            "null",
            "desk.example",
            "//desk.example",
            "ftp://desk.example",
            "file://",
            "https://",
            "https:// ",
            "https://*.example",
            "https://me@desk.example",
            "https://desk.example:0",
            "https://desk.example:080",
            "https://desk.example:99999",
            "https://desk.example:",
            "https://도움.example",
            "https://desk%2eexample",
            "https://desk..example",
            "https://1.2.3",
            "https://1.2.3.999",
            "https://0x7f.1",
            "https://[::1",
            "https://[::0001]",
            "https://[::1]x",
        ] {
            check(text, "is not an origin: ");
        }
    }

    #[test]
    fn parts() {
        let origin = Origin::parse("https://desk.example:8443").unwrap();
        assert_eq!((origin.host(), origin.socket().as_str()), ("desk.example", "wss://desk.example:8443"));
        assert!(origin.is_https());
        let origin = Origin::parse("http://[::1]:8081").unwrap();
        assert_eq!((origin.host(), origin.socket().as_str()), ("::1", "ws://[::1]:8081"));
        assert!(!origin.is_https());
    }

    #[test]
    fn claims() {
        let origins = Origins::new(
            Origin::parse("https://desk.example").unwrap(),
            vec![Origin::parse("https://www.example").unwrap(), Origin::parse("https://desk.example").unwrap()],
        );
        assert_eq!(origins.all().collect::<Vec<_>>(), ["https://desk.example", "https://www.example"]);
        let check = |values: &[&'static str], expected| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(ORIGIN, HeaderValue::from_static(value));
            }
            assert_eq!(origins.claim(&headers), expected, "{values:?}");
        };
        check(&[], Claim::Absent);
        check(&["https://desk.example"], Claim::Desk);
        check(&["https://www.example"], Claim::Listed);
        check(&["https://WWW.example"], Claim::Foreign);
        check(&[""], Claim::Foreign);
        check(&["null"], Claim::Foreign);
        check(&["https://desk.example", "https://desk.example"], Claim::Foreign);
        check(&["https://desk.example, https://desk.example"], Claim::Foreign);
    }
}
