use handoff::api::SignIn;
use yew::prelude::*;

use super::Shell;
use crate::{
    browser::value,
    state::{Action, Out, Refusal, Why},
    text,
};

/// Ids of the fields, for the focus.
pub(crate) const EMAIL: &str = "email";
/// The password's.
pub(crate) const PASSWORD: &str = "password";

/// The form to sign in. Its fields are the browser's own, so that password managers know them.
pub(crate) fn sign_in(shell: &Shell<'_>, out: &Out) -> Html {
    let lang = shell.lang();
    let onsubmit = {
        let act = shell.act.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            act.emit(Action::SignIn(SignIn { email: value(EMAIL).trim().to_owned(), password: value(PASSWORD) }));
        })
    };
    let why = match out.why {
        Why::First => None,
        Why::Ended => Some(text::session_ended(lang).to_owned()),
        Why::Left { unsent: 0 } => Some(text::signed_out(lang).to_owned()),
        Why::Left { unsent } => Some(text::signed_out_unsent(lang, unsent)),
    };
    let refusal = out.refusal.as_ref().map(|refusal| match refusal {
        Refusal::Empty => text::fields_empty(lang).to_owned(),
        Refusal::Wrong => text::wrong_password(lang).to_owned(),
        Refusal::TooMany => text::too_many_tries(lang).to_owned(),
        Refusal::Unreachable => text::desk_unreachable(lang).to_owned(),
        Refusal::Other(detail) => text::desk_refused(lang, detail),
    });
    let invalid = matches!(out.refusal, Some(Refusal::Empty | Refusal::Wrong)).then_some("true");
    html! {
        <main class="door">
            <form class="sign-in" {onsubmit} novalidate=true aria-busy={out.busy.to_string()}>
                <h1>{ text::sign_in_title(lang) }</h1>
                if let Some(why) = why {
                    <p class="note" role="status">{ why }</p>
                }
                <label for={EMAIL}>{ text::email(lang) }</label>
                <input id={EMAIL} type="email" name="email" autocomplete="username"
                    aria-invalid={invalid} aria-describedby="refusal" autocapitalize="none" spellcheck="false" />
                <label for={PASSWORD}>{ text::password(lang) }</label>
                <input id={PASSWORD} type="password" name="password" autocomplete="current-password"
                    aria-invalid={invalid} aria-describedby="refusal" />
                <p id="refusal" class="refusal" role="alert">{ refusal }</p>
                <button type="submit" class="main">{ text::sign_in(lang) }</button>
                <p class="note" role="status">{ out.busy.then(|| text::signing_in(lang)) }</p>
            </form>
        </main>
    }
}
