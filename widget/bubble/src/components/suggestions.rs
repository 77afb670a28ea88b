use answer_messages::Hit;
use yew::Html;

use crate::{
    node::{button, el},
    shell::Shell,
    state::{Action, Place},
    text,
};

/// Articles that may be what is being typed, over the end of what is read. They are not read out: whoever types goes on.
pub(crate) fn suggestions(shell: &Shell, hits: &[Hit]) -> Option<Html> {
    let label = text::suggestions(shell.lang());
    let mut list = el("ul", "picks suggest").keyed("suggest").with("aria-label", label);
    for hit in hits {
        let read = Action::Read(Place::new(&hit.article, &hit.section));
        list = list.child(el("li", "").child(button("pick", shell.does(read)).text(&hit.title)));
    }
    (!hits.is_empty()).then(|| list.done())
}
