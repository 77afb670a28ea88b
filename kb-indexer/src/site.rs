//! The static help centre: one readable page an article.

use std::{io, path::Path};

use crate::{config::Config, library::Library};

/// Writes the pages of `library` to `out`.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(library: &Library, config: &Config, out: &Path) -> io::Result<()> {
    let _ = (library, config, out);
    Ok(())
}
