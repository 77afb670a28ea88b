//! An article's events as nodes of the page. No string of HTML is ever parsed.

#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests;
mod build;
mod links;

use answer_messages::{Event, Node};

pub(crate) use build::nodes;
pub(crate) use links::{scroll_to, section_link};

/// The headings among the events: anchor and text.
pub(crate) fn headings(events: &[Event]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    // How deep inside the heading that is being read; 0 outside.
    let mut depth = 0_u32;
    for event in events {
        match event {
            Event::Open(Node::Heading { id, .. }) if depth == 0 => {
                found.push((id.clone(), String::new()));
                depth = 1;
            }
            Event::Open(_) if depth > 0 => depth += 1,
            Event::Close => depth = depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if depth > 0 => {
                if let Some((_, title)) = found.last_mut() {
                    title.push_str(text);
                }
            }
            _ => {}
        }
    }
    found
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
        assert_eq!(headings(&events), [("use-it".into(), "Use it now".into()), ("more".into(), "More".into())]);
    }
}
