//! Causes, spans, times and certainty in words.

use handoff::{
    Cause,
    api::Summary,
    brief::{Sureness, Urgency},
    transcript::Reason,
};
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::{
    state::{Span, Standing},
    text::{self, Lang},
};

/// Why a hand-off came about.
pub(crate) fn cause(lang: Lang, cause: Cause) -> &'static str {
    match cause {
        Cause::VisitorChose => text::cause_visitor_chose(lang),
        Cause::AskedForPerson => text::cause_asked_for_person(lang),
        Cause::Urgent => text::cause_urgent(lang),
        Cause::LowConfidence => text::cause_low_confidence(lang),
        Cause::NoMatch => text::cause_no_match(lang),
        Cause::NotHelped => text::cause_not_helped(lang),
        Cause::SearchUnavailable => text::cause_search_unavailable(lang),
    }
}

/// Why the engine decided so.
pub(crate) fn reason(lang: Lang, reason: Reason) -> &'static str {
    match reason {
        Reason::Confident => text::reason_confident(lang),
        Reason::Tie => text::reason_tie(lang),
        Reason::LowConfidence => text::reason_low_confidence(lang),
        Reason::NoMatch => text::reason_no_match(lang),
        Reason::AskedForPerson => text::reason_asked_for_person(lang),
        Reason::Urgent => text::reason_urgent(lang),
    }
}

/// What tells that a matter cannot wait.
pub(crate) fn urgency(lang: Lang, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Cause => text::urgent_cause(lang),
        Urgency::Question => text::urgent_question(lang),
        Urgency::Message => text::urgent_message(lang),
    }
}

/// Where a conversation stands.
pub(crate) fn stands(lang: Lang, standing: Standing<'_>) -> String {
    match standing {
        Standing::Waiting => text::stands_waiting(lang).to_owned(),
        Standing::Mine => text::stands_mine(lang).to_owned(),
        Standing::Others(name) => text::stands_others(lang, name),
        Standing::Closed => text::stands_closed(lang).to_owned(),
    }
}

/// The visitor's name, or what he is called without one.
pub(crate) fn visitor(lang: Lang, summary: &Summary) -> String {
    match summary.name.as_deref().map(str::trim) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => text::visitor(lang, &summary.receipt),
    }
}

/// So many milliseconds, as people say it.
pub(crate) fn span(lang: Lang, ms: u64) -> String {
    match Span::of(ms) {
        Span::Moment => text::moment(lang).to_owned(),
        Span::Minutes(n) => text::minutes(lang, n),
        Span::Hours(h, m) => text::hours(lang, h, m),
        Span::Days(n) => text::days(lang, n),
    }
}

/// A moment (milliseconds since 1970) by the clock on the agent's wall; with the day where that is not today.
pub(crate) fn time(lang: Lang, at_ms: u64) -> Html {
    time_in(lang, at_ms, |time| time)
}

/// The same in a sentence.
pub(crate) fn time_in(lang: Lang, at_ms: u64, sentence: impl FnOnce(String) -> String) -> Html {
    let date = js_sys::Date::new(&JsValue::from_f64(at_ms as f64));
    // `toISOString` throws for times that no calendar has.
    if date.get_time().is_nan() {
        return Html::default();
    }
    let iso = String::from(date.to_iso_string());
    let options = js_sys::Object::new();
    let set = |name: &str, value: &str| {
        // Fails only on sealed objects.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    };
    set("hour", "2-digit");
    set("minute", "2-digit");
    if date.to_date_string() != js_sys::Date::new_0().to_date_string() {
        set("month", "short");
        set("day", "numeric");
    }
    let words = sentence(date.to_locale_string(lang.tag(), &options).into());
    html! { <time datetime={iso}>{ words }</time> }
}

/// How sure the engine was, with the figure for those who ask: under the pointer, and for readers of screens.
pub(crate) fn sureness(lang: Lang, confidence: f64) -> Html {
    let words = match Sureness::of(confidence) {
        Sureness::Sure => text::sure(lang),
        Sureness::Likely => text::likely(lang),
        Sureness::Unsure | Sureness::None => text::unsure(lang),
    };
    let figure = text::figure(lang, (confidence.clamp(0.0, 1.0) * 100.0).round() as u32);
    html! {
        <span class="sure" title={figure.clone()}>{ words }<span class="unseen">{ " (" }{ figure }{ ")" }</span></span>
    }
}
