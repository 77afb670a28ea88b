use answer_messages::Snippet;
use yew::Html;

use crate::{
    node::{button, el},
    shell::Shell,
    snippet::{is_long, paragraphs},
    state::Action,
    text,
};

/// The article's own words, matched words underlined; at most about eight lines until more is asked for.
pub(super) fn passage(shell: &Shell, id: u32, snippet: &Snippet, articles: &str, whole: bool) -> Vec<Html> {
    let lang = shell.lang();
    let long = is_long(snippet);
    let class = if long && !whole { "passage short" } else { "passage" };
    let mut passage = el("div", class).with("lang", articles).with("dir", "auto");
    for runs in paragraphs(snippet) {
        let mut paragraph = el("p", "");
        for run in runs {
            paragraph =
                if run.matched { paragraph.child(el("mark", "").text(&run.text)) } else { paragraph.text(&run.text) };
        }
        passage = passage.child(paragraph);
    }
    let mut parts = vec![passage.done()];
    if long {
        let (label, expanded) = if whole { (text::less(lang), "true") } else { (text::more(lang), "false") };
        let more = button("plain", shell.does(Action::Whole(id))).with("aria-expanded", expanded);
        parts.push(more.text(label).done());
    }
    parts
}
