use answer_messages::Hit;
use yew::Html;

use super::{feedback::feedback, links::page_link, passage::passage};
use crate::{
    node::{button, el},
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
    /// What the visitor said of it.
    pub(super) vote: Option<Vote>,
    /// Whether all of it is shown.
    pub(super) whole: bool,
}

/// An article's own words as the answer, with the article they are from.
pub(super) fn answer_card(shell: &Shell, answer: &Answer<'_>) -> Html {
    let lang = shell.lang();
    let hit = answer.hit;
    // What the visitor picked himself is no automatic answer.
    let automatic = answer.id == answer.reply;
    let label = if automatic { text::answer_label(lang) } else { text::picked_label(lang) };
    let title = match shell.page(&hit.url) {
        Some(page) => page_link("source", &page, answer.articles, &hit.title),
        None => el("span", "source").with("lang", answer.articles).text(&hit.title).done(),
    };
    let read = Action::Read(Place::new(&hit.article, &hit.section));
    el("div", "card")
        .child(el("p", "label").text(label).text(" ").add(title))
        .add_all(passage(shell, answer.id, &hit.snippet, answer.articles, answer.whole))
        .child(button("quiet", shell.does(read)).text(text::read(lang)))
        .add_all(feedback(shell, answer))
        .done()
}
