use std::collections::BTreeMap;

use answer_messages::{Event, Node};

use crate::article::Section;

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

/// Cuts a body at its headings. There is always a first section, with an empty anchor.
pub fn sections(events: &[Event]) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut nodes: Vec<&Node> = Vec::new();
    let mut lines = Lines::default();
    let mut heading = String::new();
    for event in events {
        match event {
            Event::Open(node) => {
                if let Node::Heading { level, id } = node {
                    finish(&mut sections, &mut lines);
                    heading.clear();
                    above.retain(|(upper, _)| upper < level);
                    sections.push(Section {
                        anchor: id.clone(),
                        parents: above.iter().map(|(_, text)| text.clone()).collect(),
                        level: *level,
                        ..Section::default()
                    });
                }
                lines.open(node);
                nodes.push(node);
            }
            Event::Close => match nodes.pop() {
                Some(Node::Heading { level, .. }) => {
                    above.push((*level, heading.clone()));
                    if let Some(section) = sections.last_mut() {
                        section.heading = std::mem::take(&mut heading);
                    }
                    lines.text.clear();
                }
                Some(node) => lines.close(node),
                None => {}
            },
            Event::Text(text) | Event::Code(text) => {
                if nodes.iter().any(|node| matches!(node, Node::Heading { .. })) {
                    heading.push_str(text);
                } else {
                    let is_code = matches!(nodes.last(), Some(Node::CodeBlock(_)));
                    lines.push(text, is_code);
                }
            }
            Event::LineBreak if nodes.iter().any(|node| matches!(node, Node::Heading { .. })) => heading.push(' '),
            Event::LineBreak => lines.push(" ", false),
            Event::Rule => lines.end(),
            Event::Image(_) | Event::FootnoteReference(_) | Event::Task(_) => {}
        }
    }
    finish(&mut sections, &mut lines);
    sections
}

fn finish(sections: &mut [Section], lines: &mut Lines) {
    lines.end();
    if let Some(section) = sections.last_mut() {
        section.text = std::mem::take(&mut lines.text);
        section.text.truncate(section.text.trim_end().len());
    }
}

/// Text in which every block begins a line.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn push(&mut self, text: &str, is_code: bool) {
        let at_start = self.text.is_empty() || self.text.ends_with('\n');
        self.text.push_str(if at_start && !is_code { text.trim_start() } else { text });
    }

    fn open(&mut self, node: &Node) {
        match node {
            Node::Cell { .. } if self.text.is_empty() || self.text.ends_with(['\n', ' ']) => {}
            Node::Cell { .. } => self.text.push(' '),
            _ if is_block(node) => self.end(),
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        if is_block(node) && !matches!(node, Node::Cell { .. }) {
            self.end();
        }
    }

    fn end(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

fn is_block(node: &Node) -> bool {
    !matches!(
        node,
        Node::Emphasis
            | Node::Strong
            | Node::Strikethrough
            | Node::Link(_)
            | Node::Subscript
            | Node::Superscript
            | Node::Keyboard
    )
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
