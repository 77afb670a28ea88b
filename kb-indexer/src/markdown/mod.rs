//! Markdown to typed events. This is the one place where the dialect is decided: CommonMark with tables,
//! strikethrough, task lists, footnotes and alerts, and of raw HTML what can be shown as events.

mod anchors;
mod builder;
mod dialect;
mod entities;
mod html;
mod reader;
mod sections;
mod tags;

use std::collections::BTreeMap;

use answer_messages::{Event, Node};
use pulldown_cmark::Options;

pub use answer_engine::sections::sections;
pub use builder::Reference;
pub use dialect::{BY_NAME, Foreign};
pub use reader::read;
pub use sections::{anchor_aliases, plain};

/// The dialect.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
}

/// The body of an article. Links and pictures still wait for their files to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Balanced events.
    pub events: Vec<Event>,
    /// Links: their events hold an empty address.
    pub links: Vec<Reference>,
    /// Pictures: their events hold an empty path.
    pub images: Vec<Reference>,
    /// Further anchors (`<a id="…">`), each with the index of the event that it stands before.
    pub marks: Vec<(String, usize)>,
    /// What cannot be shown as it was written.
    pub remarks: Vec<Remark>,
}

/// Something in the text that cannot be shown as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is.
    pub kind: RemarkKind,
    /// Byte offset in the text.
    pub offset: usize,
}

/// Kinds of remarks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Blocks are nested too deep.
    DeepNesting,
    /// An HTML element was left out, with what was in it.
    DroppedElement(&'static str),
    /// An HTML tag was left out; what was in it is shown.
    DroppedTag(&'static str),
    /// A picture on another server.
    RemoteImage(String),
    /// A picture that says nothing to who cannot see it.
    SilentImage,
    /// Markup of another tool that means nothing here.
    Foreign(Foreign),
}

/// Text of the first heading and its level, where there is a heading at all.
pub fn first_heading(events: &[Event]) -> Option<(String, u8)> {
    let start = events.iter().position(|event| matches!(event, Event::Open(Node::Heading { .. })))?;
    let Event::Open(Node::Heading { level, .. }) = &events[start] else { return None };
    Some((plain(node_at(events, start)), *level))
}

/// The events inside the node that opens at `start`.
fn node_at(events: &[Event], start: usize) -> &[Event] {
    let mut depth = 0_usize;
    for (at, event) in events.iter().enumerate().skip(start) {
        match event {
            Event::Open(_) => depth += 1,
            Event::Close => {
                depth -= 1;
                if depth == 0 {
                    return &events[start + 1..at];
                }
            }
            _ => {}
        }
    }
    &events[start + 1..]
}

impl Body {
    /// Takes out the first heading where it is of level 1, stands before everything else and repeats `title`.
    pub fn take_title(&mut self, title: &str) -> Option<String> {
        let Some(Event::Open(Node::Heading { level: 1, id })) = self.events.first() else { return None };
        let inside = node_at(&self.events, 0);
        if !same_words(&plain(inside), title) {
            return None;
        }
        let id = id.clone();
        let count = inside.len() + 2;
        self.events.drain(..count);
        for references in [&mut self.links, &mut self.images] {
            references.retain(|reference| reference.event >= count);
            for reference in references {
                reference.event -= count;
            }
        }
        for (_, event) in &mut self.marks {
            *event = event.saturating_sub(count);
        }
        Some(id)
    }

    /// Anchors that are not those of headings, each with the anchor of the section it stands in.
    pub fn aliases(&self) -> BTreeMap<String, String> {
        anchor_aliases(&self.events, &self.marks)
    }
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Joins texts that became neighbours and drops empty ones.
pub fn merge_texts(events: Vec<Event>) -> Vec<Event> {
    let mut merged: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        match (merged.last_mut(), event) {
            (_, Event::Text(text)) if text.is_empty() => {}
            (Some(Event::Text(last)), Event::Text(text)) => last.push_str(&text),
            (_, event) => merged.push(event),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
