mod words;

use answer_messages::{Event, Node, Target};

use super::anchors::Anchors;

/// Nodes may be nested this deep.
pub(super) const MAX_DEPTH: usize = 64;
/// A closing tag looks for its opening one among this many open nodes.
const MAX_SEARCH: usize = 4 * MAX_DEPTH;

/// A link or picture whose place is still to be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Index of its event.
    pub event: usize,
    /// What the writer wrote.
    pub destination: String,
    /// Byte offset in the text.
    pub offset: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Markdown,
    Html(&'static str),
    Implicit,
}

struct Frame {
    id: u64,
    origin: Origin,
    /// `None` where the node is not shown for want of depth.
    open: Option<usize>,
    kind: Kind,
}

/// What may stand inside a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Blocks; text gets a paragraph.
    Blocks,
    /// Blocks or text.
    Either,
    /// Text; ends where a block begins.
    Words,
    List,
    Table,
    Row,
    Details,
    Code,
    Inline,
    Link,
}

impl Kind {
    fn of(node: &Node) -> Self {
        match node {
            Node::Paragraph | Node::Heading { .. } => Self::Words,
            Node::Quote | Node::Alert(_) | Node::Footnote(_) => Self::Blocks,
            Node::List(_) => Self::List,
            Node::Item | Node::Cell { .. } | Node::Summary => Self::Either,
            Node::CodeBlock(_) => Self::Code,
            Node::Table => Self::Table,
            Node::Row => Self::Row,
            Node::Details => Self::Details,
            Node::Link(_) => Self::Link,
            Node::Emphasis
            | Node::Strong
            | Node::Strikethrough
            | Node::Subscript
            | Node::Superscript
            | Node::Keyboard => Self::Inline,
        }
    }

    fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Link)
    }

    /// Levels that a node of this kind needs for itself and for what it must hold.
    fn levels(self) -> usize {
        match self {
            Self::Table => 3,
            Self::List | Self::Row | Self::Details => 2,
            _ => 1,
        }
    }
}

/// Puts events together so that they are balanced, bounded in depth, and free of empty or split texts, whatever order
/// Markdown and HTML open and close their nodes in.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) events: Vec<Event>,
    pub(super) links: Vec<Reference>,
    pub(super) images: Vec<Reference>,
    pub(super) anchors: Anchors,
    /// Whether a node was not shown for want of depth.
    pub(super) flattened: bool,
    frames: Vec<Frame>,
    /// Indexes of those frames whose nodes are shown.
    shown: Vec<usize>,
    next_id: u64,
    pending_space: bool,
    pending_break: bool,
    /// Whether the last `Close` ended something within a line.
    closed_inline: bool,
    code: usize,
}

impl Builder {
    /// Opens a node; gives the number by which [`Self::close`] ends it.
    pub(super) fn open(&mut self, node: Node, origin: Origin) -> u64 {
        let kind = Kind::of(&node);
        if kind.is_inline() && self.context() == Kind::Code {
            return self.push_frame(origin, None, kind);
        }
        if kind.is_inline() {
            self.make_room_for_text();
        } else {
            self.end_words();
            self.make_room_for_block(&node);
        }
        // A link within a link is only its text.
        let nested_link = kind == Kind::Link && self.shown.iter().any(|&at| self.frames[at].kind == Kind::Link);
        let fits = self.shown.len() + kind.levels() <= MAX_DEPTH;
        self.flattened |= !fits;
        if !fits && !kind.is_inline() {
            self.boundary();
        }
        let open = (fits && !nested_link).then(|| {
            if kind.is_inline() {
                self.flush_space(None);
            } else {
                self.pending_space = false;
                self.pending_break = false;
            }
            self.events.push(Event::Open(node));
            self.events.len() - 1
        });
        self.push_frame(origin, open, kind)
    }

    /// Opens a link to what the writer wrote.
    pub(super) fn open_link(&mut self, destination: String, offset: usize, origin: Origin) -> u64 {
        let id = self.open(Node::Link(Target::External(String::new())), origin);
        if let Some(event) = self.frames.last().filter(|frame| frame.id == id).and_then(|frame| frame.open) {
            self.links.push(Reference { event, destination, offset });
        }
        id
    }

