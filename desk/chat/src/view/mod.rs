//! What the chat shows: plain functions from state to nodes. Whatever people write becomes text, never markup.

mod form;
mod message;
mod preview;
mod talk;

use web_sys::MouseEvent;
use yew::prelude::*;

use crate::{
    names::initials,
    port::Word,
    state::{Action, Stage, State},
    text::{self as t, Lang},
};

/// The elements that are more than drawn.
#[derive(Clone, Default)]
pub(crate) struct Nodes {
    /// The heading.
    pub(crate) heading: NodeRef,
    /// The line that says how it stands.
    pub(crate) status: NodeRef,
    /// What scrolls the log.
    pub(crate) scroller: NodeRef,
    /// The form around the box of the conversation.
    pub(crate) composer: NodeRef,
    /// The box in which one writes now.
    pub(crate) area: NodeRef,
    /// The box for the name.
    pub(crate) name: NodeRef,
    /// The box for the e-mail address.
    pub(crate) email: NodeRef,
}

/// What every part may need.
pub(crate) struct Shell<'s> {
    /// What is known.
    pub(crate) state: &'s State,
    /// The elements.
    pub(crate) nodes: &'s Nodes,
    /// Whether something new lies below what is seen.
    pub(crate) below: bool,
    /// Says what the visitor does.
    pub(crate) act: Callback<Action>,
    /// Tells the host page.
    pub(crate) say: Callback<Word>,
    /// The log was scrolled.
    pub(crate) scrolled: Callback<()>,
    /// The end of the log is wanted.
    pub(crate) latest: Callback<()>,
}

impl Shell<'_> {
    fn lang(&self) -> Lang {
        self.state.lang
    }

    fn does(&self, action: Action) -> Callback<MouseEvent> {
        let act = self.act.clone();
        Callback::from(move |_| act.emit(action.clone()))
    }
}

/// The page.
pub(crate) fn page(shell: &Shell<'_>) -> Html {
    let lang = shell.lang();
    let body = match &shell.state.stage {
        Stage::Outside => return html! { <main class="alone" lang={lang.tag()}><p>{ t::outside(lang) }</p></main> },
        Stage::Waiting => html! { <p key="waiting" class="waiting note">{ t::waiting(lang) }</p> },
        Stage::Form(form) => form::form(shell, form),
        Stage::Sending(sending) => talk::sending(shell, sending),
        Stage::Talking(talk) => talk::talk(shell, talk),
    };
    html! { <main class="chat" lang={lang.tag()}>{ head(shell) }{ body }</main> }
}

/// Back, and with whom one talks.
fn head(shell: &Shell<'_>) -> Html {
    let lang = shell.lang();
    let say = shell.say.clone();
    let back = Callback::from(move |_: MouseEvent| say.emit(Word::Back));
    let agent = match &shell.state.stage {
        Stage::Talking(talk) => talk.agent(),
        _ => None,
    };
    html! {
        <div key="head" class="head">
            <button type="button" class="plain back" onclick={back}>{ t::back(lang) }</button>
            <h1 ref={&shell.nodes.heading} tabindex="-1">{ t::heading(lang) }</h1>
            if let Some(name) = agent {
                <p class="with">{ badge(name) }<bdi>{ name.to_owned() }</bdi></p>
            }
        </div>
    }
}

/// The letters of a name; the name itself stands beside it.
fn badge(name: &str) -> Html {
    html! { <span class="badge" aria-hidden="true">{ initials(name) }</span> }
}
