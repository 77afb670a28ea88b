use answer_messages::Hit;
use yew::prelude::*;

use super::{choice_card::Picks, person::ContactLink};
use crate::{
    shell::use_shell,
    state::{Action, Vote},
    text,
};

/// What the feedback of an answer needs.
#[derive(PartialEq, Properties)]
pub(crate) struct FeedbackProps {
    /// The entry's id.
    pub(crate) id: u32,
    /// Id of the reply that it comes from.
    pub(crate) reply: u32,
    /// What the visitor has said.
    pub(crate) vote: Option<Vote>,
    /// Other hits.
    pub(crate) others: Vec<Hit>,
    /// Language of the articles.
    pub(crate) articles: AttrValue,
}

/// Two buttons of equal weight, and what follows from them: thanks, or others and a person.
#[component]
pub(crate) fn Feedback(props: &FeedbackProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let button = |vote: Vote, label: &'static str| {
        let pressed = if props.vote == Some(vote) { "true" } else { "false" };
        html! {
            <button type="button" aria-pressed={pressed} onclick={shell.does(Action::Vote(props.id, vote))}>{ label }</button>
        }
    };
    html! {
        <>
            <div class="feedback">
                { button(Vote::Helped, text::helped(lang)) }
                { button(Vote::NotHelped, text::not_helped(lang)) }
            </div>
            if props.vote == Some(Vote::Helped) {
                <p class="note">{ text::helped_thanks(lang) }</p>
            }
            if props.vote == Some(Vote::NotHelped) {
                <div class="next">
                    if !props.others.is_empty() {
                        <p>{ text::not_helped_others(lang) }</p>
                        <Picks reply={props.reply} hits={props.others.clone()} lang={props.articles.clone()} />
                    }
                    if let Some(address) = shell.person() {
                        <p>{ text::not_helped_person(lang) }{ " " }<ContactLink {address} /></p>
                    }
                </div>
            }
        </>
    }
}
