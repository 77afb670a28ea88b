use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::arrive;

/// The id of a section's or a footnote's element. Prefixed, so that a writer's anchor meets no id of the panel.
pub(crate) fn anchor(section: &str) -> String {
    ["at-", section].concat()
}

/// What a link within an article needs.
#[derive(PartialEq, Properties)]
pub(crate) struct SectionLinkProps {
    /// The article's page in the static help centre.
    pub(crate) page: Option<String>,
    /// Anchor of the section.
    pub(crate) section: String,
    /// Name for who cannot see where it stands.
    #[prop_or_default]
    pub(crate) label: Option<String>,
    /// What it says.
    pub(crate) children: Html,
}

/// A link to a section of the article that is shown.
#[component]
pub(crate) fn SectionLink(props: &SectionLinkProps) -> Html {
    let onclick = {
        let section = props.section.clone();
        move |event: MouseEvent| {
            if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            event.prevent_default();
            let from = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let view = from.and_then(|from| from.closest(".view").ok().flatten());
            if let Some(view) = view.and_then(|view| view.dyn_into::<HtmlElement>().ok()) {
                scroll_to(&view, &section);
            }
        }
    };
    let label = props.label.clone();
    match &props.page {
        Some(page) => {
            let href = [page, "#", &props.section].concat();
            html! { <a {href} aria-label={label} {onclick}>{ props.children.clone() }</a> }
        }
        None => html! {
            <button type="button" class="linked" aria-label={label} {onclick}>{ props.children.clone() }</button>
        },
    }
}

/// Scrolls a view to a section of its article and moves the focus there. Only the view scrolls, never the page.
pub(crate) fn scroll_to(view: &HtmlElement, section: &str) {
    let id = anchor(section);
    let Ok(marked) = view.query_selector_all("[id]") else {
        return;
    };
    let target = (0..marked.length())
        .filter_map(|at| marked.get(at)?.dyn_into::<HtmlElement>().ok())
        .find(|element| element.id() == id);
    if let Some(target) = target {
        let top = target.get_bounding_client_rect().top() - view.get_bounding_client_rect().top();
        view.set_scroll_top(view.scroll_top() + top as i32 - 8);
        arrive(&target);
    }
}
