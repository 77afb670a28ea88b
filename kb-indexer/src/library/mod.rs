//! All articles together: their slugs and languages, the links between them, the pictures they show.

mod address;
mod draft;
mod language;
mod links;
mod media;
mod names;
#[cfg(test)]
pub(crate) mod of_texts;
mod told_once;

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use answer_messages::{Event, Node};

pub(crate) use address::percent_decode;
pub use address::url;
pub(crate) use language::without_language;

use self::{
    draft::Draft,
    language::Folders,
    links::{Origin, Place, Places},
    media::Pictures,
};
use crate::{
    article::{MediaFile, ParsedArticle, Visibility, Written},
    config::Config,
    diagnostics::{self, Code, Diagnostic, Position},
    markdown, source,
};

/// All articles that were read without an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// The articles, sorted by slug.
    pub articles: Vec<ParsedArticle>,
    /// Language of those that do not tell theirs.
    pub default_language: String,
}

/// The articles' folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the folder {}: {reason}. Give the folder that holds the articles.", path.display())]
pub struct ReadError {
    path: PathBuf,
    reason: std::io::Error,
}

/// What a run asks of reading.
#[derive(Clone, Copy, Default)]
pub struct ReadOptions<'a> {
    /// Today (`2026-11-21`), where articles past their `review_by` are to be told.
    pub today: Option<&'a str>,
    /// Told after each file how many are read, and of how many.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
}

impl Library {
    /// Reads all articles below `root`. Those with errors are left out; diagnostics are sorted.
    ///
    /// # Errors
    /// [`ReadError`] where `root` is no folder that can be read.
    pub fn read(root: &Path, config: &Config, options: ReadOptions<'_>) -> Result<(Self, Vec<Diagnostic>), ReadError> {
        let walk = source::walk(root).map_err(|reason| ReadError { path: root.to_owned(), reason })?;
        let done = AtomicUsize::new(0);
        let progress = || {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if let Some(progress) = options.progress {
                progress(done, walk.files.len());
            }
        };
        let drafts = draft::read_all(&walk.files, &config.default_language, &progress);
        let mut assembly = Assembly::new(drafts, config, walk.diagnostics);
        assembly.diagnostics.extend(told_once::unknown_keys(&assembly.drafts));
        assembly.diagnostics.extend(told_once::foreign_markup(&assembly.drafts));
        assembly.tell_due_reviews(options.today);
        assembly.name_articles();
        let mut articles = assembly.resolve(&walk.root);
        articles.sort_by(|a, b| a.slug.cmp(&b.slug));
        let mut diagnostics = assembly.diagnostics;
        diagnostics::sort(&mut diagnostics);
        if articles.is_empty() && diagnostics.is_empty() {
            diagnostics.push(Diagnostic::new(
                Code::NoArticles,
                ".",
                Position::FILE,
                "there is no article in this folder",
                "Articles are files that end with `.md`.",
            ));
        }
        let default_language = config.default_language.clone();
        Ok((Self { articles, default_language }, diagnostics))
    }

    /// Languages that have articles, sorted.
    pub fn languages(&self) -> Vec<&str> {
        let tags: BTreeSet<&str> = self.articles.iter().map(|article| article.lang.as_str()).collect();
        tags.into_iter().collect()
    }

    /// The articles that everybody may read.
    pub fn public(&self) -> Self {
        self.only(Visibility::Public)
    }

    /// The articles for agents.
    pub fn agents(&self) -> Self {
        self.only(Visibility::Agents)
    }

    fn only(&self, visibility: Visibility) -> Self {
        let articles = self.articles.iter().filter(|article| article.visibility == visibility);
        Self { articles: articles.cloned().collect(), default_language: self.default_language.clone() }
    }
}

/// A draft that has a name.
struct Named {
    draft: Draft,
    slug: String,
    lang: String,
    /// The language folder that its path begins with.
    folder: Option<String>,
}

