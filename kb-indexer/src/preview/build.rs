//! All files of the preview.

use answer_engine::bundle::sha256_hex;

use super::{Files, Preview};
use crate::{
    config::Config,
    diagnostics::{self, Diagnostic},
    index,
    library::{Library, ReadOptions},
    publish::MANIFEST,
    site,
};

/// Folder of the bundle.
const BUNDLE: &str = "kb/";

/// What a build gave.
pub struct Outcome {
    /// The files; `None` where an article has an error.
    pub files: Option<Files>,
    /// Warnings and errors.
    pub found: Vec<Diagnostic>,
}

/// Builds help centre and bundle in memory. An error gives no files, unless `lenient` leaves the article out.
///
/// # Errors
/// Where the folder or the settings cannot be read, or the index cannot be written.
pub fn build(preview: &Preview, lenient: bool) -> anyhow::Result<Outcome> {
    let (config, mut found) = Config::load(&preview.articles, preview.config.as_deref())?;
    let (library, more) = Library::read(&preview.articles, &config, ReadOptions::default())?;
    found.extend(more);
    diagnostics::sort(&mut found);
    if !lenient && found.iter().any(Diagnostic::is_error) {
        return Ok(Outcome { files: None, found });
    }
    let library = library.public();
    // Articles were read with the address that they will have; their pages are at the top here. No conversation
    // begins in a preview.
    let config = Config { site_url: "/".to_owned(), desk: None, ..config };
    let bundle = index::build(&library, &config, None, &|| ())?;
    let mut files = site::files(&library, &config);
    for (path, page) in &mut files {
        if path.ends_with(".html") {
            add_scripts(page, preview.widget.is_some());
        }
    }
    files.insert(format!("{BUNDLE}{MANIFEST}"), bundle.manifest);
    files.extend(bundle.files.into_iter().map(|file| (format!("{BUNDLE}{}", file.path), file.bytes)));
    Ok(Outcome { files: Some(files), found })
}

/// The name of a build: the hash of all its files.
pub fn id(files: &Files) -> String {
    let mut all = String::new();
    for (path, bytes) in files {
        all.push_str(path);
        all.push('\0');
        all.push_str(&sha256_hex(bytes));
    }
    sha256_hex(all.as_bytes())[..16].to_owned()
}

fn add_scripts(page: &mut Vec<u8>, with_bubble: bool) {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|window| window == END).unwrap_or(page.len());
    let rest = page.split_off(end);
    page.extend_from_slice(b"<script type=\"module\" src=\"/_preview/client.js\"></script>\n");
    if with_bubble {
        page.extend_from_slice(b"<script type=\"module\" src=\"/porchlight/loader.js\" data-kb=\"/kb/\"></script>\n");
    }
    page.extend_from_slice(&rest);
}
