//! What is wrong with an input, where, and what to do about it.

use std::fmt::Write as _;

use serde::Serialize;

/// How much a [`Diagnostic`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The article is left out; nothing is published unless the writer asks for it.
    Error,
    /// The article is published all the same.
    Warning,
}

impl Severity {
    /// As it is written in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $severity:ident;)*) => {
        /// The kind of a [`Diagnostic`]. Names are stable: scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order of their definition.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much it weighs where `--strict` is not asked for.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file cannot be read.
    Unreadable => "unreadable", Error;
    /// The file's name is not valid UTF-8.
    InvalidName => "invalid-name", Error;
    /// The file is too large.
    TooLarge => "too-large", Error;
    /// The file is not valid UTF-8.
    InvalidUtf8 => "invalid-utf8", Error;
    /// Front matter begins but does not end.
    UnclosedFrontMatter => "unclosed-front-matter", Error;
    /// Front matter is not valid YAML or TOML.
    BrokenFrontMatter => "broken-front-matter", Error;
    /// A key stands twice.
    DuplicateKey => "duplicate-key", Error;
    /// A known key has a value of the wrong type.
    WrongType => "wrong-type", Error;
    /// A known key has a value of the right type that is not allowed.
    InvalidValue => "invalid-value", Error;
    /// Two articles have the same slug.
    DuplicateSlug => "duplicate-slug", Error;
    /// `kb.toml` is not valid TOML.
    BrokenConfig => "broken-config", Error;
    /// `kb.toml` has a key that means nothing.
    UnknownConfigKey => "unknown-config-key", Error;
    /// Front matter has a key that means nothing here.
    UnknownKey => "unknown-key", Warning;
    /// A link leads nowhere.
    DeadLink => "dead-link", Warning;
    /// A link's article exists, its section does not.
    DeadAnchor => "dead-anchor", Warning;
    /// A link has a scheme that is not followed.
    UnsafeLink => "unsafe-link", Warning;
    /// A public article links to an article for agents.
    AgentsLink => "agents-link", Warning;
    /// A picture is missing or cannot be read.
    MissingImage => "missing-image", Warning;
    /// A picture lies on another server.
    RemoteImage => "remote-image", Warning;
    /// A path leads out of the articles' folder.
    OutsideRoot => "outside-root", Warning;
    /// Symbolic links lead in a circle.
    SymlinkLoop => "symlink-loop", Warning;
    /// Neither a file nor a folder.
    SpecialFile => "special-file", Warning;
    /// Blocks are nested too deep and were flattened.
    DeepNesting => "deep-nesting", Warning;
    /// HTML that cannot be shown was left out.
    DroppedHtml => "dropped-html", Warning;
    /// Markup of another tool was left out.
    ForeignMarkup => "foreign-markup", Warning;
    /// The article is due for review.
    ReviewDue => "review-due", Warning;
    /// Two titles say the same.
    NearDuplicateTitle => "near-duplicate-title", Warning;
    /// A sample question stands in two articles.
    SameQuestion => "same-question", Warning;
    /// A picture has no description.
    MissingAlt => "missing-alt", Warning;
    /// Articles that no other links to.
    Orphans => "orphans", Warning;
    /// An article lacks a translation.
    Untranslated => "untranslated", Warning;
    /// A sample question leads to another article first.
    CompetingArticles => "competing-articles", Warning;
    /// No question leads to an article.
    UnreachedArticle => "unreached-article", Warning;
    /// A line of `golden.jsonl` is no question.
    BrokenQuestion => "broken-question", Error;
    /// A line of `golden.jsonl` names an article that does not exist.
    UnknownArticle => "unknown-article", Error;
    /// The questions of `golden.jsonl` do not reach what `kb.toml` demands.
    GoldenFloor => "golden-floor", Error;
    /// A redirect's address is taken.
    RedirectClash => "redirect-clash", Warning;
    /// There is no article at all.
    NoArticles => "no-articles", Warning;
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Counted from 1; 0 means the whole file.
    pub line: u32,
    /// In characters, counted from 1; 0 means the whole file.
    pub column: u32,
}

impl Position {
    /// The file as a whole.
    pub const FILE: Self = Self { line: 0, column: 0 };

    /// A line and a column, both counted from 1.
    pub fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Path below the articles' folder, with `/` between its parts.
    pub file: String,
    /// Line, counted from 1; 0 where it concerns the whole file.
    pub line: u32,
    /// Column in characters, counted from 1; 0 where it concerns the whole file.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// A diagnostic of the code's usual severity.
    pub fn new(
        code: Code,
        file: impl Into<String>,
        position: Position,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: file.into(),
            line: position.line,
            column: position.column,
            message: message.into(),
            help: help.into(),
        }
    }

    /// Whether it keeps the article out.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    fn order(&self) -> (&str, u32, u32, Code, &str) {
        (&self.file, self.line, self.column, self.code, &self.message)
    }
}

/// Brings diagnostics into the order of files, lines and columns.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
}

/// Makes every warning an error.
pub fn make_strict(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        diagnostic.severity = Severity::Error;
    }
}

/// Numbers of errors and of warnings.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    (errors, diagnostics.len() - errors)
}

/// As lines for a person: `path:line:column: error[code]: message` and an indented line of help.
pub fn to_text(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in diagnostics {
        out.push_str(&printable(&d.file));
        if d.line > 0 {
            let _ = write!(out, ":{}:{}", d.line, d.column);
        }
        let _ = writeln!(out, ": {}[{}]: {}", d.severity.name(), d.code.name(), printable(&d.message));
        if !d.help.is_empty() {
            let _ = writeln!(out, "  help: {}", printable(&d.help));
        }
    }
    out
}

/// As one JSON object: numbers of errors and warnings, then the list.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        errors: usize,
        warnings: usize,
        diagnostics: &'a [Diagnostic],
    }
    let (errors, warnings) = count(diagnostics);
    // Strings and numbers alone: this cannot fail.
    serde_json::to_string(&Report { errors, warnings, diagnostics }).unwrap_or_default()
}

/// Articles quote what anybody wrote: control characters must not reach a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_explained_in_both_languages() {
        let articles = [
            include_str!("../../articles/en/publishing/errors-and-warnings.md"),
            include_str!("../../articles/ko/publishing/errors-and-warnings.md"),
        ];
        for code in Code::ALL {
            let name = format!("`{}`", code.name());
            for article in articles {
                assert!(article.contains(&name), "{name} is not explained in the article on errors and warnings");
            }
        }
    }
}