struct Assembly<'c> {
    config: &'c Config,
    drafts: Vec<Draft>,
    named: Vec<Named>,
    places: Places,
    redirects: BTreeMap<String, Vec<String>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'c> Assembly<'c> {
    fn new(drafts: Vec<Draft>, config: &'c Config, mut diagnostics: Vec<Diagnostic>) -> Self {
        for draft in &drafts {
            diagnostics.extend_from_slice(&draft.diagnostics);
        }
        Self {
            config,
            drafts,
            named: Vec::new(),
            places: Places::new(&config.site_url),
            redirects: BTreeMap::new(),
            diagnostics,
        }
    }

    fn tell_due_reviews(&mut self, today: Option<&str>) {
        let Some(today) = today else { return };
        for draft in self.drafts.iter().filter(|draft| !draft.fields.draft) {
            if let Some(due) = &draft.fields.review_by
                && due.value.as_str() < today
            {
                self.diagnostics.push(Diagnostic::new(
                    Code::ReviewDue,
                    &draft.path,
                    due.at,
                    format!("the article was to be reviewed by {}", due.value),
                    "Read it again, then set `updated` and a new `review_by`.",
                ));
            }
        }
    }

    /// Gives every article its language and its slug, which no other has.
    fn name_articles(&mut self) {
        let drafts = std::mem::take(&mut self.drafts);
        let folders = Folders::of(drafts.iter().map(|draft| draft.path.as_str()), &self.config.languages);
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for draft in drafts {
            if draft.is_faulty() {
                self.places.insert_absent(&draft.path, "The article that it leads to has errors.");
                continue;
            }
            if draft.fields.draft {
                self.places.insert_absent(&draft.path, "The article that it leads to is a draft.");
                continue;
            }
            let folder = folders.of_path(&draft.path);
            let lang = match (&draft.fields.lang, folder, draft.script) {
                (Some(lang), ..) => lang.value.clone(),
                (None, Some((_, tag)), _) => tag.to_owned(),
                (None, None, Some(script)) => self.of_script(script),
                (None, None, None) => self.config.default_language.clone(),
            };
            let slug = match &draft.fields.slug {
                Some(slug) => slug.value.clone(),
                None => address::without_extension(&draft.path).to_owned(),
            };
            let at = draft.fields.slug.as_ref().map_or(Position::FILE, |slug| slug.at);
            match taken.entry(slug.to_lowercase()) {
                Entry::Vacant(entry) => {
                    entry.insert(draft.path.clone());
                    let folder = folder.map(|(folder, _)| folder.to_owned());
                    self.named.push(Named { draft, slug, lang, folder });
                }
                Entry::Occupied(entry) => {
                    let diagnostic = Diagnostic::new(
                        Code::DuplicateSlug,
                        &draft.path,
                        at,
                        format!("the slug `{slug}` is taken by {}", entry.get()),
                        "Give one of the two another `slug`; capital letters make no difference, and translations need their language in front (`ko/…`).",
                    );
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }

    /// The language of `languages` that a script means (`zh` may be listed as `zh-Hans`).
    fn of_script(&self, script: &str) -> String {
        let listed = self.config.languages.iter().find(|tag| tag.split('-').next() == Some(script));
        listed.map_or(script, String::as_str).to_owned()
    }

    fn resolve(&mut self, root: &Path) -> Vec<ParsedArticle> {
        let mut named = std::mem::take(&mut self.named);
        for Named { draft, slug, .. } in &mut named {
            let anchors = draft.sections.iter().map(|section| section.anchor.clone());
            let aliases = std::mem::take(&mut draft.aliases);
            let place = Place::new(slug.clone(), draft.fields.visibility, anchors, aliases);
            self.places.insert(&draft.path, place);
            self.places.names.insert(&draft.title, &draft.path);
            for name in &draft.fields.foreign.names {
                self.places.names.insert(name, &draft.path);
            }
        }
        self.take_redirects(&named);
        let mut pictures = Pictures::below(root);
        named.into_iter().map(|article| self.finish(article, &mut pictures)).collect()
    }

    /// Former addresses lead to one article each, and never away from one that exists.
    fn take_redirects(&mut self, named: &[Named]) {
        let mut taken: BTreeMap<&str, &str> =
            named.iter().map(|article| (article.slug.as_str(), article.draft.path.as_str())).collect();
        for article in named {
            let path = &article.draft.path;
            for former in &article.draft.fields.redirect_from {
                match taken.entry(&former.value) {
                    Entry::Vacant(entry) => {
                        entry.insert(path);
                        self.places.insert_former(&former.value, path);
                        self.redirects.entry(article.slug.clone()).or_default().push(former.value.clone());
                    }
                    Entry::Occupied(entry) => self.diagnostics.push(Diagnostic::new(
                        Code::RedirectClash,
                        path,
                        former.at,
                        format!("the former address `{}` belongs to {}", former.value, entry.get()),
                        "Remove it from one of the two.",
                    )),
                }
            }
        }
        // What another tool calls the article counts only where nobody else has the name.
        for article in named {
            for address in &article.draft.fields.foreign.addresses {
                if let Entry::Vacant(entry) = taken.entry(&address.value) {
                    entry.insert(&article.draft.path);
                    self.places.insert_former(&address.value, &article.draft.path);
                    self.redirects.entry(article.slug.clone()).or_default().push(address.value.clone());
                }
            }
        }
    }

    fn finish(&mut self, named: Named, pictures: &mut Pictures) -> ParsedArticle {
        let Named { mut draft, slug, lang, folder } = named;
        self.resolve_links(&mut draft, folder.as_deref());
        let images = self.resolve_images(&mut draft, folder.as_deref(), pictures);
        let collection = draft.fields.collection.or_else(|| collection_of(&draft.path, folder.as_deref()));
        let foreign = draft.fields.foreign;
        let mut keywords = draft.fields.keywords;
        for word in foreign.names.into_iter().chain(foreign.keywords) {
            if !keywords.contains(&word) {
                keywords.push(word);
            }
        }
        ParsedArticle {
            url: url(&slug),
            redirect_from: self.redirects.remove(&slug).unwrap_or_default(),
            slug,
            lang,
            title: draft.title,
            description: draft.fields.description,
            questions: draft.fields.questions,
            keywords,
            collection,
            order: draft.fields.order.or(foreign.order),
            updated: draft.fields.updated,
            review_by: draft.fields.review_by.map(|day| day.value),
            visibility: draft.fields.visibility,
            events: markdown::merge_texts(draft.body.events),
            sections: draft.sections,
            images,
            written: Written {
                title: draft.fields.title.map_or(Position::FILE, |title| title.at),
                questions: draft.fields.questions_at,
                silent_images: draft.silent_images,
            },
            path: draft.path,
        }
    }

    fn resolve_links(&mut self, draft: &mut Draft, folder: Option<&str>) {
        let origin = Origin { path: &draft.path, language: folder };
        for (link, at) in draft.body.links.iter().zip(&draft.link_places) {
            let (target, complaint) = self.places.resolve(origin, &link.destination);
            if let Some(Event::Open(Node::Link(place))) = draft.body.events.get_mut(link.event) {
                *place = target;
            }
            if let Some(complaint) = complaint {
                self.diagnostics.push(Diagnostic::new(
                    complaint.code,
                    &draft.path,
                    *at,
                    complaint.message,
                    complaint.help,
                ));
            }
        }
    }

    fn resolve_images(&mut self, draft: &mut Draft, folder: Option<&str>, pictures: &mut Pictures) -> Vec<MediaFile> {
        let mut files: BTreeMap<String, MediaFile> = BTreeMap::new();
        for (reference, at) in draft.body.images.iter().zip(&draft.image_places) {
            match pictures.find(&draft.path, folder, &reference.destination) {
                Ok(picture) => {
                    if let Some(Event::Image(image)) = draft.body.events.get_mut(reference.event) {
                        image.path.clone_from(&picture.file.path);
                        image.size = picture.size;
                    }
                    files.insert(picture.file.path.clone(), picture.file);
                }
                Err(missing) => {
                    self.diagnostics.push(Diagnostic::new(
                        missing.code,
                        &draft.path,
                        *at,
                        missing.message,
                        missing.help,
                    ));
                }
            }
        }
        files.into_values().collect()
    }
}

/// The folder below the language folder.
fn collection_of(path: &str, language: Option<&str>) -> Option<String> {
    let folder = address::folder(path);
    let folder = match language {
        Some(language) => folder.strip_prefix(language).unwrap_or(folder).trim_start_matches('/'),
        None => folder,
    };
    (!folder.is_empty()).then(|| folder.to_owned())
}

#[cfg(test)]
mod tests;
