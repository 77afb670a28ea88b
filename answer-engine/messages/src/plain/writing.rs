use super::Write;
use crate::{Hit, Library, Listing, Reply, Snippet, wire::Failure};

impl Write for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while left > 127 {
            out.push(left.to_le_bytes()[0] | 128);
            left >>= 7;
        }
        out.push(left.to_le_bytes()[0]);
    }
}

impl Write for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }
}

impl Write for String {
    fn write(&self, out: &mut Vec<u8>) {
        length(self.len(), out);
        out.extend_from_slice(self.as_bytes());
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        length(self.len(), out);
        for one in self {
            one.write(out);
        }
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.is_some().into());
        if let Some(one) = self {
            one.write(out);
        }
    }
}

impl Write for (String, Vec<String>) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }
}

/// Nothing here is as long as 4 GiB.
fn length(length: usize, out: &mut Vec<u8>) {
    u32::try_from(length).unwrap_or(u32::MAX).write(out);
}

impl Write for [u32; 2] {
    fn write(&self, out: &mut Vec<u8>) {
        self[0].write(out);
        self[1].write(out);
    }
}

/// Implements [`Write`] for a structure, whose fields are given in their order.
macro_rules! write_fields {
    ($type:ty { $($field:ident),+ }) => {
        impl Write for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$field.write(out);)+
            }
        }
    };
}

write_fields!(Library { name, lang, languages, site_url, desk, contact, suggestions, articles, count });
write_fields!(Listing { slug, title, description, collection, url, updated });
write_fields!(Hit { article, section, title, url, version, confidence, snippet });
write_fields!(Snippet { text, ranges });

impl Write for Reply {
    fn write(&self, out: &mut Vec<u8>) {
        self.question.write(out);
        self.lang.write(out);
        out.extend([self.decision as u8, self.reason as u8]);
        self.confidence.write(out);
        self.hits.write(out);
    }
}

impl Write for Failure {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.kind as u8);
        self.detail.write(out);
    }
}

/// What a worker gives back: [`Return`](crate::wire::Return) with an article's bytes as the bundle has them.
#[derive(Clone, Debug)]
pub enum Returned {
    /// To [`Call::Open`](crate::wire::Call::Open) and [`Call::List`](crate::wire::Call::List).
    Opened(Library),
    /// To [`Call::Ask`](crate::wire::Call::Ask), with the milliseconds the engine took, and to
    /// [`Call::Suggest`](crate::wire::Call::Suggest).
    Answered(Reply, f64),
    /// To [`Call::Article`](crate::wire::Call::Article).
    Article(Vec<u8>),
    /// To [`Call::Prepare`](crate::wire::Call::Prepare), and to [`Call::Suggest`](crate::wire::Call::Suggest) where there is
    /// nothing to suggest.
    Prepared,
}

/// The bytes of a [`Response`](crate::wire::Response).
pub fn response(id: u32, outcome: &Result<Returned, Failure>) -> Vec<u8> {
    let mut out = Vec::new();
    id.write(&mut out);
    match outcome {
        Ok(Returned::Opened(library)) => {
            out.extend([0, 0]);
            library.write(&mut out);
        }
        Ok(Returned::Answered(reply, milliseconds)) => {
            out.extend([0, 1]);
            reply.write(&mut out);
            milliseconds.write(&mut out);
        }
        Ok(Returned::Article(article)) => {
            out.extend([0, 2]);
            out.extend_from_slice(article);
        }
        Ok(Returned::Prepared) => out.extend([0, 3]),
        Err(failure) => {
            out.push(1);
            failure.write(&mut out);
        }
    }
    out
}
