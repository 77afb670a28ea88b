//! Where links lead.

use std::collections::{BTreeMap, BTreeSet};

use answer_messages::Target;
use unicode_normalization::UnicodeNormalization as _;

use super::{address, draft::shorten, names::Names};
use crate::{article::Visibility, diagnostics::Code, markdown::BY_NAME};

/// Files that stand for their folder, the most usual name first.
const FOLDER_FILES: &[&str] = &["index", "_index", "README", "readme", "intro", "overview"];

/// What a link can lead to.
#[derive(Debug, Default)]
pub(super) struct Place {
    slug: String,
    visibility: Visibility,
    anchors: BTreeSet<String>,
    aliases: BTreeMap<String, String>,
    /// Anchors by their letters alone.
    by_letters: BTreeMap<String, String>,
}

/// What is wrong with a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
}

impl Complaint {
    fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }
}

/// The article that a link stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    /// Path of its file.
    pub(super) path: &'a str,
    /// Its language folder.
    pub(super) language: Option<&'a str>,
}

/// All articles, by what links call them.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By path without extension.
    by_path: BTreeMap<String, Place>,
    /// Slugs and former addresses, and the paths they mean.
    by_slug: BTreeMap<String, String>,
    /// Paths in lower case; `None` where two share one.
    by_lower_case: BTreeMap<String, Option<String>>,
    /// Titles and file names.
    pub(super) names: Names,
    /// Paths of drafts and of articles with errors, and what to say of them.
    absent: BTreeMap<String, &'static str>,
    /// Path of the help centre on its server, without slashes around it.
    site_path: String,
}

impl Places {
    pub(super) fn new(site_url: &str) -> Self {
        let after_host =
            site_url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        Self { site_path: after_host.trim_matches('/').to_owned(), ..Self::default() }
    }

    pub(super) fn insert(&mut self, path: &str, place: Place) {
        let path = address::without_extension(path).to_owned();
        self.by_lower_case
            .entry(path.to_lowercase())
            .and_modify(|known| *known = None)
            .or_insert_with(|| Some(path.clone()));
        self.by_slug.insert(place.slug.clone(), path.clone());
        self.names.insert_path(&path);
        self.by_path.insert(path, place);
    }

    pub(super) fn insert_former(&mut self, address: &str, path: &str) {
        self.by_slug.entry(address.to_owned()).or_insert_with(|| address::without_extension(path).to_owned());
    }

    pub(super) fn insert_absent(&mut self, path: &str, why: &'static str) {
        self.absent.insert(address::without_extension(path).to_owned(), why);
    }

    /// Where a link leads, and what is wrong with it.
    pub(super) fn resolve(&self, from: Origin<'_>, destination: &str) -> (Target, Option<Complaint>) {
        let by_name = destination.trim_start().starts_with(BY_NAME);
        let destination: String =
            destination.trim().chars().filter(|c| !c.is_control() && *c != BY_NAME).collect::<String>();
        if !by_name && let Some(outcome) = external(&destination) {
            return outcome;
        }
        let (rest, fragment) = destination.split_once('#').unwrap_or((&destination, ""));
        let path = rest.split('?').next().unwrap_or("");
        let decode = |text: &str| address::percent_decode(text).nfc().collect::<String>();
        let (path, fragment) = (decode(path).replace('\\', "/"), decode(fragment));
        let own = address::without_extension(from.path);
        let found = match (destination.is_empty(), path.is_empty()) {
            (true, _) => None,
            (false, true) => Some(own.to_owned()),
            (false, false) => self.find(from, &path).or_else(|| {
                let named = || self.names.find(from, &path).map(str::to_owned);
                if by_name { self.by_slug.get(path.trim_matches('/')).cloned().or_else(named) } else { None }
            }),
        };
        let Some((key, place)) = found.and_then(|key| self.by_path.get(&key).map(|place| (key, place))) else {
            return (Target::Dead, Some(self.dead(from, &destination, &path, by_name)));
        };
        let from_agents = self.by_path.get(own).is_some_and(|own| own.visibility == Visibility::Agents);
        if place.visibility == Visibility::Agents && !from_agents {
            return (
                Target::Dead,
                Some(Complaint::new(
                    Code::AgentsLink,
                    format!("the link leads to an article for agents: {}", shorten(&destination)),
                    "Visitors cannot open it; remove the link or make the article public.",
                )),
            );
        }
        let (section, complaint) = place.section(&fragment, by_name);
        let target =
            if key == own { Target::Section(section) } else { Target::Article { slug: place.slug.clone(), section } };
        (target, complaint)
    }

