//! What was asked and shown before the hand-off, exactly as it was stored.

use handoff::{
    Transcript,
    transcript::{Decision, Entry, Reason, Said, Shown, Vote},
};
use yew::prelude::*;

use super::words;
use crate::text::{self, Lang};

/// The first part of the log.
pub(crate) fn transcript(lang: Lang, transcript: &Transcript) -> Html {
    let entries = transcript.entries.iter().map(|entry| html! { <li>{ said(lang, transcript, entry) }</li> });
    html! {
        <section key="before" class="before" aria-labelledby="before">
            <h3 id="before">{ text::before(lang) }</h3>
            if transcript.entries.is_empty() {
                <p class="note">{ text::no_entries(lang) }</p>
            } else {
                <ol>{ for entries }</ol>
            }
            if transcript.struck > 0 {
                <p class="note">{ text::removed(lang, transcript.struck) }</p>
            }
        </section>
    }
}

fn said(lang: Lang, transcript: &Transcript, entry: &Entry) -> Html {
    let (spoken, time) = (&transcript.lang, words::time(lang, entry.at_ms));
    let label = |words: &str| html! { <p class="label">{ words }{ " " }{ time.clone() }</p> };
    match &entry.said {
        Said::Question { text } => html! {
            <>{ label(text::asked(lang)) }<p class="question" dir="auto" lang={spoken.to_owned()}>{ text.clone() }</p></>
        },
        Said::Reply { decision, reason, confidence, shown, vote } => {
            let kind = match decision {
                Decision::Answer => text::shown_answer(lang),
                Decision::Choose | Decision::HandOff if *reason == Reason::Confident => text::shown_again(lang),
                Decision::Choose => text::shown_choice(lang),
                Decision::HandOff if shown.is_empty() => text::shown_nothing(lang),
                Decision::HandOff => text::shown_closest(lang),
            };
            let one = *decision == Decision::Answer;
            let articles = shown.iter().map(|shown| html! { <li>{ article(lang, spoken, shown, one) }</li> });
            html! {
                <>
                    { label(kind) }
                    <p class="why">
                        { words::reason(lang, *reason) }
                        // Else each article says it.
                        if shown.is_empty() && *confidence > 0.0 {
                            { " · " }{ words::sureness(lang, *confidence) }
                        }
                    </p>
                    <ul class="shown">{ for articles }</ul>
                    { voted(lang, *vote) }
                </>
            }
        }
        Said::Chosen { shown, vote } => html! {
            <>{ label(text::chose(lang)) }{ article(lang, spoken, shown, true) }{ voted(lang, *vote) }</>
        },
        Said::Read { article, section } => html! {
            <>{ label(text::opened(lang)) }{ opened(lang, transcript, article, section) }</>
        },
        Said::Unavailable {} => label(text::no_search(lang)),
    }
}

/// An article as it was shown, with its passage; behind a fold where it was one of several.
fn article(lang: Lang, spoken: &str, shown: &Shown, whole: bool) -> Html {
    let passage = (!shown.passage.is_empty())
        .then(|| html! { <p class="passage" dir="auto" lang={spoken.to_owned()}>{ shown.passage.clone() }</p> });
    html! {
        <div class="article">
            <p>
                <cite dir="auto" lang={spoken.to_owned()}>{ shown.title.clone() }</cite>{ " · " }
                { words::sureness(lang, shown.confidence) }{ " · " }
                { place(lang, &shown.article, &shown.section, &shown.version) }
            </p>
            if whole {
                { passage }
            } else if passage.is_some() {
                <details><summary>{ text::passage(lang) }</summary>{ passage }</details>
            }
        </div>
    }
}

/// An article that was opened; title and version are known where it was shown before.
fn opened(lang: Lang, transcript: &Transcript, article: &str, section: &str) -> Html {
    let shown = transcript.entries.iter().flat_map(|entry| match &entry.said {
        Said::Reply { shown, .. } => shown.as_slice(),
        Said::Chosen { shown, .. } => std::slice::from_ref(shown),
        _ => &[],
    });
    let known = shown.into_iter().find(|shown| shown.article == article);
    let version = known.map_or("", |shown| shown.version.as_str());
    html! {
        <p>
            if let Some(known) = known {
                <cite dir="auto" lang={transcript.lang.clone()}>{ known.title.clone() }</cite>{ " · " }
            }
            { place(lang, article, section, version) }
        </p>
    }
}

/// Slug, section and version.
pub(super) fn place(lang: Lang, article: &str, section: &str, version: &str) -> Html {
    let place = if section.is_empty() { article.to_owned() } else { format!("{article}#{section}") };
    html! {
        <span class="place">
            <bdi>{ place }</bdi>
            if !version.is_empty() {
                { " · " }{ text::version(lang, version) }
            }
        </span>
    }
}

fn voted(lang: Lang, vote: Option<Vote>) -> Html {
    match vote {
        Some(Vote::Helped) => html! { <p class="vote">{ text::helped(lang) }</p> },
        Some(Vote::NotHelped) => html! { <p class="vote">{ text::not_helped(lang) }</p> },
        None => Html::default(),
    }
}
