//! Page patterns of suggestions: `*` stands for any run of characters, everything else for itself.

/// Whether the whole path fits the pattern.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        // The earliest place leaves the most for the parts to come.
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns() {
        let check = |pattern, fitting: &[&str], others: &[&str]| {
            for path in fitting {
                assert!(fits(pattern, path), "{pattern} {path}");
            }
            for path in others {
                assert!(!fits(pattern, path), "{pattern} {path}");
            }
        };
        check("/", &["/"], &["", "/a", "//"]);
        check("*", &["", "/", "/a/b"], &[]);
        check("/ko/*", &["/ko/", "/ko/a/b"], &["/ko", "/", "/a/ko/"]);
        check("*.html", &["/a.html", ".html"], &["/a.htm", "/a.html/"]);
        check("/*/pricing*", &["/en/pricing", "/a/b/pricing/x"], &["/pricing", "/en/price"]);
        check("a*a", &["aa", "aba"], &["a"]);
        check("/가격/*", &["/가격/월간"], &["/값/월간"]);
        check("**", &["", "x"], &[]);
        check("", &[""], &["/"]);
    }
}
