//! What is told once a run, at its first place, however often it occurs.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::{
    diagnostics::{Code, Diagnostic, Position},
    front_matter,
    markdown::Foreign,
};

/// How often, and where first.
struct Occurrences<'d> {
    articles: usize,
    file: &'d str,
    at: Position,
}

/// Each unknown key of front matter.
pub(super) fn unknown_keys(drafts: &[Draft]) -> Vec<Diagnostic> {
    let keys = gather(drafts, |draft| draft.unknown.iter().map(|key| (key.value.as_str(), key.at)).collect());
    keys.into_iter().map(|(key, found)| front_matter::unknown_key(key, found.at, found.articles, found.file)).collect()
}

/// Each component, container and shortcode that was left out.
pub(super) fn foreign_markup(drafts: &[Draft]) -> Vec<Diagnostic> {
    let names = gather(drafts, |draft| {
        let mut once: Vec<(&Foreign, Position)> = Vec::new();
        for foreign in &draft.foreign {
            if !once.iter().any(|(known, _)| *known == &foreign.value) {
                once.push((&foreign.value, foreign.at));
            }
        }
        once
    });
    names.into_iter().map(|(foreign, found)| tell(foreign, &found)).collect()
}

fn gather<'d, K: Ord>(
    drafts: &'d [Draft],
    of: impl Fn(&'d Draft) -> Vec<(K, Position)>,
) -> BTreeMap<K, Occurrences<'d>> {
    let mut all: BTreeMap<K, Occurrences<'d>> = BTreeMap::new();
    for draft in drafts {
        for (key, at) in of(draft) {
            all.entry(key).and_modify(|found| found.articles += 1).or_insert(Occurrences {
                articles: 1,
                file: &draft.path,
                at,
            });
        }
    }
    all
}

fn tell(foreign: &Foreign, found: &Occurrences<'_>) -> Diagnostic {
    let (what, help) = match foreign {
        Foreign::Component(name) => (
            format!("the component `<{name}>`"),
            "Only Markdown and HTML are shown; say in plain words or a list what it would have shown.",
        ),
        Foreign::Container(name) => (
            format!("the container `:::{name}`"),
            "Use `note`, `tip`, `info`, `important`, `warning`, `caution` or `danger`.",
        ),
        Foreign::Shortcode(name) => (
            format!("the shortcode `{name}`"),
            "Only `ref`, `relref`, `figure` and `highlight` are known; write the rest as Markdown.",
        ),
    };
    let mut message = format!("{what} was left out; what stands inside it is shown");
    if found.articles > 1 {
        message.push_str(&format!(" (in {} articles; this is the first)", found.articles));
    }
    Diagnostic::new(Code::ForeignMarkup, found.file, found.at, message, help)
}
