//! A line of the log. A component of its own, so that lines that stay as they are cost nothing when others come.

use yew::prelude::*;

use super::badge;
use crate::{
    clock,
    links::{Part, parts},
    state::{Action, Progress, Row, RowKind},
    text::{self as t, Lang},
};

/// What a line is made of.
#[derive(PartialEq, Properties)]
pub(super) struct LineProps {
    /// The line.
    pub(super) row: Row,
    /// Language of the chat.
    pub(super) lang: Lang,
    /// Whether there is no connection, so that what is being sent waits.
    pub(super) waiting: bool,
    /// Says what the visitor does.
    pub(super) act: Callback<Action>,
}

/// A line of the log.
#[component]
pub(super) fn Line(props: &LineProps) -> Html {
    let (lang, row) = (props.lang, &props.row);
    match &row.kind {
        RowKind::Own { text, id, .. } => html! {
            <div class="entry own">
                <p class="bubble" dir="auto"><span class="unseen">{ t::you(lang) }{ " " }</span>{ words(text) }</p>
                <div class="meta" aria-live="off">{ time(lang, row.at_ms) }{ progress(props, id.as_deref()) }</div>
            </div>
        },
        RowKind::Agent { name, text, again } => html! {
            <div class={classes!("entry", "agent", again.then_some("again"))}>
                if *again {
                    <p class="bubble" dir="auto"><span class="unseen">{ name.clone() }{ ": " }</span>{ words(text) }</p>
                } else {
                    <p class="who">{ badge(name) }<bdi>{ name.clone() }</bdi></p>
                    <p class="bubble" dir="auto">{ words(text) }</p>
                }
                <div class="meta">{ time(lang, row.at_ms) }</div>
            </div>
        },
        RowKind::Joined(name) => note(lang, &t::joined(lang, name), row.at_ms),
        RowKind::Closed(Some(name)) => note(lang, &t::closed_by(lang, name), row.at_ms),
        RowKind::Closed(None) => note(lang, t::closed(lang), row.at_ms),
        RowKind::Reopened => note(lang, t::reopened(lang), row.at_ms),
    }
}

fn note(lang: Lang, words: &str, at_ms: Option<u64>) -> Html {
    html! {
        <div class="entry event"><p dir="auto">{ words.to_owned() }</p><div class="meta">{ time(lang, at_ms) }</div></div>
    }
}

/// When the desk stored it.
fn time(lang: Lang, at_ms: Option<u64>) -> Html {
    at_ms.map_or_else(Html::default, |at_ms| {
        html! {
            <time datetime={clock::iso(at_ms)} title={clock::moment(lang, at_ms)}>{ clock::time(lang, at_ms) }</time>
        }
    })
}

/// How far an own message is.
fn progress(props: &LineProps, id: Option<&str>) -> Html {
    let lang = props.lang;
    let RowKind::Own { progress, .. } = &props.row.kind else {
        return Html::default();
    };
    match progress {
        Progress::Sent => html! { <span>{ t::message_sent(lang) }</span> },
        Progress::Sending if !props.waiting => html! { <span>{ t::message_sending(lang) }</span> },
        // The way to try at once stands below the log, where it is once for all of them.
        Progress::Sending => html! { <span class="wrong">{ t::message_waiting(lang) }</span> },
        Progress::Refused(problem) => html! {
            <>
                <span class="wrong" role="alert">{ t::refusal(lang, problem) }</span>
                if let Some(id) = id {
                    { button(props, t::put_back(lang), Action::PutBack(id.to_owned())) }
                }
            </>
        },
    }
}

fn button(props: &LineProps, words: &'static str, action: Action) -> Html {
    let act = props.act.clone();
    let onclick = Callback::from(move |_: MouseEvent| act.emit(action.clone()));
    html! { <button type="button" class="plain" {onclick}>{ words }</button> }
}

/// What somebody wrote, with its addresses as links.
fn words(text: &str) -> Html {
    let part = |part: Part<'_>| match part {
        Part::Text(text) => html! { { text.to_owned() } },
        Part::Link(address) => html! {
            <a href={address.to_owned()} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
                { address.to_owned() }
            </a>
        },
    };
    html! { <>{ for parts(text).into_iter().map(part) }</> }
}