    fn push_frame(&mut self, origin: Origin, open: Option<usize>, kind: Kind) -> u64 {
        self.next_id += 1;
        if open.is_none() && matches!(origin, Origin::Html(_)) {
            return self.next_id;
        }
        if open.is_some() {
            self.shown.push(self.frames.len());
        }
        self.frames.push(Frame { id: self.next_id, origin, open, kind });
        self.next_id
    }

    /// Closes the node `id` and what is open inside it; nothing where it is closed already.
    pub(super) fn close(&mut self, id: u64) {
        if let Ok(at) = self.frames.binary_search_by_key(&id, |frame| frame.id) {
            self.close_down_to(at);
        }
    }

    /// Closes the innermost node that the HTML tag opened, unless a node of Markdown stands between. Tells whether
    /// there was one.
    pub(super) fn close_html(&mut self, name: &str, block: bool) -> bool {
        let mut found = None;
        for (at, frame) in self.frames.iter().enumerate().rev().take(MAX_SEARCH) {
            match frame.origin {
                Origin::Html(opened) if opened == name => {
                    found = Some(at);
                    break;
                }
                Origin::Markdown if !(block && (frame.kind == Kind::Words || frame.kind.is_inline())) => break,
                _ => {}
            }
        }
        if let Some(at) = found {
            self.close_down_to(at);
        }
        found.is_some()
    }

    /// Closes the innermost of `names` that HTML opened since the innermost of `parents`: a new item ends the last one.
    pub(super) fn close_sibling(&mut self, names: &[&str], parents: &[&str]) {
        let found = self.html_frames().find(|(_, name)| names.contains(name) || parents.contains(name));
        if let Some((at, name)) = found
            && names.contains(&name)
        {
            self.close_down_to(at);
        }
    }

    /// Whether a part of a list, table or `details` may begin here, once open text has ended.
    pub(super) fn accepts(&self, part: &Node) -> bool {
        let ends = |frame: &&Frame| frame.kind.is_inline() || matches!(frame.kind, Kind::Words | Kind::Code);
        let shown = self.shown.iter().rev().filter_map(|&at| self.frames.get(at));
        let mut above = shown.skip_while(ends);
        let parent = above.next().filter(|frame| frame.origin != Origin::Implicit).or_else(|| above.next());
        match (part, parent.map(|frame| frame.kind)) {
            (Node::Item, kind) => kind == Some(Kind::List),
            (Node::Row, kind) => kind == Some(Kind::Table),
            (Node::Cell { .. }, kind) => matches!(kind, Some(Kind::Row | Kind::Table)),
            (Node::Summary, _) => self.at_start_of_details(),
            _ => true,
        }
    }

    fn html_frames(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let frames = self.frames.iter().enumerate().rev().take(MAX_SEARCH);
        frames.take_while(|(_, frame)| frame.origin != Origin::Markdown).filter_map(|(at, frame)| match frame.origin {
            Origin::Html(name) => Some((at, name)),
            _ => None,
        })
    }

