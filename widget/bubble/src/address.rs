//! Addresses that come from outside: which may become a link.

use crate::text::before;

/// Schemes that a link may have. Scripts, data and files are not among them.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a link may lead there: a known scheme, or a place relative to the page.
pub(crate) fn allowed(address: &str) -> bool {
    // Browsers drop these before they look for a scheme.
    if address.chars().any(char::is_control) || address.trim() != address || address.is_empty() {
        return false;
    }
    let scheme = before(address, b":/?#");
    if address.as_bytes().get(scheme.len()) != Some(&b':') {
        return true;
    }
    SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Whether it is the address of a web server.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// How one gets in touch there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By e-mail.
    Mail,
    /// By telephone.
    Phone,
    /// On a page.
    Page,
}

/// How one gets in touch at this address.
pub(crate) fn way(address: &str) -> Way {
    let scheme = before(address, b":");
    if scheme.eq_ignore_ascii_case("mailto") {
        Way::Mail
    } else if scheme.eq_ignore_ascii_case("tel") {
        Way::Phone
    } else {
        Way::Page
    }
}

#[cfg(test)]
mod tests {
    use super::{Way, allowed, way};

    #[test]
    fn only_known_schemes() {
        for address in [
            "https://a.example/x",
            "HTTP://a.example",
            "mailto:help@a.example",
            "tel:+8221234567",
            "/contact?x=a:b",
            "contact/us:now",
            "//a.example/",
            "#top",
        ] {
            assert!(allowed(address), "{address}");
        }
        for address in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "blob:https://a.example/1",
            "vbscript:x",
            "file:///etc/passwd",
        ] {
            assert!(!allowed(address), "{address:?}");
        }
    }

    #[test]
    fn ways() {
        assert_eq!(way("mailto:a@b.example"), Way::Mail);
        assert_eq!(way("TEL:+1"), Way::Phone);
        assert_eq!(way("https://a.example/mailto:x"), Way::Page);
        assert_eq!(way("/contact"), Way::Page);
    }
}
