use std::collections::BTreeMap;

/// Names of the places in an article that a link may lead to, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Anchors {
    taken: BTreeMap<String, u32>,
}

impl Anchors {
    /// The anchor of a heading: lower case, punctuation dropped, blanks to hyphens.
    pub(super) fn of_heading(&mut self, text: &str) -> String {
        let name = name(text);
        self.unique(if name.is_empty() { "section".to_owned() } else { name })
    }

    /// An anchor that the writer named.
    pub(super) fn custom(&mut self, name: &str) -> String {
        self.unique(name.to_owned())
    }

    fn unique(&mut self, name: String) -> String {
        let Some(count) = self.taken.get(&name).copied() else {
            self.taken.insert(name.clone(), 0);
            return name;
        };
        let mut number = count + 1;
        let mut candidate = format!("{name}-{number}");
        while self.taken.contains_key(&candidate) {
            number += 1;
            candidate = format!("{name}-{number}");
        }
        self.taken.insert(name, number);
        self.taken.insert(candidate.clone(), 0);
        candidate
    }
}

/// The name that a heading's text gives.
pub(super) fn name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || c == '-' || is_mark(c) {
            name.push(c);
        } else if c.is_whitespace() {
            name.push('-');
        }
    }
    name
}

/// Marks that belong to letters (vowel signs of Indic scripts, Thai tones, combining accents): without them other
/// words would stand there.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn headings_become_anchors() {
        let mut anchors = Anchors::default();
        for (heading, expected) in [
            ("Reset your password", "reset-your-password"),
            ("What's new? (2026)", "whats-new-2026"),
            ("비밀번호를 잊었어요!", "비밀번호를-잊었어요"),
            ("Été à Köln", "été-à-köln"),
            ("ภาษาไทย", "ภาษาไทย"),
            ("snake_case and kebab-case", "snake_case-and-kebab-case"),
            ("Reset your password", "reset-your-password-1"),
            ("Reset your password", "reset-your-password-2"),
            ("Reset your password 1", "reset-your-password-1-1"),
            ("???", "section"),
            ("!!!", "section-1"),
        ] {
            assert_eq!(anchors.of_heading(heading), expected, "{heading}");
        }
        assert_eq!(anchors.custom("forgot-it"), "forgot-it");
        assert_eq!(anchors.custom("section"), "section-2");
    }
}
