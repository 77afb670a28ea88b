//! All that will be sent with the message, entry by entry. What is shown here is what is sent: both come from the same
//! transcript.

use handoff::{
    redaction::{Kind, redact},
    transcript::{Entry, Page, Said, Shown, Vote},
};
use yew::prelude::*;

use super::Shell;
use crate::{
    clock,
    state::{Action, Form},
    text::{self as t, Lang},
};

/// Characters of a passage that is shown whole from the start.
const SHORT: usize = 180;

/// The preview.
pub(super) fn preview(shell: &Shell<'_>, form: &Form) -> Html {
    let lang = shell.lang();
    let material = form.material();
    let struck = (0..material.entries.len()).filter(|place| form.is_struck(*place)).count();
    let redacted = redact_any(form);
    html! {
        <section class="preview" aria-labelledby="preview">
            <h2 id="preview">{ t::preview(lang) }</h2>
            <ul class="entries">
                { page_entry(shell, form, &material.page) }
                <li key="about" class="about">
                    <p><span class="label">{ t::language(lang) }</span>{ " " }{ language(&material.lang) }</p>
                    <p><span class="label">{ t::cause(lang) }</span>{ " " }{ t::cause_words(lang, material.cause) }</p>
                </li>
                { for material.entries.iter().enumerate().map(|(place, entry)| self::entry(shell, form, place, entry)) }
            </ul>
            if material.entries.is_empty() {
                <p class="note">{ t::no_entries(lang) }</p>
            }
            if redacted {
                <p class="note">{ t::redacted(lang) }</p>
            }
            <p class="note" role="status">
                if let Ok(struck @ 1..) = u32::try_from(struck) {
                    { t::left_out_count(lang, struck) }
                }
            </p>
            { raw(shell, form) }
        </section>
    }
}

/// The tag's own name for its language, with the tag, which is what is sent.
fn language(tag: &str) -> String {
    let name = t::autonym(tag);
    if name == tag { name } else { format!("{name} ({tag})") }
}

fn page_entry(shell: &Shell<'_>, form: &Form, page: &Page) -> Html {
    let lang = shell.lang();
    if page.url.is_empty() && page.title.is_empty() {
        return Html::default();
    }
    let body = html! {
        <>
            <p class="label">{ t::page(lang) }</p>
            if !page.title.is_empty() {
                <p dir="auto">{ marked(lang, &page.title) }</p>
            }
            <p class="address" dir="ltr">{ marked(lang, &page.url) }</p>
        </>
    };
    item(shell, "page".to_owned(), t::page(lang), form.is_page_struck(), Action::StrikePage, body)
}

fn entry(shell: &Shell<'_>, form: &Form, place: usize, entry: &Entry) -> Html {
    let lang = shell.lang();
    let time = html! {
        <time datetime={clock::iso(entry.at_ms)} title={clock::moment(lang, entry.at_ms)}>
            { clock::time(lang, entry.at_ms) }
        </time>
    };
    let label = label(lang, &entry.said);
    let details = match &entry.said {
        Said::Question { text } => html! { <p class="said" dir="auto">{ marked(lang, text) }</p> },
        Said::Reply { confidence, shown: articles, vote, .. } => {
            let first = articles.first().map(|first| first.confidence);
            html! {
                <>
                    if first != Some(*confidence) {
                        <p class="note">{ t::overall(lang, &t::how_sure(lang, *confidence)) }</p>
                    }
                    { for articles.iter().enumerate().map(|(at, article)| shown(shell, form, (place, at), article)) }
                    { vote_line(lang, *vote) }
                </>
            }
        }
        Said::Chosen { shown: article, vote } => html! {
            <>{ shown(shell, form, (place, 0), article) }{ vote_line(lang, *vote) }</>
        },
        Said::Read { article, section } => {
            let section = if section.is_empty() { String::new() } else { format!("#{section}") };
            html! { <p dir="auto">{ marked(lang, article) }{ marked(lang, &section) }</p> }
        }
        Said::Unavailable {} => Html::default(),
    };
    let body = html! {
        <><p class="label">{ label }{ " " }{ time }</p>{ details }</>
    };
    item(shell, place.to_string(), label, form.is_struck(place), Action::Strike(place), body)
}

