use answer_messages::Hit;
use yew::prelude::*;

use super::{feedback::Feedback, passage::Passage};
use crate::{
    shell::use_shell,
    state::{Action, Place, Vote},
    text,
};

/// What an answer needs.
#[derive(PartialEq, Properties)]
pub(crate) struct AnswerCardProps {
    /// The entry's id.
    pub(crate) id: u32,
    /// Id of the reply that it comes from.
    pub(crate) reply: u32,
    /// The hit that is shown.
    pub(crate) hit: Hit,
    /// Other hits, for when it does not help.
    pub(crate) others: Vec<Hit>,
    /// Language of the articles.
    pub(crate) lang: AttrValue,
    /// Whether the engine chose it, not the visitor.
    pub(crate) automatic: bool,
    /// What the visitor said of it.
    pub(crate) vote: Option<Vote>,
}

/// An article's own words as the answer, with the article they are from.
#[component]
pub(crate) fn AnswerCard(props: &AnswerCardProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let hit = &props.hit;
    let label = if props.automatic { text::answer_label(lang) } else { text::picked_label(lang) };
    let title = match shell.page(&hit.url) {
        Some(page) => html! {
            <a class="source" href={page} target="_blank" rel="noopener" lang={props.lang.clone()}>{ &hit.title }</a>
        },
        None => html! { <span class="source" lang={props.lang.clone()}>{ &hit.title }</span> },
    };
    let read = Action::Read(Place::new(&hit.article, &hit.section));
    html! {
        <div class="card">
            <p class="label">{ label }{ " " }{ title }</p>
            <Passage snippet={hit.snippet.clone()} lang={props.lang.clone()} />
            <button type="button" class="quiet" onclick={shell.does(read)}>{ text::read(lang) }</button>
            <Feedback id={props.id} reply={props.reply} vote={props.vote} others={props.others.clone()} articles={props.lang.clone()} />
        </div>
    }
}
