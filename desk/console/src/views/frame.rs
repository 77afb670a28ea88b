use yew::prelude::*;

use super::{Shell, brief::brief, keys::KeysDialog, queue::queue, sign_in::sign_in, talk::talk};
use crate::{
    browser::reload,
    state::{Action, Route, Session, State},
    text::{self, Lang},
};

/// The whole page.
pub(crate) fn console(shell: &Shell<'_>) -> Html {
    let state = shell.state;
    match &state.session {
        Session::Asking { failed } => {
            let words = if *failed > 0 { text::cut_off(state.lang) } else { text::asking(state.lang) };
            html! {
                <div class="page closed">
                    { head(shell) }
                    <main class="door"><p class="note" role="status">{ words }</p></main>
                </div>
            }
        }
        Session::Out(out) => html! {
            <div class="page closed">{ head(shell) }{ sign_in(shell, out) }</div>
        },
        Session::In => html! {
            <div class="page" data-open={(state.route != Route::Queue).to_string()}>
                { head(shell) }
                { queue(shell) }
                { talk(shell) }
                { brief(shell) }
                <p class="unseen" role="status">{ arrived(state) }</p>
                if state.keys {
                    <KeysDialog lang={state.lang} shortcuts={state.shortcuts} act={shell.act.clone()} />
                }
            </div>
        },
    }
}

fn arrived(state: &State) -> Option<String> {
    state.arrived.map(|arrived| text::arrived(state.lang, arrived.new, &arrived.waiting.to_string()))
}

/// Who is signed in, the language, and whether the desk is out of reach.
fn head(shell: &Shell<'_>) -> Html {
    let (state, lang) = (shell.state, shell.lang());
    let inside = state.session == Session::In;
    let warning = if !inside {
        Html::default()
    } else if state.is_outdated() {
        html! {
            <>
                <span>{ text::outdated(lang) }</span>
                <button type="button" onclick={Callback::from(|_: MouseEvent| reload())}>{ text::reload(lang) }</button>
            </>
        }
    } else if state.is_cut_off() {
        html! {
            <>
                <span>{ text::cut_off(lang) }</span>
                <button type="button" onclick={shell.on::<MouseEvent>(Action::Hurry)}>{ text::try_now(lang) }</button>
            </>
        }
    } else if state.still_in {
        html! { <span>{ text::still_in(lang) }</span> }
    } else {
        Html::default()
    };
    html! {
        <header class="head">
            if inside {
                <h1>{ text::product(lang) }</h1>
            } else {
                // The form's own heading is the page's.
                <p class="h1">{ text::product(lang) }</p>
            }
            <div class="warning" role="status">{ warning }</div>
            <div class="tools">
                if let Some(agent) = state.agent.as_ref().filter(|_| inside) {
                    <span class="agent" dir="auto">{ agent.name.clone() }</span>
                    <button type="button" onclick={shell.on::<MouseEvent>(Action::Keys(true))}>{ text::keys(lang) }</button>
                }
                { languages(shell) }
                if inside {
                    <button type="button" onclick={shell.on::<MouseEvent>(Action::SignOut)}>{ text::sign_out(lang) }</button>
                }
            </div>
        </header>
    }
}

fn languages(shell: &Shell<'_>) -> Html {
    let lang = shell.lang();
    let act = shell.act.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<web_sys::HtmlSelectElement>() {
            act.emit(Action::Speak(Lang::of(Some(&select.value()))));
        }
    });
    let options = [(Lang::En, "English"), (Lang::Ko, "한국어")].map(|(each, name)| {
        html! { <option value={each.tag()} lang={each.tag()} selected={each == lang}>{ name }</option> }
    });
    html! {
        <select aria-label={text::language(lang)} {onchange}>{ for options }</select>
    }
}
