use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{components::link, deeds::Deed, node::El, shell::Shell, text::joined};

/// The id of a section's or a footnote's element. Prefixed, so that a writer's anchor meets no id of the panel.
pub(crate) fn anchor(section: &str) -> String {
    joined(&["at-", section])
}

/// A link to a section of the article that is shown; it leads to the same section of the article's page.
pub(crate) fn section_link(shell: &Shell, page: Option<&str>, section: &str) -> El {
    let href = page.map(|page| joined(&[page, "#", section]));
    link(href.as_deref(), "", shell.deeds.add(Deed::Scroll(section.to_owned())))
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
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
    }
}
