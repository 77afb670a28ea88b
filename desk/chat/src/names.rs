//! What people call themselves.

/// One or two letters that stand for a name in a small circle.
pub(crate) fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|char| char.is_alphanumeric());
    let mut words = name.split_whitespace().filter_map(first);
    let (begin, end) = (words.next(), words.next_back());
    [begin, end].into_iter().flatten().flat_map(char::to_uppercase).collect()
}

/// Whether a text may be an e-mail address. Mild: what is refused here could never be delivered.
pub(crate) fn may_be_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let clean = !text.chars().any(|char| char.is_whitespace() || char.is_control() || "<>,;".contains(char));
    let host = host.split('.').all(|label| !label.is_empty());
    clean && host && !name.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{initials, may_be_email};

    #[test]
    fn letters_for_names() {
        let check = |name: &str, expected: &str| assert_eq!(initials(name), expected, "{name}");
        check("Ada Lovelace", "AL");
        check("ada", "A");
        check("  Mary Ann von Smith ", "MS");
        check("김민수", "김");
        check("(Bo) \"Li\"", "BL");
        check("ß", "SS");
        check("", "");
        check("🙂", "");
    }

    #[test]
    fn addresses() {
        for good in ["a@b", "ada.l+x@mail.example", "이름@도메인.한국", "\"a@b\"@c.example"] {
            assert!(may_be_email(good), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a@b.", "a@.b", "a b@c", "a@b c", "a@b,c@d", "A <a@b>", "a@b..c"] {
            assert!(!may_be_email(bad), "{bad}");
        }
    }
}
