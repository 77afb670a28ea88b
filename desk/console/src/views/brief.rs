use handoff::{
    Brief,
    api::Conversation,
    brief::Seen,
    transcript::{Page, Reason, Vote},
};
use yew::prelude::*;

use super::{Shell, transcript::place, words};
use crate::{
    state::{Action, Known, is_overdue, waited},
    text::{self, Lang, autonym},
};

/// Id of the brief, for the focus.
pub(crate) const BRIEF: &str = "brief";

/// What an agent must know before he writes a word, beside the open conversation.
pub(crate) fn brief(shell: &Shell<'_>) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let Some((_, talk)) = state.talk() else {
        return Html::default();
    };
    let content = match &talk.known {
        Known::Here(conversation) => facts(shell, conversation, talk.handed_off()),
        _ => Html::default(),
    };
    html! {
        <aside id={BRIEF} class="brief" aria-label={text::brief(lang)} data-shown={state.brief.to_string()} tabindex="0">
            <div class="top">
                <h2>{ text::brief(lang) }</h2>
                <button type="button" class="hide" onclick={shell.on::<MouseEvent>(Action::Brief(false))}>
                    { text::hide_brief(lang) }
                </button>
            </div>
            { content }
        </aside>
    }
}

fn facts(shell: &Shell<'_>, conversation: &Conversation, message: Option<&str>) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let Conversation { summary, email, transcript } = conversation;
    let summary = state.summary(&summary.conversation).unwrap_or(summary);
    let brief = Brief::of(transcript, message.unwrap_or_default());
    let before = brief.questions.split_last().map_or(&[][..], |(_, before)| before);
    let wait = waited(summary, &state.clock).zip(summary.waiting_since_ms).map(|(ms, since)| {
        html! {
            <>
                <span class={is_overdue(ms).then_some("late")}>{ words::span(lang, ms) }</span>{ ", " }
                { words::time_in(lang, since, |time| text::since(lang, &time)) }
            </>
        }
    });
    html! {
        <>
            if let Some(urgency) = brief.urgent {
                <p class="urgent">{ words::urgency(lang, urgency) }</p>
            }
            <dl>
                { block(text::question(lang), html! { <p class="asked" dir="auto" lang={brief.lang.clone()}>{ brief.question.clone() }</p> }) }
                if !before.is_empty() {
                    { block(text::questions_before(lang), html! { <ul>{ for before.iter().map(|question| asked(question, &brief.lang)) }</ul> }) }
                }
                { row(text::cause(lang), sentence(html! { words::cause(lang, transcript.cause) })) }
                if let Some(reason) = brief.reason {
                    { row(text::how_sure(lang), how_sure(lang, brief.confidence, reason)) }
                }
                if let Some(wait) = wait {
                    { row(text::waits_for_reply(lang), wait) }
                }
            </dl>
            <h3>{ text::articles(lang) }</h3>
            if brief.articles.is_empty() {
                <p class="note">{ text::no_articles(lang) }</p>
            } else {
                <ul class="seen">{ for brief.articles.iter().map(|seen| article(lang, seen, true)) }</ul>
            }
            if !brief.suggested.is_empty() {
                <h3>{ text::suggested(lang) }</h3>
                <ul class="seen">{ for brief.suggested.iter().map(|seen| article(lang, seen, false)) }</ul>
            }
            <h3>{ text::the_visitor(lang) }</h3>
            <dl>
                { row(text::name(lang), given(lang, summary.name.as_deref(), |name| html! { <bdi>{ name }</bdi> })) }
                { row(text::mail(lang), given(lang, email.as_deref(), mail)) }
                { row(text::spoken(lang), html! { autonym(&transcript.lang) }) }
                { row(text::page(lang), page(lang, &transcript.page)) }
                { row(text::receipt(lang), html! { summary.receipt.clone() }) }
                { row(text::handed_off_at(lang), words::time(lang, summary.created_ms)) }
            </dl>
        </>
    }
}

fn asked(question: &str, spoken: &str) -> Html {
    html! { <li dir="auto" lang={spoken.to_owned()}>{ question.to_owned() }</li> }
}

fn how_sure(lang: Lang, confidence: Option<f64>, reason: Reason) -> Html {
    let sure = confidence.map(|confidence| html! { <>{ words::sureness(lang, confidence) }{ " · " }</> });
    sentence(html! { <>{ sure }{ words::reason(lang, reason) }</> })
}

/// Words that begin with a capital where a script has them.
fn sentence(words: Html) -> Html {
    html! { <span class="sentence">{ words }</span> }
}

/// A row whose content needs the whole width.
fn block(term: &str, what: Html) -> Html {
    html! { <div class="block"><dt>{ term }</dt><dd>{ what }</dd></div> }
}

fn row(term: &str, what: Html) -> Html {
    html! { <div><dt>{ term }</dt><dd>{ what }</dd></div> }
}

fn given(lang: Lang, value: Option<&str>, show: impl FnOnce(&str) -> Html) -> Html {
    match value.map(str::trim).filter(|value| !value.is_empty()) {
        Some(value) => show(value),
        None => html! { <span class="note sentence">{ text::none_given(lang) }</span> },
    }
}

/// An article that the visitor has seen; with what became of it, if wished.
fn article(lang: Lang, seen: &Seen, marked: bool) -> Html {
    let marks = [
        (seen.answered, text::mark_answered(lang)),
        (seen.confidence.is_some() && !seen.answered, text::mark_shown(lang)),
        (seen.chosen, text::mark_chosen(lang)),
        (seen.read, text::mark_opened(lang)),
        (seen.vote == Some(Vote::Helped), text::mark_helped(lang)),
        (seen.is_rejected(), text::mark_rejected(lang)),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is && marked).map(|(_, words)| words).collect();
    html! {
        <li>
            if !seen.title.is_empty() {
                <cite dir="auto">{ seen.title.clone() }</cite>
            }
            if let Some(confidence) = seen.confidence {
                { " · " }{ words::sureness(lang, confidence) }
            }
            if !marks.is_empty() {
                <p>{ sentence(html! { marks.join(" · ") }) }</p>
            }
            { place(lang, &seen.article, &seen.section, &seen.version) }
        </li>
    }
}

/// The page on which the visitor was. It is a link only where it leads to a web page: a visitor could hand in any text.
fn page(lang: Lang, page: &Page) -> Html {
    let Page { url, title } = page;
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let name = html! {
        <>
            if !title.is_empty() {
                <bdi>{ title.clone() }</bdi><br />
            }
            <bdi class="place">{ url.clone() }</bdi>
        </>
    };
    if is_web {
        html! {
            <a href={url.clone()} target="_blank" rel="noopener noreferrer">
                { name }<span class="unseen">{ ", " }{ text::new_tab(lang) }</span>
            </a>
        }
    } else {
        name
    }
}

fn mail(address: &str) -> Html {
    // Whatever stands in it stays part of the address.
    let encoded = String::from(js_sys::encode_uri_component(address)).replace("%40", "@");
    html! { <a href={format!("mailto:{encoded}")}><bdi>{ address }</bdi></a> }
}
