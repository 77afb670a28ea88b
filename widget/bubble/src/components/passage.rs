use answer_messages::Snippet;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::links::button;
use crate::{
    snippet::paragraphs,
    text::{self, Lang},
};

/// What a passage needs.
#[derive(PartialEq, Properties)]
pub(crate) struct PassageProps {
    /// The passage.
    pub(crate) snippet: Snippet,
    /// Its language.
    pub(crate) articles: AttrValue,
    /// Language of the bubble.
    pub(crate) lang: Lang,
    /// Whether the panel is open: only then can it be measured.
    pub(crate) open: bool,
}

/// The article's own words, matched words underlined; at most about eight lines until more is asked for.
#[component]
pub(crate) fn Passage(props: &PassageProps) -> Html {
    let node = use_node_ref();
    // Whether it is longer than eight lines, and whether all of it is shown.
    let shown = use_state_eq(|| (false, false));
    let (long, whole) = *shown;
    use_effect_with(props.open, {
        let (node, shown) = (node.clone(), shown.clone());
        move |open| {
            if let Some(node) = node.cast::<HtmlElement>().filter(|_| *open && !long) {
                shown.set((node.scroll_height() > node.client_height() + 4, whole));
            }
        }
    });
    let class = match (long, whole) {
        (_, true) => "passage",
        (true, false) => "passage clamped long",
        (false, false) => "passage clamped",
    };
    let label = if whole { text::less(props.lang) } else { text::more(props.lang) };
    let toggle = Callback::from(move |_| shown.set((true, !whole)));
    html! {
        <>
            <div {class} lang={props.articles.clone()} dir="auto" ref={node}>
                { for paragraphs(&props.snippet).into_iter().map(|runs| html! {
                    <p>{ for runs.into_iter().map(|run| if run.matched {
                        html! { <mark>{ run.text }</mark> }
                    } else {
                        Html::from(run.text)
                    }) }</p>
                }) }
            </div>
            if long {
                { button("plain", label, toggle) }
            }
        </>
    }
}
