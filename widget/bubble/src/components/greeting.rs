use answer_messages::Library;
use yew::prelude::*;

use crate::{
    glob::fits,
    shell::use_shell,
    state::{Action, Place},
    text,
};

/// Suggestions shown at once.
const SUGGESTED: usize = 3;

/// First open: one line, three suggestions of this page, all articles.
#[component]
pub(crate) fn Greeting() -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let Some(library) = shell.library.as_deref() else {
        return html! { <p class="greeting">{ text::greeting(lang) }</p> };
    };
    let path = gloo::utils::window().location().pathname().unwrap_or_default();
    let suggestions: Vec<(String, Action)> = match questions(library, &path) {
        [] => library
            .articles
            .iter()
            .take(SUGGESTED)
            .map(|listing| (listing.title.clone(), Action::Read(Place::new(&listing.slug, ""))))
            .collect(),
        questions => questions
            .iter()
            .map(|question| (question.clone(), Action::Ask(question.clone(), js_sys::Date::now())))
            .collect(),
    };
    html! {
        <div class="greeting">
            <p>{ text::greeting(lang) }</p>
            if !suggestions.is_empty() {
                <ul class="picks" aria-label={text::suggestions(lang)} lang={library.lang.clone()}>
                    { for suggestions.into_iter().map(|(label, action)| html! {
                        <li><button type="button" class="pick" dir="auto" onclick={shell.does(action)}>{ label }</button></li>
                    }) }
                </ul>
            }
            if !library.articles.is_empty() {
                <button type="button" class="plain" onclick={shell.does(Action::Browse)}>
                    { text::browse(lang) }{ " · " }{ text::articles_in(lang, library.articles.len() as u32) }
                </button>
            }
        </div>
    }
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
