use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    address::{Way, way},
    shell::Shell,
    text,
};

/// The quiet row that is always there: the way to a person, and how one gets in touch.
pub(crate) fn person_row(shell: &Shell) -> Html {
    let lang = shell.lang();
    let Some(address) = shell.person() else {
        return Html::default();
    };
    let how = match way(&address) {
        Way::Mail => text::person_by_mail(lang),
        Way::Phone => text::person_by_phone(lang),
        Way::Page => text::person_new_tab(lang),
    };
    // A button is pressed by the space bar too, a link is not.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(target) = target.filter(|_| event.key() == " ") {
            event.prevent_default();
            target.click();
        }
    });
    html! {
        <div class="person">
            { link(shell, address, text::person(lang), Some(onkeydown)) }
            <span>{ how }</span>
        </div>
    }
}

/// A link to the owner's contact address that says what happens there.
pub(super) fn contact(shell: &Shell) -> Option<Html> {
    let lang = shell.lang();
    let address = shell.person()?;
    let label = match way(&address) {
        Way::Mail => text::person_mail(lang),
        Way::Phone => text::person_phone(lang),
        Way::Page => text::person_page(lang),
    };
    Some(link(shell, address, label, None))
}

/// With a key handler it is a button to who cannot see it.
fn link(shell: &Shell, address: String, label: &'static str, onkeydown: Option<Callback<KeyboardEvent>>) -> Html {
    let target = (way(&address) == Way::Page).then_some("_blank");
    let role = onkeydown.as_ref().map(|_| "button");
    let setup = shell.setup.clone();
    let onclick = Callback::from(move |_: MouseEvent| setup.emit("contact", &[]));
    html! {
        <a class="contact" href={address} {target} rel="noopener" {role} {onclick} {onkeydown}>{ label }</a>
    }
}
