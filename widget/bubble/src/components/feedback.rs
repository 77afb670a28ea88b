use yew::prelude::*;

use super::{answer_card::Answer, choice_card::picks, person::contact};
use crate::{
    shell::Shell,
    state::{Action, Vote},
    text,
};

/// Two buttons of equal weight, and what follows from them: thanks, or others and a person.
pub(super) fn feedback(shell: &Shell, answer: &Answer<'_>) -> Html {
    let lang = shell.lang();
    let button = |vote: Vote, label: &'static str| {
        let pressed = if answer.vote == Some(vote) { "true" } else { "false" };
        let onclick = shell.does(Action::Vote(answer.id, vote));
        html! { <button type="button" aria-pressed={pressed} {onclick}>{ label }</button> }
    };
    let next = match answer.vote {
        None => Html::default(),
        Some(Vote::Helped) => html! { <p class="note">{ text::helped_thanks(lang) }</p> },
        Some(Vote::NotHelped) => html! {
            <div class="next">
                if !answer.others.is_empty() {
                    <p>{ text::not_helped_others(lang) }</p>
                    { picks(shell, answer.reply, &answer.others, answer.articles) }
                }
                if let Some(contact) = contact(shell) {
                    <p class="row">{ text::not_helped_person(lang) }{ contact }</p>
                }
            </div>
        },
    };
    html! {
        <>
            <div class="feedback">
                { button(Vote::Helped, text::helped(lang)) }
                { button(Vote::NotHelped, text::not_helped(lang)) }
            </div>
            { next }
        </>
    }
}
