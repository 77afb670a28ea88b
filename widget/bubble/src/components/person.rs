use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Html, KeyboardEvent};

use crate::{
    address::{Way, way},
    node::{El, el},
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
    let press = Callback::from(|event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(target) = target.filter(|_| event.key() == " ") {
            event.prevent_default();
            target.click();
        }
    });
    let link = link(shell, &address).with("role", "button").on_key(press).text(text::person(lang));
    el("div", "person").child(link).child(el("span", "").text(how)).done()
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
    Some(link(shell, &address).keyed("contact").text(label).done())
}

fn link(shell: &Shell, address: &str) -> El {
    let setup = shell.setup.clone();
    el("a", "contact")
        .with("href", address)
        .with("rel", "noopener")
        .with_some("target", (way(address) == Way::Page).then_some("_blank"))
        .on_click(Callback::from(move |_| setup.emit("contact", &[])))
}
