use answer_messages::Hit;
use yew::prelude::*;

use super::{
    feedback::feedback,
    links::{button, page_link},
    passage::Passage,
};
use crate::{
    shell::Shell,
    state::{Action, Place, Vote},
    text,
};

/// An answer that is to be shown.
pub(super) struct Answer<'a> {
    /// The entry's id.
    pub(super) id: u32,
    /// Id of the reply that it comes from.
    pub(super) reply: u32,
    /// The hit that is shown.
    pub(super) hit: &'a Hit,
    /// Other hits, for when it does not help.
    pub(super) others: Vec<&'a Hit>,
    /// Language of the articles.
    pub(super) articles: &'a str,
    /// Whether the engine chose it, not the visitor.
    pub(super) automatic: bool,
    /// What the visitor said of it.
    pub(super) vote: Option<Vote>,
    /// Whether the panel is open.
    pub(super) open: bool,
}

/// An article's own words as the answer, with the article they are from.
pub(super) fn answer_card(shell: &Shell, answer: &Answer<'_>) -> Html {
    let lang = shell.lang();
    let hit = answer.hit;
    let articles = AttrValue::from(answer.articles.to_owned());
    let label = if answer.automatic { text::answer_label(lang) } else { text::picked_label(lang) };
    let title = match shell.page(&hit.url) {
        Some(page) => page_link("source", page, answer.articles, hit.title.clone()),
        None => html! { <span class="source" lang={articles.clone()}>{ hit.title.clone() }</span> },
    };
    let read = Action::Read(Place::new(&hit.article, &hit.section));
    html! {
        <div class="card">
            <p class="label">{ label }{ " " }{ title }</p>
            <Passage snippet={hit.snippet.clone()} {articles} {lang} open={answer.open} />
            { button("quiet", text::read(lang), shell.does(read)) }
            { feedback(shell, answer) }
        </div>
    }
}
