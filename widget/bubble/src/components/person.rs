use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    address::{Way, way},
    shell::use_shell,
    text,
};

/// The quiet row that is always there: the way to a person, and how one gets in touch.
#[component]
pub(crate) fn Person() -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let Some(address) = shell.person() else {
        return Html::default();
    };
    let how = match way(&address) {
        Way::Mail => text::person_by_mail(lang),
        Way::Phone => text::person_by_phone(lang),
        Way::Page => text::person_new_tab(lang),
    };
    html! {
        <div class="person">
            <ContactLink role="button" label={text::person(lang)} {address} />
            <span>{ how }</span>
        </div>
    }
}

/// What a contact link needs.
#[derive(PartialEq, Properties)]
pub(crate) struct ContactLinkProps {
    /// Where it leads.
    pub(crate) address: String,
    /// What it says; else what happens there.
    #[prop_or_default]
    pub(crate) label: Option<&'static str>,
    /// Role other than that of a link.
    #[prop_or_default]
    pub(crate) role: Option<&'static str>,
}

/// A link to the owner's contact address, which looks like a button.
#[component]
pub(crate) fn ContactLink(props: &ContactLinkProps) -> Html {
    let shell = use_shell();
    let lang = shell.lang();
    let way = way(&props.address);
    let label = props.label.unwrap_or(match way {
        Way::Mail => text::person_mail(lang),
        Way::Phone => text::person_phone(lang),
        Way::Page => text::person_page(lang),
    });
    let tab = (way == Way::Page).then_some("_blank");
    let onclick = {
        let setup = shell.setup.clone();
        move |_: MouseEvent| setup.emit("contact", &[])
    };
    // A button is pressed by the space bar too, a link is not.
    let onkeydown = props.role.map(|_| {
        Callback::from(|event: KeyboardEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
            if let Some(target) = target.filter(|_| event.key() == " ") {
                event.prevent_default();
                target.click();
            }
        })
    });
    html! {
        <a class="contact" href={props.address.clone()} target={tab} rel="noopener" role={props.role} {onclick} {onkeydown}>
            { label }
        </a>
    }
}
