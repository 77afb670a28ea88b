use answer_messages::Library;
use yew::Html;

use crate::{
    glob::fits,
    node::{button, el},
    shell::Shell,
    state::{Action, Place},
    text::{self, joined},
};

/// Suggestions shown at once.
const SUGGESTED: usize = 3;

/// First open: one line, three suggestions of this page, all articles.
pub(super) fn greeting(shell: &Shell) -> Html {
    let lang = shell.lang();
    let hello = el("div", "greeting").keyed("greeting").child(el("p", "").text(text::greeting(lang)));
    let Some(library) = shell.library.as_deref() else {
        return hello.done();
    };
    let path = gloo::utils::window().location().pathname().unwrap_or_default();
    let mut suggestions: Vec<(&str, Action)> = Vec::new();
    for question in questions(library, &path) {
        suggestions.push((question, Action::Ask(question.clone())));
    }
    if suggestions.is_empty() {
        for listing in library.articles.iter().take(SUGGESTED) {
            suggestions.push((&listing.title, Action::Read(Place::new(&listing.slug, ""))));
        }
    }
    let mut list = el("ul", "picks").with("aria-label", text::suggestions(lang)).with("lang", &library.lang);
    for (label, action) in suggestions {
        list = list.child(el("li", "").child(button("pick", shell.does(action)).text(label)));
    }
    let browse = joined(&[text::browse(lang), " · ", &text::articles_in(lang, library.count)]);
    hello.child(list).child(button("plain", shell.does(Action::Browse)).text(&browse)).done()
}

/// The questions of the first pattern that fits this page.
fn questions<'l>(library: &'l Library, path: &str) -> &'l [String] {
    let fitting = library.suggestions.iter().find(|(pattern, _)| fits(pattern, path));
    fitting.map_or(&[], |(_, questions)| &questions[..questions.len().min(SUGGESTED)])
}

#[cfg(test)]
mod tests {
    use answer_messages::Library;

    use super::questions;

    #[test]
    fn first_fitting_pattern_wins() {
        let of = |pattern: &str, questions: &[&str]| {
            (pattern.to_owned(), questions.iter().map(|&question| question.to_owned()).collect())
        };
        let library = Library {
            suggestions: vec![
                of("/pricing*", &["What does it cost?", "Is there a trial?"]),
                of("/*/", &["a", "b", "c", "d"]),
            ],
            ..Library::default()
        };
        let check = |path| questions(&library, path).join(" | ");
        assert_eq!(check("/pricing/"), "What does it cost? | Is there a trial?");
        assert_eq!(check("/ko/"), "a | b | c");
        assert_eq!(check("/"), "");
    }
}
