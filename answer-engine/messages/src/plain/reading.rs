use super::{Read, Reader};
use crate::{
    Alert, Align, Article, Event, Image, Library, Listing, Node, Question, Target, read_fields,
    wire::{Call, Request},
};

impl Read for u32 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Self::try_from(reader.number(32)?).ok()
    }
}

impl Read for u16 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Self::try_from(reader.number(16)?).ok()
    }
}

impl Read for u64 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.number(64)
    }
}

impl Read for bool {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Read for f64 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.take(8)?.try_into().ok().map(Self::from_le_bytes)
    }
}

impl Read for String {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.text().map(str::to_owned)
    }
}

/// Bytes are a list too, but read by [`Reader::bytes`].
impl<T: Read> Read for Vec<T> {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let length = u32::read(reader)?;
        let mut list = Self::new();
        for _ in 0..length {
            list.push(T::read(reader)?);
        }
        Some(list)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::read(reader)? { Some(T::read(reader)?) } else { None })
    }
}

impl<T: Read, U: Read> Read for (T, U) {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some((T::read(reader)?, U::read(reader)?))
    }
}

impl<T: Read + Default, const N: usize> Read for [T; N] {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut all = std::array::from_fn(|_| T::default());
        for one in &mut all {
            *one = T::read(reader)?;
        }
        Some(all)
    }
}

read_fields!(Request { id, call });
read_fields!(Question { text, lang, limit });
read_fields!(Library { name, lang, languages, site_url, desk, contact, suggestions, articles, count });
read_fields!(Listing { slug, title, description, collection, url, updated });
read_fields!(Article { slug, lang, title, url, updated, collection, version, events });
read_fields!(Image { path, alt, size });

impl Read for Call {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(match u32::read(reader)? {
            0 => Self::Open { kb: Read::read(reader)?, lang: Read::read(reader)? },
            1 => Self::Ask(Read::read(reader)?),
            2 => Self::Article(Read::read(reader)?),
            3 => Self::Prepare(Read::read(reader)?),
            4 => Self::List,
            5 => Self::Suggest(Read::read(reader)?),
            _ => return None,
        })
    }
}

impl Read for Event {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(match u32::read(reader)? {
            0 => Self::Open(Read::read(reader)?),
            1 => Self::Close,
            2 => Self::Text(Read::read(reader)?),
            3 => Self::Code(Read::read(reader)?),
            4 => Self::LineBreak,
            5 => Self::Rule,
            6 => Self::Image(Read::read(reader)?),
            7 => Self::FootnoteReference(Read::read(reader)?),
            8 => Self::Task(Read::read(reader)?),
            _ => return None,
        })
    }
}

impl Read for Node {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(match u32::read(reader)? {
            0 => Self::Paragraph,
            1 => Self::Heading { level: reader.byte()?, id: Read::read(reader)? },
            2 => Self::Quote,
            3 => Self::Alert(Read::read(reader)?),
            4 => Self::List(Read::read(reader)?),
            5 => Self::Item,
            6 => Self::CodeBlock(Read::read(reader)?),
            7 => Self::Table,
            8 => Self::Row,
            9 => Self::Cell { header: Read::read(reader)?, align: Read::read(reader)? },
            10 => Self::Emphasis,
            11 => Self::Strong,
            12 => Self::Strikethrough,
            13 => Self::Link(Read::read(reader)?),
            14 => Self::Subscript,
            15 => Self::Superscript,
            16 => Self::Keyboard,
            17 => Self::Details,
            18 => Self::Summary,
            19 => Self::Footnote(Read::read(reader)?),
            _ => return None,
        })
    }
}

impl Read for Target {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(match u32::read(reader)? {
            0 => Self::Article { slug: Read::read(reader)?, section: Read::read(reader)? },
            1 => Self::Section(Read::read(reader)?),
            2 => Self::External(Read::read(reader)?),
            3 => Self::Dead,
            _ => return None,
        })
    }
}

impl Read for Alert {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let all = [Self::Note, Self::Tip, Self::Important, Self::Warning, Self::Caution];
        all.get(u32::read(reader)? as usize).copied()
    }
}

impl Read for Align {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        [Self::Start, Self::Center, Self::End].get(u32::read(reader)? as usize).copied()
    }
}
