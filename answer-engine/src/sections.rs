//! An article's body, cut at its headings: what the indexer indexes and what an answer shows.

use answer_messages::{Event, Node};

/// A part of an article from one heading to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Anchor, unique within the article; empty for what stands before the first heading.
    pub anchor: String,
    /// The heading's text; empty for what stands before the first heading.
    pub heading: String,
    /// Headings above it, outermost first.
    pub parents: Vec<String>,
    /// Level of the heading, 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    /// Plain text, one block a line.
    pub text: String,
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
