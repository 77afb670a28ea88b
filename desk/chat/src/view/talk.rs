//! The conversation, from the moment at which the hand-off is on its way.

use yew::prelude::*;

use super::{Shell, message::Line};
use crate::{
    app::{reload, typing},
    state::{Action, Progress, Row, Sending, Talk, rows},
    text as t,
};

/// A hand-off on its way: the message, and that it is not with the desk yet.
pub(super) fn sending(shell: &Shell<'_>, sending: &Sending) -> Html {
    let lang = shell.lang();
    let failed = sending.failed > 0;
    let says = match (failed, shell.state.durable) {
        (false, _) => t::sending(lang),
        (true, true) => t::not_sent(lang),
        (true, false) => t::not_sent_memory(lang),
    };
    let rows = vec![Row::first(&sending.message, Progress::Sending)];
    let buttons = html! {
        if failed {
            <div class="row">
                <button type="button" onclick={shell.does(Action::Hurry)}>{ t::try_now(lang) }</button>
                if sending.may_edit() {
                    <button type="button" onclick={shell.does(Action::Edit)}>{ t::edit(lang) }</button>
                }
            </div>
        }
    };
    html! {
        <div key="talk" class="talk">
            { log(shell, rows, true, failed) }
            { lines(shell, says, None, buttons) }
        </div>
    }
}

/// A conversation.
pub(super) fn talk(shell: &Shell<'_>, talk: &Talk) -> Html {
    let lang = shell.lang();
    let told = talk.first.is_some() || talk.queue.is_some() || talk.last() > 0;
    let says = if talk.is_outdated() {
        t::outdated(lang).to_owned()
    } else if talk.is_closed() {
        t::closed(lang).to_owned()
    } else if talk.agent().is_none() && told {
        t::sent_line(lang, talk.queue)
    } else {
        String::new()
    };
    // What was shown before this page began is history, and is not read out again.
    let news = talk.history == 0 || talk.last() > talk.history;
    html! {
        <div key="talk" class="talk">
            { log(shell, rows(talk), news, talk.away) }
            { lines(shell, &says, Some(&talk.receipt.receipt), connection(shell, talk)) }
            { composer(shell, talk) }
        </div>
    }
}

fn log(shell: &Shell<'_>, rows: Vec<Row>, news: bool, waiting: bool) -> Html {
    let lang = shell.lang();
    let onscroll = shell.scrolled.reform(|_: Event| ());
    let latest = shell.latest.reform(|_: MouseEvent| ());
    let line = |row: Row| {
        let key = row.key.clone();
        html! { <Line {key} {row} {lang} {waiting} act={shell.act.clone()} /> }
    };
    html! {
        <div key="log" class="around">
            <div class="view" tabindex="0" ref={&shell.nodes.scroller} {onscroll}>
                <div class="log" role="log" aria-label={t::conversation(lang)} aria-relevant="additions"
                    aria-live={if news { "polite" } else { "off" }}>
                    { for rows.into_iter().map(line) }
                </div>
            </div>
            if shell.below {
                <button type="button" class="below" onclick={latest}>{ t::below(lang) }</button>
            }
        </div>
    }
}

/// How it stands. Lines that may speak are always there, or their first words would not be read out.
fn lines(shell: &Shell<'_>, says: &str, receipt: Option<&str>, more: Html) -> Html {
    let lang = shell.lang();
    html! {
        <div key="lines" class="lines">
            <p class="status" role="status" tabindex="-1" ref={&shell.nodes.status}>{ says.to_owned() }</p>
            if let Some(receipt) = receipt {
                <p class="note receipt">{ t::receipt(lang, receipt) }</p>
            }
            { more }
        </div>
    }
}

/// What is wrong with the connection or the storage, and the way to a new conversation.
fn connection(shell: &Shell<'_>, talk: &Talk) -> Html {
    let lang = shell.lang();
    let only_here = shell.state.is_at_risk();
    html! {
        <>
            <div class="away" role="status">
                if talk.away {
                    <p>{ t::away(lang) }</p>
                }
                if only_here {
                    <p>{ t::only_here(lang) }</p>
                }
            </div>
            if talk.away {
                <button type="button" onclick={shell.does(Action::Hurry)}>{ t::try_now(lang) }</button>
            }
            if talk.is_outdated() {
                <button type="button" onclick={Callback::from(|_| reload())}>{ t::load_again(lang) }</button>
            }
            if talk.is_closed() {
                <button type="button" aria-expanded={talk.asking.to_string()}
                    onclick={shell.does(Action::AskNew(!talk.asking))}>{ t::start_new(lang) }</button>
                if talk.asking {
                    <p>{ t::start_new_sure(lang) }</p>
                    <button type="button" onclick={shell.does(Action::StartNew)}>{ t::start_new_yes(lang) }</button>
                }
            }
        </>
    }
}

/// The box and its button; the crate `composer` brings them to life.
fn composer(shell: &Shell<'_>, talk: &Talk) -> Html {
    let lang = shell.lang();
    let oninput = shell.act.reform(|event: InputEvent| typing(&event));
    html! {
        <form key="composer" class="composer" ref={&shell.nodes.composer}>
            if talk.too_long {
                <p id="too-long" class="wrong" role="alert">{ t::message_too_large(lang) }</p>
            }
            <textarea ref={&shell.nodes.area} rows="1" dir="auto" autocomplete="off" aria-label={t::message(lang)}
                placeholder={t::message(lang)} aria-describedby={talk.too_long.then_some("too-long")} {oninput} />
            <button type="submit" class="send">{ t::send(lang) }</button>
        </form>
    }
}
