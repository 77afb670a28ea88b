//! Single keys that do something while no text is being typed. They can be switched off (WCAG 2.1.4).

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// To the next conversation of the queue.
    Next,
    /// To the previous one.
    Previous,
    /// To the queue.
    Queue,
    /// Into the reply box.
    Reply,
    /// The open conversation becomes mine.
    Assign,
    /// Closes the open conversation.
    Close,
    /// To the brief.
    Brief,
    /// Shows the list of keys.
    Keys,
}

impl Shortcut {
    /// What a key press means: `key` is what it types, `code` its place on the keyboard. Where another script is typed,
    /// such as Hangul, the place tells.
    pub(crate) fn of(key: &str, code: &str, shift: bool) -> Option<Self> {
        let mut chars = key.chars();
        let typed = match (chars.next(), chars.next()) {
            (Some(typed), None) if typed.is_ascii() => typed.to_ascii_lowercase(),
            // "Enter", "Tab", "F1": names, not letters. "Process" and "Unidentified" are letters under an input method.
            (Some(first), Some(_)) if first.is_ascii() && key != "Process" && key != "Unidentified" => return None,
            _ => match code {
                "Slash" if shift => '?',
                "Slash" => '/',
                code => code.strip_prefix("Key")?.chars().next()?.to_ascii_lowercase(),
            },
        };
        Some(match typed {
            'j' => Self::Next,
            'k' => Self::Previous,
            '/' => Self::Queue,
            'r' => Self::Reply,
            'a' => Self::Assign,
            'e' => Self::Close,
            'b' => Self::Brief,
            '?' => Self::Keys,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Shortcut;

    #[test]
    fn keys() {
        let check = |key, code, shift, expected| assert_eq!(Shortcut::of(key, code, shift), expected, "{key} {code}");
        check("j", "KeyJ", false, Some(Shortcut::Next));
        check("K", "KeyK", true, Some(Shortcut::Previous));
        check("?", "Slash", true, Some(Shortcut::Keys));
        // On a German keyboard.
        check("/", "Digit7", true, Some(Shortcut::Queue));
        check("?", "Minus", true, Some(Shortcut::Keys));
        // Dvorak: the letter counts, not the place.
        check("r", "KeyO", false, Some(Shortcut::Reply));
        // Hangul.
        check("ㅓ", "KeyJ", false, Some(Shortcut::Next));
        check("Process", "KeyA", false, Some(Shortcut::Assign));
        check("ㅇ", "Slash", true, Some(Shortcut::Keys));
        check("Enter", "Enter", false, None);
        check("ArrowDown", "ArrowDown", false, None);
        check("z", "KeyZ", false, None);
        check("", "", false, None);
    }
}
