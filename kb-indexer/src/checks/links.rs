use std::collections::BTreeSet;

use answer_messages::{Event, Node, Target};

use crate::{
    commands::number,
    diagnostics::{Code, Diagnostic, Position},
    library::Library,
};

/// In a smaller library the list of all articles serves as well as links.
const LEAST: usize = 10;
/// So many are named.
const NAMED: usize = 5;

/// Articles that no other links to, in one line: a hint for a quiet hour, not a fault.
pub(super) fn orphans(library: &Library) -> Option<Diagnostic> {
    let mut linked: BTreeSet<&str> = BTreeSet::new();
    for article in &library.articles {
        linked.extend(article.events.iter().filter_map(|event| match event {
            Event::Open(Node::Link(Target::Article { slug, .. })) if *slug != article.slug => Some(slug.as_str()),
            _ => None,
        }));
    }
    let orphans: Vec<&str> = library
        .articles
        .iter()
        .filter(|article| !linked.contains(article.slug.as_str()))
        .map(|article| article.path.as_str())
        .collect();
    if library.articles.len() < LEAST || linked.is_empty() || orphans.is_empty() {
        return None;
    }
    let mut names = orphans.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if orphans.len() > NAMED {
        names.push_str(&format!(" and {} more", orphans.len() - NAMED));
    }
    let verb = if orphans.len() == 1 { "is" } else { "are" };
    Some(Diagnostic::new(
        Code::Orphans,
        ".",
        Position::FILE,
        format!("{} {verb} linked from no other: {names}", number(orphans.len(), "article")),
        "Link to them from articles that touch their matter, so that readers come by.",
    ))
}
