use std::collections::{BTreeMap, BTreeSet};

use answer_engine::analysis::Analyzer;

use super::letters;
use crate::{
    article::ParsedArticle,
    diagnostics::{Code, Diagnostic},
    library::Library,
};

/// Words that make no title different from another.
const MINOR: &[&str] = &[
    "a", "an", "the", "my", "your", "our", "you", "we", "i", "it", "is", "are", "how", "do", "can", "to", "of", "and",
    "방법", "하는",
];

/// Titles of a language that say the same in nearly the same words.
pub(super) fn near_duplicates(library: &Library) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for language in library.languages() {
        let Ok(analyzer) = Analyzer::new(Analyzer::stemmer_for(language)) else { continue };
        let mut first: BTreeMap<String, &ParsedArticle> = BTreeMap::new();
        for article in library.articles.iter().filter(|article| article.lang == language) {
            // By its words in any order and form, and by its letters: `Sign-in` is `Sign in`.
            let symbols = symbols(&article.title);
            let keys = [words(&article.title, &analyzer), letters(&article.title)];
            let keys = keys.into_iter().filter(|key| !key.is_empty()).map(|key| key + &symbols);
            let keys: Vec<String> = keys.collect();
            match keys.iter().find_map(|key| first.get(key)) {
                Some(other) => found.push(Diagnostic::new(
                    Code::NearDuplicateTitle,
                    &article.path,
                    article.written.title,
                    format!("the title \"{}\" says the same as \"{}\" in {}", article.title, other.title, other.path),
                    "Say in each title what sets the article apart, or make one article of the two.",
                )),
                None => first.extend(keys.into_iter().map(|key| (key, article))),
            }
        }
    }
    found
}

/// Signs that are more than punctuation: `C++` is not `C`.
fn symbols(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_alphanumeric() && !c.is_whitespace() && !"-–—'’\"“”.,:;!?()…·".contains(*c))
        .collect()
}

fn words(title: &str, analyzer: &Analyzer) -> String {
    let terms: BTreeSet<String> = analyzer.words(title).into_iter().map(|token| token.term).collect();
    let major: Vec<&str> = terms.iter().map(String::as_str).filter(|term| !MINOR.contains(term)).collect();
    // A blank tells this key from one of letters.
    if major.is_empty() { String::new() } else { format!(" {}", major.join(" ")) }
}
