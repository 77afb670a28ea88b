use yew::Html;

use crate::{
    node::{El, button, el},
    shell::Shell,
    state::Action,
    text::{self, primary},
};

/// Name of the help centre, the way to all articles, close.
pub(crate) fn header(shell: &Shell, browsing: bool) -> Html {
    let lang = shell.lang();
    let library = shell.library.as_deref();
    let name = library.map(|library| library.name.as_str()).filter(|name| !name.is_empty());
    // Said only where articles are in another language than the page asked for.
    let wished = primary(shell.setup.tag.as_deref().unwrap_or(lang.tag()));
    let articles = library.map(|library| library.lang.as_str()).filter(|tag| !tag.is_empty() && primary(tag) != wished);
    let (browse, pressed) = if browsing { (Action::Talk, "true") } else { (Action::Browse, "false") };
    el("header", "")
        .child(el("h2", "").keyed("name").with("dir", "auto").text(name.unwrap_or(text::panel(lang))))
        .add_some(articles.map(|tag| el("span", "tag").keyed("tag").text(tag).done()))
        .child(
            icon(shell, "browse", text::browse(lang), "M5 6h14M5 12h14M5 18h9", browse).with("aria-pressed", pressed),
        )
        .child(icon(shell, "close", text::close(lang), "M6 6l12 12M18 6L6 18", Action::Close))
        .done()
}

fn icon(shell: &Shell, key: &str, label: &str, path: &str, action: Action) -> El {
    let svg = el("svg", "").with("viewBox", "0 0 24 24").with("aria-hidden", "true");
    button("icon", shell.does(action))
        .keyed(key)
        .with("aria-label", label)
        .with("title", label)
        .child(svg.child(el("path", "").with("d", path)))
}
