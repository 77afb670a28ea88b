//! The marks that stand for what was taken out. None can be taken for something to be taken out, and each is known again.

use super::Kind;

const CARD: &str = "[card •••• ";
const RESIDENT: &str = "[ID ••••••-•••••••]";
const KEY: &str = "[key ••••]";

/// Digits of a card that its mark keeps.
const KEPT: usize = 4;

/// The mark of a card with these digits.
pub(super) fn card(digits: &[u8]) -> String {
    let last = digits.get(digits.len().saturating_sub(KEPT)..).unwrap_or_default();
    let last: String = last.iter().map(|digit| char::from(b'0' + digit % 10)).collect();
    [CARD, &last, "]"].concat()
}

/// The mark of a resident number.
pub(super) fn resident() -> String {
    RESIDENT.to_owned()
}

/// The mark of a key.
pub(super) fn key() -> String {
    KEY.to_owned()
}

/// The mark that a text begins with: its kind and its length.
pub(super) fn at(text: &str) -> Option<(Kind, usize)> {
    if text.starts_with(RESIDENT) {
        return Some((Kind::ResidentNumber, RESIDENT.len()));
    }
    if text.starts_with(KEY) {
        return Some((Kind::Key, KEY.len()));
    }
    let last = text.strip_prefix(CARD)?.as_bytes();
    let digits = last.get(..KEPT)?.iter().all(u8::is_ascii_digit);
    (digits && last.get(KEPT) == Some(&b']')).then_some((Kind::Card, CARD.len() + KEPT + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_again() {
        let check = |text: &str, expected| assert_eq!(at(text), expected, "{text}");
        check(&card(&[4, 2, 4, 2, 1, 2, 3, 4]), Some((Kind::Card, "[card •••• 1234]".len())));
        check(&(resident() + "!"), Some((Kind::ResidentNumber, RESIDENT.len())));
        check(&key(), Some((Kind::Key, KEY.len())));
        check("[card •••• 12345]", None);
        check("[card •••• 123", None);
        check("[card", None);
        check("", None);
    }
}
