use std::collections::BTreeMap;

use answer_messages::{Event, Node};

/// Text within a line, without pictures.
pub fn plain(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::LineBreak => text.push(' '),
            Event::Close if text.ends_with('\n') => {}
            _ => {}
        }
    }
    text
}

/// For anchors that stand before the event of an index, rising: the section to go to. One that stands right before a
/// heading means that heading.
pub fn anchor_aliases(events: &[Event], marks: &[(String, usize)]) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    let mut current = "";
    let mut done = 0;
    let mut marks = marks.iter().peekable();
    while let Some((_, at)) = marks.peek() {
        let at = (*at).clamp(done, events.len());
        for event in &events[done..at] {
            if let Event::Open(Node::Heading { id, .. }) = event {
                current = id;
            }
        }
        done = at;
        let next = events[at..].iter().find_map(|event| match event {
            Event::Open(Node::Heading { id, .. }) => Some(Some(id.as_str())),
            Event::Open(_) | Event::Close => None,
            _ => Some(None),
        });
        let section = next.flatten().unwrap_or(current);
        while let Some((name, _)) = marks.next_if(|(_, mark)| (*mark).min(events.len()) <= at) {
            aliases.entry(name.clone()).or_insert_with(|| section.to_owned());
        }
    }
    aliases
}
