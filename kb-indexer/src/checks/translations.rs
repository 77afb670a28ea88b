use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Code, Diagnostic, Position},
    library::{Library, without_language},
};

/// Articles that lack a translation into a language that at least half of all articles have.
pub(super) fn missing(library: &Library) -> Vec<Diagnostic> {
    let mut by_name: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for article in &library.articles {
        by_name.entry(without_language(article)).or_default().insert(&article.lang, &article.path);
    }
    let is_usual = |language: &&str| {
        let translated = by_name.values().filter(|files| files.contains_key(*language)).count();
        translated * 2 >= by_name.len()
    };
    let languages: BTreeSet<&str> = library.languages().into_iter().filter(is_usual).collect();
    let translated = by_name.values().filter(|files| files.len() > 1).count();
    if languages.len() < 2 || translated * 2 < by_name.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (name, files) in &by_name {
        for language in languages.iter().filter(|language| !files.contains_key(*language)) {
            let Some(file) = files.values().next() else { continue };
            found.push(Diagnostic::new(
                Code::Untranslated,
                *file,
                Position::FILE,
                format!("there is no translation into `{language}`"),
                format!("Write {language}/{name}.md, or give the translation the slug `{language}/{name}`."),
            ));
        }
    }
    found
}
