use handoff::api::Summary;
use yew::prelude::*;

use super::{Shell, words};
use crate::{
    state::{PROMISE_MS, Route, Section, Standing, is_overdue, waited},
    text::{self, autonym},
};

/// Id of the list, for the focus.
pub(crate) const QUEUE: &str = "queue";
/// Id of its heading, for the focus while there is no link.
pub(crate) const QUEUE_TITLE: &str = "queue-title";

/// The conversations: a link each, and no other link.
pub(crate) fn queue(shell: &Shell<'_>) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let sections = Section::ALL.map(|section| {
        let list = state.queue.section(section, state.me());
        let title = match section {
            Section::Waiting => text::waiting(lang),
            Section::Mine => text::mine(lang),
            Section::Others => text::others(lang),
            Section::Closed => text::closed_lately(lang),
        };
        if list.is_empty() && section != Section::Waiting {
            return Html::default();
        }
        let count = list.len();
        let items = list.into_iter().map(|summary| {
            html! { <li key={summary.conversation.clone()}>{ link(shell, summary) }</li> }
        });
        html! {
            <section key={title}>
                <h3>{ title }{ " " }<span class="count">{ count }</span></h3>
                if count == 0 {
                    <p class="note">{ if state.waiting() == 0 { text::nobody_waits(lang) } else { text::all_assigned(lang) } }</p>
                } else {
                    <ul>{ for items }</ul>
                }
            </section>
        }
    });
    html! {
        <nav id={QUEUE} class="queue" aria-label={text::queue(lang)}>
            <h2 id={QUEUE_TITLE} tabindex="-1">{ text::queue(lang) }{ " " }<span class="count">
                { state.queue.list.is_some().then(|| text::waiting_now(lang, state.waiting())) }
            </span></h2>
            if state.queue.list.is_some() {
                { for sections }
            } else {
                <p class="note">{ text::loading_queue(lang) }</p>
            }
        </nav>
    }
}

fn link(shell: &Shell<'_>, summary: &Summary) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let id = &summary.conversation;
    let route = Route::Conversation(id.clone());
    let current = (state.route == route).then_some("page");
    let standing = Standing::of(summary, state.me());
    let wait = match waited(summary, &state.clock) {
        Some(ms) => html! {
            <span class={classes!("wait", is_overdue(ms).then_some("late"))}>
                { text::waits(lang, &words::span(lang, ms)) }
                if is_overdue(ms) {
                    { " · " }{ text::over_promise(lang, (PROMISE_MS / 60_000) as u32) }
                }
            </span>
        },
        None if standing == Standing::Closed => Html::default(),
        None => html! { <span class="wait">{ text::answered(lang) }</span> },
    };
    html! {
        <a href={route.hash()} aria-current={current}>
            <span class="line">
                <bdi class="who">{ words::visitor(lang, summary) }</bdi>{ " " }
                { wait }
            </span>{ " " }
            <span class="latest" dir="auto" lang={summary.lang.clone()}>{ summary.latest.clone() }</span>{ " " }
            <span class="facts">
                { words::cause(lang, summary.cause) }{ " · " }
                { autonym(&summary.lang) }
                // The section's heading says the rest to those who see it.
                <span class={(!matches!(standing, Standing::Others(_))).then_some("unseen")}>
                    { " · " }{ words::stands(lang, standing) }
                </span>
                if state.has_unsent(id) {
                    { " · " }<strong>{ text::not_sent_mark(lang) }</strong>
                }
            </span>
        </a>
    }
}
