//! Postcard's form, read and written by hand.
//!
//! Page, worker and local storage speak the form that [`answer_messages::wire`] describes. What serde derives for it weighs
//! as much as the whole conversation's drawing, most of it ways out at each field for bytes that end too early. Here a
//! reader that meets the end goes on with nothing and says so once, when all is read. Tests hold the two together.

use answer_messages::{
    Alert, Align, Article, Decision, Event, Hit, Image, Library, Listing, Node, Question, Reason, Reply, Snippet,
    Target,
    wire::{Call, Failure, FailureKind, Request, Response, Return},
};

/// Reads from bytes that may be damaged: what is missing is empty, and remembered.
pub struct Reader<'b> {
    rest: &'b [u8],
    damaged: bool,
}

impl Reader<'_> {
    /// The next byte.
    #[inline(never)]
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            self.damaged = true;
            return 0;
        };
        self.rest = rest;
        *first
    }

    /// The next number; seven bits a byte, the lowest first.
    #[inline(never)]
    pub fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
            shift += 7;
            if shift > 63 {
                self.damaged = true;
                return 0;
            }
        }
    }

    /// Which of a few things comes next, or the length of something.
    #[inline(never)]
    pub fn small(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or_else(|_| self.damage(usize::MAX))
    }

    /// This value, for want of one that can be read.
    #[inline(never)]
    pub fn damage<T>(&mut self, instead: T) -> T {
        self.damaged = true;
        instead
    }
}

/// Seven bits a byte, the lowest first; all but the last have the highest bit.
#[inline(never)]
fn put_number(mut number: u64, to: &mut Vec<u8>) {
    while number > 0x7f {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// What has a form.
pub trait Form: Sized {
    /// Reads one.
    fn read(from: &mut Reader<'_>) -> Self;
    /// Writes it.
    fn write(&self, to: &mut Vec<u8>);
}

/// Reads a value; nothing where the bytes are none of its form.
pub fn decode<T: Form>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader { rest: bytes, damaged: false };
    let value = T::read(&mut reader);
    (!reader.damaged).then_some(value)
}

/// Writes a value.
pub fn encode<T: Form>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.write(&mut bytes);
    bytes
}

impl Form for u64 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number()
    }

    fn write(&self, to: &mut Vec<u8>) {
        put_number(*self, to);
    }
}

impl Form for u32 {
    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> Self {
        Self::try_from(from.number()).unwrap_or_else(|_| from.damage(0))
    }

    fn write(&self, to: &mut Vec<u8>) {
        put_number(u64::from(*self), to);
    }
}

impl Form for u8 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.byte()
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.push(*self);
    }
}

impl Form for bool {
    fn read(from: &mut Reader<'_>) -> Self {
        from.byte() != 0
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }
}

impl Form for f64 {
    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> Self {
        Self::from_le_bytes(std::array::from_fn(|_| from.byte()))
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.to_le_bytes());
    }
}

impl Form for String {
    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> Self {
        let length = from.small();
        let Some((text, rest)) = from.rest.split_at_checked(length) else {
            return from.damage(Self::new());
        };
        from.rest = rest;
        Self::from_utf8(text.to_vec()).unwrap_or_else(|_| from.damage(Self::new()))
    }

    #[inline(never)]
    fn write(&self, to: &mut Vec<u8>) {
        put_number(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }
}

impl<T: Form> Form for Option<T> {
    fn read(from: &mut Reader<'_>) -> Self {
        (from.byte() != 0).then(|| T::read(from))
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(self.is_some()));
        if let Some(value) = self {
            value.write(to);
        }
    }
}

impl<T: Form> Form for Vec<T> {
    #[inline(never)]
    fn read(from: &mut Reader<'_>) -> Self {
        let length = from.small();
        // Each takes a byte at least: no damaged length asks for more memory than that.
        let mut all = Self::with_capacity(length.min(from.rest.len()));
        while all.len() < length && !from.damaged {
            all.push(T::read(from));
        }
        all
    }

    #[inline(never)]
    fn write(&self, to: &mut Vec<u8>) {
        put_all(self, to);
    }
}

/// Writes values as a `Vec` of them is written.
pub fn put_all<T: Form>(all: &[T], to: &mut Vec<u8>) {
    put_number(all.len() as u64, to);
    for value in all {
        value.write(to);
    }
}

impl<A: Form, B: Form> Form for (A, B) {
    fn read(from: &mut Reader<'_>) -> Self {
        (A::read(from), B::read(from))
    }

    fn write(&self, to: &mut Vec<u8>) {
        self.0.write(to);
        self.1.write(to);
    }
}

impl Form for [u32; 2] {
    fn read(from: &mut Reader<'_>) -> Self {
        [u32::read(from), u32::read(from)]
    }

    fn write(&self, to: &mut Vec<u8>) {
        self[0].write(to);
        self[1].write(to);
    }
}

