use answer_messages::Library;
use yew::Html;

use crate::{
    node::{El, button, el},
    shell::Shell,
    state::Action,
    text::{self, primary},
};

/// Name of the help centre, its language, the way to all articles, close.
pub(crate) fn header(shell: &Shell, browsing: bool) -> Html {
    let lang = shell.lang();
    let library = shell.library.as_deref();
    let name = library.map(|library| library.name.as_str()).filter(|name| !name.is_empty());
    let (browse, pressed) = if browsing { (Action::Talk, "true") } else { (Action::Browse, "false") };
    // No `header`: that would be a second banner of the page.
    el("div", "head")
        .child(el("h2", "").keyed("name").with("dir", "auto").text(name.unwrap_or(text::panel(lang))))
        .add_some(library.and_then(|library| language(shell, library)))
        .child(
            icon(shell, "browse", text::browse(lang), "M5 6h14M5 12h14M5 18h9", browse).with("aria-pressed", pressed),
        )
        .child(icon(shell, "close", text::close(lang), "M6 6l12 12M18 6L6 18", Action::Close))
        .done()
}

/// A choice where there is one, else the articles' language where it is not the one that was wished for.
fn language(shell: &Shell, library: &Library) -> Option<Html> {
    let lang = shell.lang();
    if library.languages.len() < 2 {
        let wished = primary(shell.setup.tag.as_deref().unwrap_or(lang.tag()));
        let other = !library.lang.is_empty() && primary(&library.lang) != wished;
        return other.then(|| el("span", "tag").keyed("language").text(&text::autonym(&library.lang)).done());
    }
    let mut select = el("select", "").keyed("languages").with("aria-label", text::language(lang));
    for tag in &library.languages {
        let option = el("option", "").with("value", tag).with("lang", tag).text(&text::autonym(tag));
        select = select.child(option.with_some("selected", (*tag == library.lang).then_some("")));
    }
    Some(select.done())
}

fn icon(shell: &Shell, key: &str, label: &str, path: &str, action: Action) -> El {
    let svg = el("svg", "").with("viewBox", "0 0 24 24").with("aria-hidden", "true");
    button("icon", shell.does(action))
        .keyed(key)
        .with("aria-label", label)
        .with("title", label)
        .child(svg.child(el("path", "").with("d", path)))
}