    fn dead(&self, from: Origin<'_>, destination: &str, path: &str, by_name: bool) -> Complaint {
        let joined = address::join(address::folder(from.path), path).unwrap_or_default();
        let why = self.absent.get(address::without_extension(&joined)).copied();
        let help = match why {
            _ if destination.is_empty() => "Write where it leads, between the round brackets.".to_owned(),
            Some(why) => why.to_owned(),
            None if by_name => "Write the title, an alias, the slug or the file name of an article.".to_owned(),
            None => "Check the path; it is seen from the article's own folder, or from the top if it begins with `/`."
                .to_owned(),
        };
        Complaint::new(Code::DeadLink, format!("the link leads nowhere: `{}`", shorten(destination)), help)
    }

    /// The article that a path means: as a file seen from the article's folder, as an address seen from the article's
    /// page, as a slug.
    fn find(&self, from: Origin<'_>, path: &str) -> Option<String> {
        let mut bases: Vec<Option<String>> = Vec::new();
        if path.starts_with('/') {
            bases.push(address::join("", path));
            bases.push(from.language.and_then(|language| address::join(language, path)));
            let below_site = path.trim_start_matches('/').strip_prefix(self.site_path.as_str());
            if !self.site_path.is_empty() {
                bases.push(below_site.filter(|rest| rest.starts_with('/')).and_then(|rest| address::join("", rest)));
            }
        } else {
            bases.push(address::join(address::folder(from.path), path));
            bases.push(address::join(address::without_extension(from.path), path));
        }
        let bases: Vec<String> = bases.into_iter().flatten().collect();
        let exact = bases
            .iter()
            .find_map(|base| self.named(base, |key| self.by_path.contains_key(key).then(|| key.to_owned())));
        exact
            .or_else(|| bases.iter().find_map(|base| self.by_slug.get(base.trim_end_matches(".html")).cloned()))
            .or_else(|| {
                let lower = |key: &str| self.by_lower_case.get(&key.to_lowercase()).cloned().flatten();
                bases.iter().find_map(|base| self.named(base, lower))
            })
    }

    fn named(&self, base: &str, known: impl Fn(&str) -> Option<String>) -> Option<String> {
        for extension in [".md", ".markdown", ".mdx", ".html", ".htm"] {
            if let Some(stem) = base.strip_suffix(extension) {
                return known(stem);
            }
        }
        known(base).or_else(|| {
            FOLDER_FILES
                .iter()
                .find_map(|file| known(&if base.is_empty() { (*file).to_owned() } else { format!("{base}/{file}") }))
        })
    }
}

impl Place {
    pub(super) fn new(
        slug: String,
        visibility: Visibility,
        anchors: impl Iterator<Item = String>,
        aliases: BTreeMap<String, String>,
    ) -> Self {
        let anchors: BTreeSet<String> = anchors.filter(|anchor| !anchor.is_empty()).collect();
        let by_letters = anchors.iter().map(|anchor| (letters(anchor), anchor.clone())).collect();
        Self { slug, visibility, anchors, aliases, by_letters }
    }

    fn section(&self, fragment: &str, by_name: bool) -> (String, Option<Complaint>) {
        if fragment.is_empty() || fragment == "top" || self.anchors.contains(fragment) {
            let section = if fragment == "top" && !self.anchors.contains(fragment) { "" } else { fragment };
            return (section.to_owned(), None);
        }
        if let Some(section) = self.aliases.get(fragment) {
            return (section.clone(), None);
        }
        let lower = fragment.to_lowercase();
        if self.anchors.contains(&lower) {
            return (lower, None);
        }
        if let Some(section) = self.aliases.get(&lower) {
            return (section.clone(), None);
        }
        // Wiki links name a section by the words of its heading.
        if by_name && let Some(anchor) = self.closest(&lower) {
            return (anchor.clone(), None);
        }
        let complaint = Complaint::new(
            Code::DeadAnchor,
            format!("the article `{}` has no section `#{}`", self.slug, shorten(fragment)),
            match self.closest(&lower) {
                Some(anchor) => format!("Did you mean `#{anchor}`? The link goes to the article's top."),
                None => "The link goes to the article's top.".to_owned(),
            },
        );
        (String::new(), Some(complaint))
    }

    /// An anchor that has the same letters: writers forget what punctuation becomes.
    fn closest(&self, fragment: &str) -> Option<&String> {
        self.by_letters.get(&letters(fragment))
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Links that name a scheme or a server.
fn external(destination: &str) -> Option<(Target, Option<Complaint>)> {
    if destination.starts_with("//") {
        return Some((Target::External(format!("https:{}", escape(destination))), None));
    }
    let (scheme, _) = destination.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !is_scheme {
        return None;
    }
    if ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Some((Target::External(escape(destination)), None));
    }
    Some((
        Target::Dead,
        Some(Complaint::new(
            Code::UnsafeLink,
            format!("links of the kind `{scheme}:` are not followed: `{}`", shorten(destination)),
            "Use http, https, mailto or tel.",
        )),
    ))
}

/// Blanks and marks that could end an attribute are written as `%20` and the like; all else stays.
fn escape(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            c => out.push(c),
        }
    }
    out
}