/// A struct with these fields, in the order in which it declares them.
#[macro_export]
macro_rules! record {
    ($name:ident { $($field:ident),* }) => {
        impl $crate::form::Form for $name {
            #[inline(never)]
            fn read(from: &mut $crate::form::Reader<'_>) -> Self {
                Self { $($field: $crate::form::Form::read(from)),* }
            }

            fn write(&self, to: &mut Vec<u8>) {
                $($crate::form::Form::write(&self.$field, to);)*
            }
        }
    };
}

/// An enum with these variants, by their place in its declaration; fields that have no name are `0` and so on. What stands
/// behind `else` is given where none of them can be read.
#[macro_export]
macro_rules! choice {
    ($name:ident { $($at:literal $variant:ident { $($field:tt: $value:ident),* },)* else $instead:expr }) => {
        impl $crate::form::Form for $name {
            #[inline(never)]
            fn read(from: &mut $crate::form::Reader<'_>) -> Self {
                match from.small() {
                    $($at => Self::$variant { $($field: $crate::form::Form::read(from)),* },)*
                    _ => from.damage($instead),
                }
            }

            fn write(&self, to: &mut Vec<u8>) {
                match self {
                    $(Self::$variant { $($field: $value),* } => {
                        to.push($at);
                        $($crate::form::Form::write($value, to);)*
                    })*
                }
            }
        }
    };
}

/// An enum whose variants hold nothing, in the order in which it declares them.
#[macro_export]
macro_rules! names {
    ($name:ident { $($variant:ident),* }) => {
        impl $crate::form::Form for $name {
            #[inline(never)]
            fn read(from: &mut $crate::form::Reader<'_>) -> Self {
                const ALL: &[$name] = &[$($name::$variant),*];
                match ALL.get(from.small()) {
                    Some(name) => *name,
                    None => from.damage(ALL[0]),
                }
            }

            fn write(&self, to: &mut Vec<u8>) {
                to.push(*self as u8);
            }
        }
    };
}

record!(Request { id, call });
choice!(Call {
    0 Open { kb: kb, lang: lang },
    1 Ask { 0: question },
    2 Article { 0: slug },
    3 Prepare { 0: text },
    4 List { },
    5 Suggest { 0: text },
    else Self::Article(String::new())
});
record!(Question { text, lang, limit });

record!(Response { id, outcome });
impl Form for Result<Return, Failure> {
    fn read(from: &mut Reader<'_>) -> Self {
        if from.byte() == 0 { Ok(Form::read(from)) } else { Err(Form::read(from)) }
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(self.is_err()));
        match self {
            Ok(value) => value.write(to),
            Err(failure) => failure.write(to),
        }
    }
}
choice!(Return {
    0 Opened { 0: library },
    1 Answered { 0: reply, 1: milliseconds },
    2 Article { 0: article },
    3 Prepared { },
    else Self::Opened(Library::default())
});
record!(Failure { kind, detail });
names!(FailureKind { Unreachable, Damaged, NotFound, Misused });

record!(Library { name, lang, languages, site_url, desk, contact, suggestions, articles, count });
record!(Listing { slug, title, description, collection, url, updated });

record!(Reply { question, lang, decision, reason, confidence, hits });
names!(Decision { Answer, Choose, HandOff });
names!(Reason { Confident, Tie, LowConfidence, NoMatch, AskedForPerson, Urgent });
record!(Hit { article, section, title, url, version, confidence, snippet });
record!(Snippet { text, ranges });

record!(Article { slug, lang, title, url, updated, collection, version, events });
choice!(Event {
    0 Open { 0: node },
    1 Close {},
    2 Text { 0: text },
    3 Code { 0: text },
    4 LineBreak {},
    5 Rule {},
    6 Image { 0: image },
    7 FootnoteReference { 0: number },
    8 Task { 0: done },
    else Self::Close
});
choice!(Node {
    0 Paragraph {},
    1 Heading { level: level, id: id },
    2 Quote {},
    3 Alert { 0: alert },
    4 List { 0: first },
    5 Item {},
    6 CodeBlock { 0: language },
    7 Table {},
    8 Row {},
    9 Cell { header: header, align: align },
    10 Emphasis {},
    11 Strong {},
    12 Strikethrough {},
    13 Link { 0: target },
    14 Subscript {},
    15 Superscript {},
    16 Keyboard {},
    17 Details {},
    18 Summary {},
    19 Footnote { 0: number },
    else Self::Paragraph
});
choice!(Target {
    0 Article { slug: slug, section: section },
    1 Section { 0: section },
    2 External { 0: address },
    3 Dead {},
    else Self::Dead
});
record!(Image { path, alt, size });
names!(Alert { Note, Tip, Important, Warning, Caution });
names!(Align { Start, Center, End });

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