fn label(lang: Lang, said: &Said) -> &'static str {
    match said {
        Said::Question { .. } => t::you_asked(lang),
        Said::Reply { decision, reason, .. } => t::reply_words(lang, *decision, *reason),
        Said::Chosen { .. } => t::you_chose(lang),
        Said::Read { .. } => t::you_opened(lang),
        Said::Unavailable {} => t::search_unavailable(lang),
    }
}

/// An entry with its button. What is struck out says so in words and not by its looks alone.
fn item(shell: &Shell<'_>, key: String, label: &str, struck: bool, action: Action, body: Html) -> Html {
    let lang = shell.lang();
    let does = if struck { t::unstrike(lang) } else { t::strike(lang) };
    html! {
        <li key={key} class={classes!(struck.then_some("struck"))}>
            <div class="body">
                if struck {
                    <p key="mark" class="mark">{ t::left_out(lang) }</p>
                    <del key="body">{ body }</del>
                } else {
                    <div key="body">{ body }</div>
                }
            </div>
            <button type="button" class="strike" onclick={shell.does(action)}>
                { does }<span class="unseen">{ " " }{ label.to_owned() }</span>
            </button>
        </li>
    }
}

/// An article as it was shown: its title, how sure that was, the whole passage.
fn shown(shell: &Shell<'_>, form: &Form, (place, at): (usize, usize), article: &Shown) -> Html {
    let lang = shell.lang();
    let long = article.passage.chars().count() > SHORT;
    let whole = form.is_whole(place, at);
    let does = if whole { t::short(lang) } else { t::whole(lang) };
    html! {
        <div class="shown">
            <p><strong dir="auto">{ marked(lang, &article.title) }</strong>
                { " · " }<span class="note">{ t::how_sure(lang, article.confidence) }</span></p>
            if !article.passage.is_empty() {
                <p class={classes!("quote", (long && !whole).then_some("short"))} dir="auto">
                    { marked(lang, &article.passage) }
                </p>
            }
            if long {
                <button type="button" class="plain" aria-expanded={whole.to_string()}
                    onclick={shell.does(Action::Whole(place, at))}>{ does }</button>
            }
        </div>
    }
}

fn vote_line(lang: Lang, vote: Option<Vote>) -> Html {
    vote.map_or_else(Html::default, |vote| html! { <p>{ t::vote_words(lang, vote) }</p> })
}

/// The body of the request, for those who want to see every letter of it.
fn raw(shell: &Shell<'_>, form: &Form) -> Html {
    let lang = shell.lang();
    html! {
        <>
            <button type="button" class="plain" aria-expanded={form.raw.to_string()}
                onclick={shell.does(Action::Raw(!form.raw))}>{ t::raw(lang) }</button>
            if form.raw {
                <pre tabindex="0" role="region" aria-label={t::raw(lang)} dir="ltr">
                    { serde_json::to_string_pretty(&form.handoff()).unwrap_or_default() }
                </pre>
            }
        </>
    }
}

/// A text whose marks of what was taken out can be told from the visitor's own words.
pub(super) fn marked(lang: Lang, text: &str) -> Html {
    let redacted = redact(text);
    let mut parts = Vec::new();
    let mut from = 0;
    let plain = |from: usize, to: usize| redacted.text.get(from..to).unwrap_or_default().to_owned();
    for found in &redacted.found {
        let title = match found.kind {
            Kind::Card => t::redacted_card(lang),
            Kind::ResidentNumber => t::redacted_resident(lang),
            Kind::Key => t::redacted_key(lang),
        };
        parts.push(html! { { plain(from, found.range.start) } });
        parts.push(html! { <mark {title}>{ plain(found.range.start, found.range.end) }</mark> });
        from = found.range.end;
    }
    parts.push(html! { { plain(from, redacted.text.len()) } });
    html! { <>{ for parts }</> }
}

/// Whether anything in what may be sent was taken out.
fn redact_any(form: &Form) -> bool {
    let any = |text: &str| !redact(text).found.is_empty();
    let shown_any = |shown: &Shown| any(&shown.title) || any(&shown.passage);
    let material = form.material();
    any(&form.message)
        || any(&material.page.url)
        || any(&material.page.title)
        || material.entries.iter().any(|entry| match &entry.said {
            Said::Question { text } => any(text),
            Said::Reply { shown, .. } => shown.iter().any(shown_any),
            Said::Chosen { shown, .. } => shown_any(shown),
            Said::Read { .. } | Said::Unavailable {} => false,
        })
}
