//! The static help centre: one readable page an article, so that every link of an answer leads somewhere.
//!
//! Pages hold no script. All links are relative: the folder works wherever it is put, also opened from a disk.

mod escape;
mod page;
mod render;
mod words;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    article::ParsedArticle,
    config::Config,
    library::{Library, url, without_language},
};

const STYLE: &str = include_str!("style.css");

/// A page could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the page {}: {source}. Check that the folder is yours and has space left.", path.display())]
pub struct SiteError {
    path: PathBuf,
    source: io::Error,
}

/// Writes the pages of `library` to `out`; gives the number of files that changed.
///
/// # Errors
/// [`SiteError`] where a file cannot be written.
pub fn write(library: &Library, config: &Config, out: &Path) -> Result<usize, SiteError> {
    let mut changed = 0;
    for (path, bytes) in files(library, config) {
        let path = out.join(path);
        changed += usize::from(replace(&path, &bytes).map_err(|source| SiteError { path, source })?);
    }
    Ok(changed)
}

/// All files of the help centre, by path.
pub fn files(library: &Library, config: &Config) -> BTreeMap<String, Vec<u8>> {
    let site = Site::new(library, config);
    let mut files = BTreeMap::new();
    files.insert("style.css".to_owned(), STYLE.as_bytes().to_vec());
    for language in library.languages() {
        if language == site.default_language {
            files.insert("index.html".to_owned(), page::index(&site, language, "").into_bytes());
        }
        if site.languages.len() > 1 {
            let folder = url(language);
            files.insert(format!("{language}/index.html"), page::index(&site, language, &folder).into_bytes());
        }
    }
    for article in &library.articles {
        for former in &article.redirect_from {
            let page = page::redirect(&site, article, &url(former));
            files.insert(format!("{former}/index.html"), page.into_bytes());
        }
    }
    for article in &library.articles {
        files.insert(format!("{}/index.html", article.slug), page::article(&site, article).into_bytes());
        for image in &article.images {
            files.insert(image.path.clone(), image.bytes.to_vec());
        }
    }
    files
}

/// What all pages have in common.
struct Site<'l> {
    config: &'l Config,
    languages: Vec<&'l str>,
    default_language: &'l str,
    /// By language: the articles by collection, order and title.
    listings: BTreeMap<&'l str, Vec<&'l ParsedArticle>>,
    /// By slug without the language folder: the translations, by language.
    translations: BTreeMap<&'l str, Vec<&'l ParsedArticle>>,
}

impl<'l> Site<'l> {
    fn new(library: &'l Library, config: &'l Config) -> Self {
        let languages = library.languages();
        let default_language = match languages.contains(&library.default_language.as_str()) {
            true => library.default_language.as_str(),
            false => languages.first().copied().unwrap_or("en"),
        };
        let mut listings: BTreeMap<&str, Vec<&ParsedArticle>> = BTreeMap::new();
        let mut translations: BTreeMap<&str, Vec<&ParsedArticle>> = BTreeMap::new();
        for article in &library.articles {
            listings.entry(&article.lang).or_default().push(article);
            translations.entry(without_language(article)).or_default().push(article);
        }
        for listing in listings.values_mut() {
            listing.sort_by_key(|article| {
                let place = article.order.unwrap_or(i64::MAX);
                (article.collection.is_none(), &article.collection, place, &article.title, &article.slug)
            });
        }
        for articles in translations.values_mut() {
            articles.sort_by_key(|article| (&article.lang, &article.slug));
        }
        Self { config, languages, default_language, listings, translations }
    }

    /// Address of a language's index.
    fn index_url(&self, language: &str) -> String {
        if self.languages.len() > 1 { url(language) } else { String::new() }
    }

    /// The same article in other languages.
    fn other_languages(&self, article: &ParsedArticle) -> Vec<&'l ParsedArticle> {
        let all = self.translations.get(without_language(article)).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(|other| other.lang != article.lang).collect()
    }

    fn name(&self, language: &str) -> &str {
        if self.config.name.is_empty() { words::of(language).help_centre } else { &self.config.name }
    }
}

/// The way from the page at `from` to the top: `../` for each of its folders.
fn to_top(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// Writes a file unless it is there already. A reader sees the old or the new content, whole.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    fs::write(&new, bytes)?;
    fs::rename(&new, path)?;
    Ok(true)
}

#[cfg(test)]
mod tests;
