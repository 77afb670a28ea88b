//! Page patterns of suggestions: `*` stands for any run of characters, everything else for itself.

/// Whether the whole path fits the pattern.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // The latest star, and where in the path what follows it was last tried.
    let mut star: Option<(usize, usize)> = None;
    while seen < path.len() {
        match (pattern.get(at), star) {
            (Some(b'*'), _) => {
                star = Some((at, seen));
                at += 1;
            }
            (Some(byte), _) if path.get(seen) == Some(byte) => {
                at += 1;
                seen += 1;
            }
            // It did not fit there: the star takes one more.
            (_, Some((place, tried))) => {
                star = Some((place, tried + 1));
                at = place + 1;
                seen = tried + 1;
            }
            _ => return false,
        }
    }
    pattern.iter().skip(at).all(|byte| *byte == b'*')
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
