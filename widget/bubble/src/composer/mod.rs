//! The box in which a visitor asks. It is never written to while an input method composes, and never controlled by
//! state: what is in the box is the truth.

mod ime;
mod wire;

use web_sys::{HtmlFormElement, HtmlTextAreaElement};
use yew::prelude::*;

pub(crate) use wire::normalized;
use wire::wire;

use crate::text::{self, Lang};

/// Longest question, in UTF-16 units.
const LONGEST: &str = "2000";

/// What the composer needs.
#[derive(PartialEq, Properties)]
pub(crate) struct ComposerProps {
    /// Language of its labels.
    pub(crate) lang: Lang,
    /// The text box, for who wants to move the focus there.
    pub(crate) area: NodeRef,
    /// Gets each question.
    pub(crate) onask: Callback<String>,
}

/// The box and its button.
#[component]
pub(crate) fn Composer(props: &ComposerProps) -> Html {
    let form = use_node_ref();
    let nodes = (props.area.clone(), form.clone());
    use_effect_with(props.onask.clone(), move |onask| {
        let area = nodes.0.cast::<HtmlTextAreaElement>();
        let form = nodes.1.cast::<HtmlFormElement>();
        let wired = area.zip(form).map(|(area, form)| wire(&area, &form, onask.clone()));
        move || drop(wired)
    });
    html! {
        <form class="composer" ref={form}>
            <textarea
                ref={props.area.clone()}
                rows="1"
                maxlength={LONGEST}
                aria-label={text::ask_label(props.lang)}
                placeholder={text::ask_label(props.lang)}
                autocomplete="off"
                dir="auto"
            />
            <button type="submit" class="ask">{ text::ask(props.lang) }</button>
        </form>
    }
}
