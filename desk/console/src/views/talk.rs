use yew::prelude::*;

use super::{
    ReplyBox, Shell,
    brief::BRIEF,
    log::{LOG, log},
    words,
};
use crate::{
    browser::scroll_to_end,
    state::{Action, Known, Standing, Step, Talk, Trouble},
    text,
};

/// Id of the heading, for the focus.
pub(crate) const HEADING: &str = "talk";
/// Id of the button that shows the brief.
pub(crate) const BRIEF_BUTTON: &str = "brief-button";

/// The open conversation.
pub(crate) fn talk(shell: &Shell<'_>) -> Html {
    let lang = shell.lang();
    let Some((id, talk)) = shell.state.talk() else {
        return html! {
            <main class="talk empty"><p class="note">{ text::choose_conversation(lang) }</p></main>
        };
    };
    let body = match &talk.known {
        Known::Missing => html! { <p class="note" role="status">{ text::no_conversation(lang) }</p> },
        Known::Refused(detail) => html! { <p class="note" role="status">{ text::desk_refused(lang, detail) }</p> },
        Known::Loading => html! { <p class="note" role="status">{ text::loading_conversation(lang) }</p> },
        Known::Here(_) => room(shell, id, talk),
    };
    html! {
        <main class="talk">{ head(shell, id, talk) }{ body }</main>
    }
}

fn visitor(shell: &Shell<'_>, id: &str) -> String {
    match shell.state.summary(id) {
        Some(summary) => words::visitor(shell.lang(), summary),
        None => text::conversation(shell.lang()).to_owned(),
    }
}

/// Who it is, where it stands, and what can be done.
fn head(shell: &Shell<'_>, id: &str, talk: &Talk) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let summary = state.summary(id);
    let standing = summary.map(|summary| Standing::of(summary, state.me()));
    let step = |step| shell.on::<MouseEvent>(Action::Do(id.to_owned(), step));
    let trouble = talk.trouble.as_ref().map(|trouble| match trouble {
        Trouble::Unreachable => text::step_unreachable(lang).to_owned(),
        Trouble::Refused(detail) => text::step_refused(lang, detail),
    });
    let here = matches!(talk.known, Known::Here(_));
    html! {
        <header class="talk-head">
            <a class="back" href="#/" aria-label={text::back(lang)}><span aria-hidden="true">{ "←" }</span></a>
            <div class="title">
                <h2 id={HEADING} tabindex="-1" dir="auto">{ visitor(shell, id) }</h2>
                if let (Some(summary), Some(standing)) = (summary, standing) {
                    <p class="facts">
                        { summary.receipt.clone() }{ " · " }{ words::stands(lang, standing) }
                    </p>
                }
            </div>
            if here {
                <div class="actions">
                    if matches!(standing, Some(Standing::Waiting | Standing::Others(_))) {
                        <button key="assign" type="button" onclick={step(Step::Assign)}>{ text::assign(lang) }</button>
                    }
                    // One button, so that the focus stays on it.
                    if standing == Some(Standing::Closed) {
                        <button key="end" type="button" onclick={step(Step::Reopen)}>{ text::reopen(lang) }</button>
                    } else {
                        <button key="end" type="button" onclick={step(Step::Close)}>{ text::close(lang) }</button>
                    }
                    <button key="brief" id={BRIEF_BUTTON} class="brief-button" type="button" aria-controls={BRIEF}
                        aria-expanded={state.brief.to_string()}
                        onclick={shell.on::<MouseEvent>(Action::Brief(!state.brief))}>{ text::brief(lang) }</button>
                </div>
            }
            <p class="trouble" role="status">{ trouble }</p>
        </header>
    }
}

/// The log and the reply box.
fn room(shell: &Shell<'_>, id: &str, talk: &Talk) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let note = match state.summary(id).map(|summary| Standing::of(summary, state.me())) {
        Some(Standing::Waiting) => Some(text::reply_assigns(lang).to_owned()),
        Some(Standing::Others(name)) => Some(text::reply_others(lang, name)),
        Some(Standing::Closed) => Some(text::reply_closed(lang).to_owned()),
        Some(Standing::Mine) | None => None,
    };
    html! {
        <>
            { log(shell, id, &visitor(shell, id), talk) }
            <div class="under">
                if talk.below {
                    <button type="button" class="newer" onclick={Callback::from(|_: MouseEvent| scroll_to_end(LOG))}>
                        { text::newer(lang) }
                    </button>
                }
                <ReplyBox key={id.to_owned()} {lang} conversation={id.to_owned()} note={note}
                    typed={shell.typed.clone()} act={shell.act.clone()} />
            </div>
        </>
    }
}
