use serde::{Deserialize, Serialize};

/// An article ready to be shown: a flat list of typed events, never a string of HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Slug, language folder included.
    pub slug: String,
    /// BCP 47 tag.
    pub lang: String,
    /// Title; it is not repeated in `events`.
    pub title: String,
    /// Address relative to `site_url`.
    pub url: String,
    /// Day of the last revision, as the writer gave it (`2026-11-21`).
    pub updated: Option<String>,
    /// Collection the article belongs to.
    pub collection: Option<String>,
    /// First 16 hexadecimal digits of the SHA-256 of the article's content: names this very wording.
    pub version: String,
    /// The body, in document order.
    pub events: Vec<Event>,
}

/// One step through an article. Every [`Event::Open`] has its [`Event::Close`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A node begins; what follows up to its `Close` is inside it.
    Open(Node),
    /// The innermost open node ends.
    Close,
    /// Plain text.
    Text(String),
    /// Code within a line.
    Code(String),
    /// A forced line break.
    LineBreak,
    /// A thematic break.
    Rule,
    /// A picture.
    Image(Image),
    /// A reference to the footnote with this number, counted from 1.
    FootnoteReference(u32),
    /// The mark of a task list's item: done or not.
    Task(bool),
}

/// A node that holds others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Anchor, unique within the article.
        id: String,
    },
    /// A block quote.
    Quote,
    /// A note, tip, warning and the like.
    Alert(Alert),
    /// A list; with the first number if it is ordered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A block of code, with the language if the writer named one.
    CodeBlock(Option<String>),
    /// A table. Its children are `Row`s.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell {
        /// Whether it heads a column.
        header: bool,
        /// How its text is aligned.
        align: Align,
    },
    /// Stressed words.
    Emphasis,
    /// Strongly stressed words.
    Strong,
    /// Struck words.
    Strikethrough,
    /// A link.
    Link(Target),
    /// Subscript.
    Subscript,
    /// Superscript.
    Superscript,
    /// A key or what is typed.
    Keyboard,
    /// A part that opens on demand; its first child is a `Summary`.
    Details,
    /// What a `Details` shows while closed.
    Summary,
    /// The footnote with this number, counted from 1.
    Footnote(u32),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Another article of the bundle.
    Article {
        /// Its slug.
        slug: String,
        /// Anchor in it; empty for its top.
        section: String,
    },
    /// A section of this article, by its anchor.
    Section(String),
    /// An address outside: `http:`, `https:`, `mailto:` or `tel:` only.
    External(String),
    /// A link that leads nowhere (the check warned of it): shown as its text.
    Dead,
}

/// A picture of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Path of the file, relative to the bundle's root; empty where the picture is missing (only `alt` is shown).
    pub path: String,
    /// What the picture says to who cannot see it.
    pub alt: String,
    /// Width and height in pixels, where they could be read.
    pub size: Option<(u32, u32)>,
}

/// Kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// Makes it easier.
    Tip,
    /// Needed to succeed.
    Important,
    /// Needs attention.
    Warning,
    /// May do harm.
    Caution,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// As the language reads.
    #[default]
    Start,
    /// To the middle.
    Center,
    /// To the end of the line.
    End,
}
