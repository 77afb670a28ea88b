//! Slugs and the addresses made of them.

use std::fmt::Write as _;

/// Path below the articles' folder, without extension.
pub(super) fn without_extension(path: &str) -> &str {
    let name_start = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name_start..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name_start + dot],
        _ => path,
    }
}

/// The folder that a file is in, without slashes around it.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

/// The address of a slug, relative to `site_url`; ends with `/`.
pub fn url(slug: &str) -> String {
    let mut url = String::with_capacity(slug.len() + 1);
    for byte in slug.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url.push('/');
    url
}

/// Resolves `%20` and the like; what is not UTF-8 afterwards stays as it was written.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let decoded = match (byte, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        match decoded {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// `path` seen from `folder`, with `.` and `..` resolved; `None` where it leads out of the articles' folder.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{folder, join, percent_decode, url, without_extension};

    #[test]
    fn paths_and_addresses() {
        assert_eq!(without_extension("en/a.b/reset.md"), "en/a.b/reset");
        assert_eq!(without_extension("en/a.b/reset"), "en/a.b/reset");
        assert_eq!(folder("en/a/reset.md"), "en/a");
        assert_eq!(folder("reset.md"), "");
        assert_eq!(url("ko/비밀번호 재설정"), "ko/%EB%B9%84%EB%B0%80%EB%B2%88%ED%98%B8%20%EC%9E%AC%EC%84%A4%EC%A0%95/");
        assert_eq!(percent_decode("a%20b%EA%B0%80%zz%"), "a b가%zz%");
        assert_eq!(percent_decode("%FF"), "%FF");
        assert_eq!(join("en/a", "../b/./c.md").as_deref(), Some("en/b/c.md"));
        assert_eq!(join("en", "../../c.md"), None);
    }
}
