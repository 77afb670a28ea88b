use gloo::events::EventListener;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::{
    state::Action,
    text::{self, Lang},
};

/// Properties of [`KeysDialog`].
#[derive(PartialEq, Properties)]
pub(crate) struct Props {
    /// What the console speaks.
    pub(crate) lang: Lang,
    /// Whether single keys do something.
    pub(crate) shortcuts: bool,
    /// Tells what the agent does.
    pub(crate) act: Callback<Action>,
}

/// The list of keys: the browser's own dialog, which keeps the focus in it, closes with Escape and gives the focus back.
pub(crate) struct KeysDialog {
    dialog: NodeRef,
    closing: Option<EventListener>,
}

impl Component for KeysDialog {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { dialog: NodeRef::default(), closing: None }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { lang, shortcuts, act } = ctx.props();
        let lang = *lang;
        let rows: [(&[&str], &str); 11] = [
            (&["j", "k"], text::key_move(lang)),
            (&["↓", "↑"], text::key_arrows(lang)),
            (&["Enter"], text::key_open(lang)),
            (&["/"], text::key_queue(lang)),
            (&["r"], text::key_reply(lang)),
            (&["Enter"], text::key_send(lang)),
            (&["Esc"], text::key_escape(lang)),
            (&["a"], text::key_assign(lang)),
            (&["e"], text::key_close(lang)),
            (&["b"], text::key_brief(lang)),
            (&["?"], text::key_keys(lang)),
        ];
        let rows = rows.into_iter().map(|(keys, words)| {
            let keys = keys.iter().map(|key| html! { <kbd>{ *key }</kbd> });
            html! { <tr><th scope="row">{ for keys }</th><td>{ words }</td></tr> }
        });
        let onchange = {
            let act = act.clone();
            Callback::from(move |event: Event| {
                if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                    act.emit(Action::Shortcuts(input.checked()));
                }
            })
        };
        let onclick = {
            let dialog = self.dialog.clone();
            Callback::from(move |_: MouseEvent| {
                if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                    dialog.close();
                }
            })
        };
        html! {
            <dialog ref={&self.dialog} class="keys" aria-labelledby="keys-title">
                <h2 id="keys-title">{ text::keys_title(lang) }</h2>
                <p class="note">{ text::keys_note(lang) }</p>
                <table><tbody>{ for rows }</tbody></table>
                <label class="check">
                    <input type="checkbox" checked={*shortcuts} {onchange} />
                    { text::shortcuts(lang) }
                </label>
                <button type="button" class="main" {onclick}>{ text::done(lang) }</button>
            </dialog>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let Some(dialog) = self.dialog.cast::<HtmlDialogElement>().filter(|_| first) else {
            return;
        };
        let act = ctx.props().act.clone();
        self.closing = Some(EventListener::new(&dialog, "close", move |_| act.emit(Action::Keys(false))));
        // Fails only where it is open already.
        let _ = dialog.show_modal();
    }
}
