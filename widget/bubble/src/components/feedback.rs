use yew::Html;

use super::{answer_card::Answer, choice_card::picks, person::contact};
use crate::{
    node::{button, el},
    shell::Shell,
    state::{Action, Vote},
    text,
};

/// Two buttons of equal weight, and what follows from them: thanks, or others and a person.
pub(super) fn feedback(shell: &Shell, answer: &Answer<'_>) -> Vec<Html> {
    let lang = shell.lang();
    let mut buttons = el("div", "feedback");
    for (vote, label) in [(Vote::Helped, text::helped(lang)), (Vote::NotHelped, text::not_helped(lang))] {
        let pressed = if answer.vote == Some(vote) { "true" } else { "false" };
        let button = button("", shell.does(Action::Vote(answer.id, vote))).with("aria-pressed", pressed);
        buttons = buttons.child(button.text(label));
    }
    // Always there: a list that grows at its end would have its first part, and with it the focus, made anew.
    let mut next = el("div", "next");
    match answer.vote {
        None => {}
        Some(Vote::Helped) => next = next.child(el("p", "note").text(text::helped_thanks(lang))),
        Some(Vote::NotHelped) => {
            if !answer.others.is_empty() {
                next = next.child(el("p", "").text(text::not_helped_others(lang)));
                next = next.add(picks(shell, answer.reply, &answer.others, answer.articles));
            }
            if let Some(contact) = contact(shell) {
                let says = el("span", "").text(text::not_helped_person(lang)).done();
                next = next.child(el("p", "row").add(says).add(contact));
            }
        }
    }
    vec![buttons.done(), next.done()]
}
