use answer_messages::Hit;
use yew::Html;

use crate::{
    node::{button, el},
    shell::Shell,
    state::{Action, Place},
    text,
};

/// Articles that may be what is being typed, over the end of what is read. Of them it is only read out that they are there:
/// whoever types goes on.
pub(crate) fn suggestions(shell: &Shell, hits: &[Hit]) -> Vec<Html> {
    let label = text::suggestions(shell.lang());
    let news = el("p", "unseen").keyed("news").with("role", "status");
    if hits.is_empty() {
        // It must be there before it says something.
        return vec![news.done()];
    }
    let mut list = el("ul", "picks suggest").keyed("suggest").with("aria-label", label);
    for hit in hits {
        let read = Action::Read(Place::new(&hit.article, &hit.section));
        list = list.child(el("li", "").child(button("pick", shell.does(read)).text(&hit.title)));
    }
    vec![news.text(label).done(), list.done()]
}
