//! What happened since the hand-off, and replies on their way.

use handoff::chat::{Event, Participant, What};
use yew::prelude::*;

use super::{Shell, words};
use crate::{
    state::{Action, Reply, Talk, Way},
    text,
};

/// An event. `spoken` is the language of the bubble, and so of the visitor's words.
pub(crate) fn event(shell: &Shell<'_>, visitor: &str, spoken: &str, event: &Event) -> Html {
    let lang = shell.lang();
    let time = words::time(lang, event.at_ms);
    let happened = |words: String| html! { <p key={event.seq} class="happened">{ words }{ " " }{ time.clone() }</p> };
    match (&event.what, &event.by) {
        (What::Message { text, .. }, Participant::Visitor) => html! {
            <div key={event.seq} class="said">
                <p class="label"><bdi>{ visitor.to_owned() }</bdi>{ " " }{ time }</p>
                <p class="words" dir="auto" lang={spoken.to_owned()}>{ text.clone() }</p>
            </div>
        },
        (What::Message { text, client_message_id }, Participant::Agent { id, name }) if id == shell.state.me() => {
            html! {
                // It was there before it was sent: only its state has changed, which is no news.
                <div key={client_message_id.clone()} class="said own" aria-live="off">
                    <p class="label"><bdi>{ text::you(lang, name) }</bdi>{ " " }{ time }</p>
                    <p class="words" dir="auto">{ text.clone() }</p>
                    <p class="way">{ text::sent(lang) }</p>
                </div>
            }
        }
        (What::Message { text, client_message_id }, Participant::Agent { name, .. }) => html! {
            <div key={client_message_id.clone()} class="said agent">
                <p class="label"><bdi>{ name.clone() }</bdi>{ " " }{ time }</p>
                <p class="words" dir="auto">{ text.clone() }</p>
            </div>
        },
        (What::HandedOff, _) => happened(text::handed_off(lang).to_owned()),
        (What::Assigned, Participant::Agent { name, .. }) => happened(text::joined(lang, name)),
        (What::Assigned, Participant::Visitor) => Html::default(),
        (What::Closed, Participant::Agent { name, .. }) => happened(text::closed_by(lang, name)),
        (What::Closed, Participant::Visitor) => happened(text::closed_by_visitor(lang).to_owned()),
        (What::Reopened, Participant::Agent { name, .. }) => happened(text::reopened_by(lang, name)),
        (What::Reopened, Participant::Visitor) => happened(text::reopened_by_visitor(lang).to_owned()),
    }
}

/// A reply that is not among the events yet.
pub(crate) fn reply(shell: &Shell<'_>, id: &str, talk: &Talk, reply: &Reply) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let name = state.agent.as_ref().map_or("", |agent| &agent.name);
    let way = match &reply.way {
        Way::Held | Way::Sending if talk.line.is_missed(state.clock.local()) => text::kept(lang).to_owned(),
        Way::Held | Way::Sending => text::sending(lang).to_owned(),
        Way::Sent => text::sent(lang).to_owned(),
        Way::NotSent(detail) => text::not_sent(lang, detail),
    };
    let refused = matches!(reply.way, Way::NotSent(_));
    let (id, key) = (id.to_owned(), reply.key.clone());
    let edit = shell.on::<MouseEvent>(Action::Edit(id.clone(), key.clone()));
    let discard = shell.on::<MouseEvent>(Action::Discard(id, key.clone()));
    html! {
        <div {key} class="said own" aria-live="off">
            <p class="label"><bdi>{ text::you(lang, name) }</bdi></p>
            <p class="words" dir="auto">{ reply.text.clone() }</p>
            <p class="way" role={refused.then_some("alert")}>{ way }</p>
            if refused {
                <p class="actions">
                    <button type="button" onclick={edit}>{ text::edit_again(lang) }</button>
                    <button type="button" onclick={discard}>{ text::discard(lang) }</button>
                </p>
            }
        </div>
    }
}