    fn close_down_to(&mut self, at: usize) {
        while self.frames.len() > at {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let Some(open) = frame.open else {
            if !frame.kind.is_inline() {
                self.boundary();
            }
            return;
        };
        if frame.kind == Kind::Code {
            if let Some(Event::Text(text)) = self.events.last_mut()
                && text.ends_with('\n')
            {
                text.pop();
                if text.is_empty() {
                    self.events.pop();
                }
            }
        } else if !frame.kind.is_inline() {
            self.pending_space = false;
            self.pending_break = false;
            self.trim_end();
        }
        self.shown.pop();
        if let Some(Event::Open(Node::Heading { .. })) = self.events.get(open) {
            self.name_heading(open);
        }
        let may_be_empty = matches!(
            self.events.get(open),
            Some(Event::Open(Node::Cell { .. } | Node::Item | Node::Row | Node::CodeBlock(_) | Node::Summary))
        );
        if open + 1 == self.events.len() && !may_be_empty {
            self.truncate(open);
        } else {
            self.events.push(Event::Close);
            self.closed_inline = frame.kind.is_inline();
        }
    }

    /// A heading gets its anchor when its text is known; `{#name}` at its end is one of the writer's own.
    fn name_heading(&mut self, open: usize) {
        let mut custom = None;
        if let Some(Event::Text(text)) = self.events.last_mut()
            && let Some(start) = text.rfind("{#")
            && let Some(name) = text[start + 2..].trim_end().strip_suffix('}')
            && !name.is_empty()
            && !name.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '#'))
        {
            custom = Some(name.to_owned());
            text.truncate(start);
        }
        self.trim_end();
        if open + 1 == self.events.len() {
            return;
        }
        let text = super::plain(&self.events[open + 1..]);
        let name = match custom {
            Some(name) => self.anchors.custom(&name),
            None => self.anchors.of_heading(&text),
        };
        if let Some(Event::Open(Node::Heading { id, .. })) = self.events.get_mut(open) {
            *id = name;
        }
    }

    fn truncate(&mut self, length: usize) {
        self.events.truncate(length);
        for references in [&mut self.links, &mut self.images] {
            while references.last().is_some_and(|reference| reference.event >= length) {
                references.pop();
            }
        }
    }

    /// Ends open text so that a block may begin.
    fn end_words(&mut self) {
        while self.frames.last().is_some_and(|f| f.kind.is_inline() || matches!(f.kind, Kind::Words | Kind::Code)) {
            self.close_top();
        }
    }

    /// A block that HTML begins or ends without a node of its own.
    pub(super) fn boundary(&mut self) {
        match self.frames.last() {
            Some(frame) if frame.origin == Origin::Implicit && frame.kind == Kind::Words => self.close_top(),
            _ => {
                self.pending_break |= match self.events.last() {
                    Some(Event::Text(_) | Event::Code(_)) => true,
                    Some(Event::Close) => self.closed_inline,
                    _ => false,
                }
            }
        }
    }

    fn innermost(&self) -> Option<&Frame> {
        self.shown.last().and_then(|&at| self.frames.get(at))
    }

    /// The kind of the innermost node that is shown.
    fn context(&self) -> Kind {
        self.innermost().map_or(Kind::Blocks, |frame| frame.kind)
    }

    fn at_start_of_details(&self) -> bool {
        let is_empty = |frame: &Frame| frame.open.is_some_and(|open| open + 1 == self.events.len());
        self.innermost().is_some_and(|frame| frame.kind == Kind::Details && is_empty(frame))
    }

    fn make_room_for_block(&mut self, node: &Node) {
        while let Some(Frame { origin: Origin::Implicit, kind, .. }) = self.frames.last() {
            match (kind, node) {
                (Kind::Either, Node::Item | Node::Row | Node::Cell { .. }) | (Kind::Row, Node::Row) => self.close_top(),
                _ => break,
            }
        }
        match (self.context(), node) {
            (Kind::Details, Node::Summary) => {}
            (Kind::Details, _) => self.give_summary(),
            (Kind::List, Node::Item) | (Kind::Table, Node::Row) | (Kind::Row, Node::Cell { .. }) => {}
            (Kind::List | Kind::Table | Kind::Row, _) => self.fill_structure(matches!(node, Node::Cell { .. })),
            _ => {}
        }
    }

    /// Text or a block directly in a list or table gets an item or cell; a cell directly in a table gets a row.
    fn fill_structure(&mut self, is_cell: bool) {
        match self.context() {
            Kind::List => {
                self.open(Node::Item, Origin::Implicit);
            }
            Kind::Table => {
                self.open(Node::Row, Origin::Implicit);
                self.fill_structure(is_cell);
            }
            Kind::Row if !is_cell => {
                self.open(Node::Cell { header: false, align: answer_messages::Align::Start }, Origin::Implicit);
            }
            _ => {}
        }
    }

    /// What opens on demand needs something to open it by.
    fn give_summary(&mut self) {
        if self.at_start_of_details() {
            self.events.push(Event::Open(Node::Summary));
            self.events.push(Event::Text("…".to_owned()));
            self.events.push(Event::Close);
        }
    }

    fn make_room_for_text(&mut self) {
        match self.context() {
            Kind::List | Kind::Table | Kind::Row => self.fill_structure(false),
            Kind::Blocks | Kind::Details => {
                self.give_summary();
                if self.shown.len() < MAX_DEPTH {
                    self.open(Node::Paragraph, Origin::Implicit);
                }
            }
            _ => {}
        }
    }

    /// Whether the innermost node is a block of code.
    pub(super) fn is_in_code_block(&self) -> bool {
        self.context() == Kind::Code
    }

    /// Closes what is still open.
    pub(super) fn finish(&mut self) {
        self.close_down_to(0);
    }
}
