//! The box in which a visitor asks.

use yew::{Html, NodeRef};

use crate::{
    node::el,
    text::{self, Lang},
};

/// Longest question, in UTF-16 units.
const LONGEST: &str = "2000";

/// The box and its button; [`composer::wire`] brings them to life.
pub(crate) fn composer(lang: Lang, away: Option<&str>, form: &NodeRef, area: &NodeRef) -> Html {
    let label = text::ask_label(lang);
    let area = el("textarea", "")
        .with("rows", "1")
        .with("maxlength", LONGEST)
        .with("aria-label", label)
        .with("placeholder", label)
        .with("autocomplete", "off")
        .with("dir", "auto")
        .known(area);
    let ask = el("button", "ask").with("type", "submit").text(text::ask(lang));
    el("form", "composer").with_some("hidden", away).known(form).child(area).child(ask).done()
}
