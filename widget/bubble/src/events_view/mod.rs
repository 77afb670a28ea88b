//! An article's events as nodes of the page. No string of HTML is ever parsed.

mod build;
mod links;

use std::rc::Rc;

use answer_messages::{Article, Event, Node};
use web_sys::HtmlElement;
use yew::prelude::*;

use build::nodes;
pub(crate) use links::{SectionLink, scroll_to};

use crate::shell::use_shell;

/// Headings of an article: level, anchor, text.
pub(crate) type Headings = Vec<(u8, String, String)>;

/// What an article's body needs.
#[derive(PartialEq, Properties)]
pub(crate) struct BodyProps {
    /// The article.
    pub(crate) article: Rc<Article>,
    /// Its page in the static help centre.
    pub(crate) page: Option<String>,
}

/// The body of an article.
#[component]
pub(crate) fn Body(props: &BodyProps) -> Html {
    let shell = use_shell();
    html! { <div class="prose">{ nodes(&props.article.events, &shell, props.page.as_deref()) }</div> }
}

/// The headings among the events.
pub(crate) fn headings(events: &[Event]) -> Headings {
    let mut found = Headings::new();
    // How deep inside the heading that is being read; 0 outside.
    let mut depth = 0_u32;
    for event in events {
        match event {
            Event::Open(Node::Heading { level, id }) if depth == 0 => {
                found.push((*level, id.clone(), String::new()));
                depth = 1;
            }
            Event::Open(_) if depth > 0 => depth += 1,
            Event::Close => depth = depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if depth > 0 => {
                if let Some((_, _, title)) = found.last_mut() {
                    title.push_str(text);
                }
            }
            _ => {}
        }
    }
    found
}

/// Moves the focus to an element without scrolling anything.
fn arrive(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

#[cfg(test)]
mod tests {
    use answer_messages::{Event, Node};

    use super::headings;

    #[test]
    fn headings_with_their_text() {
        let heading = |level, id: &str| Event::Open(Node::Heading { level, id: id.into() });
        let text = |text: &str| Event::Text(text.into());
        let events = [
            text("before"),
            heading(2, "use-it"),
            text("Use "),
            Event::Open(Node::Strong),
            Event::Code("it".into()),
            Event::Close,
            text(" now"),
            Event::Close,
            text("body"),
            heading(3, "more"),
            text("More"),
            Event::Close,
        ];
        assert_eq!(headings(&events), [(2, "use-it".into(), "Use it now".into()), (3, "more".into(), "More".into())]);
    }
}
