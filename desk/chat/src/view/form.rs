//! The form: what to say, who says it, and all that will be sent.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{
    Shell,
    preview::{marked, preview},
};
use crate::{
    app::{submit, typed},
    state::{Complaint, Field, Form, Notice},
    text::{self as t, Lang},
};

/// Id of the line that says what is wrong.
const COMPLAINT: &str = "complaint";

/// The form.
pub(super) fn form(shell: &Shell<'_>, form: &Form) -> Html {
    let lang = shell.lang();
    let onsubmit = shell.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        submit()
    });
    html! {
        <form key="form" class="form" aria-label={t::heading(lang)} novalidate=true {onsubmit}>
            <div class="view fields">
                if let Some(notice) = &form.notice {
                    <p class="notice" role="alert">{ notice_words(lang, notice) }</p>
                }
                { message(shell, form) }
                <div class="pair">
                    { input(shell, form, Field::Name) }
                    { input(shell, form, Field::Email) }
                </div>
                { preview(shell, form) }
            </div>
            <div class="foot">
                if form.complaint == Some(Complaint::TooMuch) {
                    <p id={COMPLAINT} class="wrong" role="alert">{ t::too_much(lang) }</p>
                }
                <button type="submit" class="send">{ t::send(lang) }</button>
                <p class="note">{ t::nothing_sent(lang) }</p>
            </div>
        </form>
    }
}

fn notice_words(lang: Lang, notice: &Notice) -> String {
    match notice {
        Notice::Gone { unsent: false } => t::gone(lang).to_owned(),
        Notice::Gone { unsent: true } => t::gone_unsent(lang).to_owned(),
        Notice::Refused(problem) => t::refused(lang, &problem.detail),
    }
}

fn message(shell: &Shell<'_>, form: &Form) -> Html {
    let lang = shell.lang();
    let oninput = shell.act.reform(|event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        typed(Field::Message, &area.value())
    });
    let cleaned = form.cleaned_message();
    let wrong = complaint(form, Field::Message);
    html! {
        <div class="field">
            <label for="message">{ t::message(lang) }</label>
            <textarea id="message" ref={&shell.nodes.area} rows="3" dir="auto" {oninput}
                aria-invalid={wrong.map(|_| "true")} aria-describedby={wrong.map(|_| COMPLAINT)} />
            { wrong_line(lang, wrong) }
            // Always there, so that its first words are read out.
            <div class="sent-as" aria-live="polite">
                if cleaned != form.message {
                    <p class="note">{ t::sent_as(lang) }</p>
                    <p class="quote" dir="auto">{ marked(lang, &cleaned) }</p>
                }
            </div>
        </div>
    }
}

fn input(shell: &Shell<'_>, form: &Form, field: Field) -> Html {
    let lang = shell.lang();
    let (id, label, kind, node) = match field {
        Field::Email => ("email", t::email(lang), "email", &shell.nodes.email),
        _ => ("name", t::name(lang), "text", &shell.nodes.name),
    };
    let oninput = shell.act.reform(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        typed(field, &input.value())
    });
    // Only "Send" sends: Enter in a line would do so unseen.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    });
    let wrong = complaint(form, field);
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <input {id} ref={node} type={kind} autocomplete={id} dir="auto" {oninput} {onkeydown}
                aria-invalid={wrong.map(|_| "true")} aria-describedby={wrong.map(|_| COMPLAINT)} />
            { wrong_line(lang, wrong) }
        </div>
    }
}

fn complaint(form: &Form, field: Field) -> Option<Complaint> {
    form.complaint.filter(|complaint| complaint.field() == Some(field))
}

fn wrong_line(lang: Lang, wrong: Option<Complaint>) -> Html {
    let words = match wrong {
        None => return Html::default(),
        Some(Complaint::MessageMissing) => t::message_missing(lang),
        Some(Complaint::MessageLong) => t::message_long(lang),
        Some(Complaint::NameLong) => t::name_long(lang),
        Some(Complaint::EmailWrong) => t::email_wrong(lang),
        Some(Complaint::TooMuch) => t::too_much(lang),
    };
    html! { <p id={COMPLAINT} class="wrong" role="alert">{ words }</p> }
}
