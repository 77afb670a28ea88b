//! Finds the articles' files and reads them as text: bytes in, clean UTF-8 in Unicode NFC out.

mod decode;
mod lines;
mod walk;

use std::{fs::File, io::Read as _, path::PathBuf};

pub use decode::{NotText, decode};
pub use lines::Lines;
pub use walk::{Walk, walk};

use crate::diagnostics::{Code, Diagnostic, Position};

/// The largest article that is read: 5 MB.
pub const MAX_ARTICLE_BYTES: u64 = 5_000_000;

/// A file that holds an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the articles' folder, in NFC, with `/` between its parts.
    pub path: String,
    /// Where to read it.
    pub location: PathBuf,
}

impl SourceFile {
    /// Reads the file as text.
    ///
    /// # Errors
    /// A diagnostic where it cannot be read, is too large or is not UTF-8.
    pub fn read(&self) -> Result<String, Diagnostic> {
        let unreadable = |error: std::io::Error| {
            Diagnostic::new(
                Code::Unreadable,
                &self.path,
                Position::FILE,
                format!("cannot read the file: {error}"),
                "Check that it still exists and that you may read it.",
            )
        };
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that is too large, even one that grows while it is read.
        File::open(&self.location)
            .and_then(|file| file.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes))
            .map_err(unreadable)?;
        if bytes.len() as u64 > MAX_ARTICLE_BYTES {
            return Err(Diagnostic::new(
                Code::TooLarge,
                &self.path,
                Position::FILE,
                "the article is larger than 5 MB",
                "Split it into several articles, or move data that nobody reads out of it.",
            ));
        }
        decode(&bytes)
            .map_err(|fault| Diagnostic::new(Code::InvalidUtf8, &self.path, fault.position, fault.message, fault.help))
    }
}
