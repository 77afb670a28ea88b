use answer_messages::Snippet;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{shell::use_shell, snippet::paragraphs, text};

/// What a passage needs.
#[derive(PartialEq, Properties)]
pub(crate) struct PassageProps {
    /// The passage.
    pub(crate) snippet: Snippet,
    /// Its language.
    pub(crate) lang: AttrValue,
}

/// The article's own words, matched words underlined; at most about eight lines until more is asked for.
#[component]
pub(crate) fn Passage(props: &PassageProps) -> Html {
    let lang = use_shell().lang();
    let node = use_node_ref();
    let long = use_state_eq(|| false);
    let whole = use_state_eq(|| false);
    use_effect_with(props.snippet.clone(), {
        let (node, long) = (node.clone(), long.clone());
        move |_| {
            if let Some(node) = node.cast::<HtmlElement>() {
                long.set(node.scroll_height() > node.client_height() + 4);
            }
        }
    });
    let toggle = {
        let whole = whole.clone();
        move |_: MouseEvent| whole.set(!*whole)
    };
    html! {
        <>
            <div class={classes!("passage", (!*whole).then_some("clamped"), long.then_some("long"))} lang={props.lang.clone()} dir="auto" ref={node}>
                { for paragraphs(&props.snippet).into_iter().map(|runs| html! {
                    <p>{ for runs.into_iter().map(|run| if run.matched {
                        html! { <mark>{ run.text }</mark> }
                    } else {
                        html! { run.text }
                    }) }</p>
                }) }
            </div>
            if *long {
                <button type="button" class="plain" aria-expanded={if *whole { "true" } else { "false" }} onclick={toggle}>
                    { if *whole { text::less(lang) } else { text::more(lang) } }
                </button>
            }
        </>
    }
}
